package io.rwsplit.it.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What may happen to the files of a replica while they are in use. */
enum Damage {
  DATABASE_DELETED {
    @Override
    void strike(File replica) throws IOException {
      Files.delete(replica.toPath());
    }
  },
  LOG_DELETED {
    @Override
    void strike(File replica) throws IOException {
      Files.deleteIfExists(beside(replica, "-wal"));
    }
  },
  INDEX_DELETED {
    @Override
    void strike(File replica) throws IOException {
      Files.deleteIfExists(beside(replica, "-shm"));
    }
  },
  ALL_DELETED {
    @Override
    void strike(File replica) throws IOException {
      empty(replica.getParentFile().toPath());
    }
  },
  TRUNCATED_TO_NOTHING {
    @Override
    void strike(File replica) throws IOException {
      truncate(replica.toPath(), 0);
    }
  },
  TRUNCATED_TO_HALF {
    @Override
    void strike(File replica) throws IOException {
      truncate(replica.toPath(), wholePages(replica.length() / 2));
    }
  },
  LOG_TRUNCATED {
    @Override
    void strike(File replica) throws IOException {
      truncate(beside(replica, "-wal"), 0);
    }
  },
  GARBAGE_EVERYWHERE {
    @Override
    void strike(File replica) throws IOException {
      overwrite(replica.toPath(), 0, (int) replica.length(), true);
    }
  },
  GARBAGE_IN_THE_MIDDLE {
    @Override
    void strike(File replica) throws IOException {
      int third = (int) wholePages(replica.length() / 3);
      overwrite(replica.toPath(), third, third, true);
    }
  },
  ZEROS_IN_THE_MIDDLE {
    @Override
    void strike(File replica) throws IOException {
      int third = (int) wholePages(replica.length() / 3);
      overwrite(replica.toPath(), third, third, false);
    }
  },
  GARBAGE_IN_THE_HEADER {
    @Override
    void strike(File replica) throws IOException {
      overwrite(replica.toPath(), 0, 100, true);
    }
  },
  GARBAGE_IN_THE_LOG {
    @Override
    void strike(File replica) throws IOException {
      Path log = beside(replica, "-wal");
      overwrite(log, 0, (int) Files.size(log), true);
    }
  },
  REPLACED_BY_DIRECTORY {
    @Override
    void strike(File replica) throws IOException {
      Files.delete(replica.toPath());
      Files.createDirectory(replica.toPath());
    }
  },
  REPLACED_BY_ANOTHER_DATABASE {
    @Override
    void strike(File replica) throws IOException, SQLException {
      Path other = beside(replica, "-other");
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER)");
        statement.executeUpdate("INSERT INTO accounts VALUES (1, 1)");
      }
      Files.move(other, replica.toPath(), StandardCopyOption.ATOMIC_MOVE);
    }
  },
  DIRECTORY_REMOVED {
    @Override
    void strike(File replica) throws IOException {
      Path directory = replica.getParentFile().toPath();
      Path aside = directory.resolveSibling(directory.getFileName() + "-aside");
      Files.move(directory, aside);
      empty(aside);
      Files.delete(aside);
    }
  },
  DIRECTORY_REMOVED_AND_MADE_AGAIN {
    @Override
    void strike(File replica) throws IOException {
      DIRECTORY_REMOVED.strikeQuietly(replica);
      Files.createDirectories(replica.getParentFile().toPath());
    }
  };

  abstract void strike(File replica) throws IOException, SQLException;

  private void strikeQuietly(File replica) throws IOException {
    try {
      strike(replica);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  static Path beside(File file, String suffix) {
    return Path.of(file + suffix);
  }

  /** Half a page of zeros may pass for rows, and SQLite would not notice. */
  private static long wholePages(long bytes) {
    return bytes / 4096 * 4096;
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static void overwrite(Path file, long offset, int length, boolean garbage)
      throws IOException {
    byte[] bytes = new byte[length];
    if (garbage) {
      new Random(length).nextBytes(bytes);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, offset + buffer.position());
      }
    }
  }

  /** Deletes everything in the directory, also what others create there meanwhile. */
  static void empty(Path directory) throws IOException {
    List<Path> left = inside(directory);
    while (!left.isEmpty()) {
      for (Path path : left) {
        Files.deleteIfExists(path);
      }
      left = inside(directory);
    }
  }

  private static List<Path> inside(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(path -> !path.equals(directory))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (UncheckedIOException e) {
      // One of them has gone while it was looked at.
      return inside(directory);
    }
  }
}
