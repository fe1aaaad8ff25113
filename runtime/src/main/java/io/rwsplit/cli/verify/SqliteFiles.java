package io.rwsplit.cli.verify;

import io.rwsplit.cli.direct.SqliteHeader;
import io.rwsplit.config.ReplicationMode;
import io.rwsplit.config.Settings;
import io.rwsplit.config.SqliteWal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The files of a SQLite group: there, of the right kind, with room beside. Used by one thread. */
final class SqliteFiles {
  private static final long SPARE = 64L << 20;
  private static final String POSITION = "-rwsplit-pos";
  private static final String[] COMPANIONS = {
    "-wal", "-shm", "-journal", "-rwsplit-lock", "-rwsplit-positions", POSITION
  };

  private final Findings findings;
  private final Settings settings;
  private final boolean feeds;
  private SqliteHeader master;
  private long size;

  SqliteFiles(Findings findings, Settings settings) {
    this.findings = findings;
    this.settings = settings;
    this.feeds = settings.replication() == ReplicationMode.WAL;
  }

  void check() {
    File file = settings.master().file();
    if (file == null) {
      return;
    }
    if (directory("master", file)) {
      master(file);
    }
    for (int i = 0; i < settings.replicas().size(); i++) {
      File replica = settings.replicas().get(i).file();
      String name = "replica" + (i + 1);
      if (replica != null && directory(name, replica)) {
        replica(name, replica);
      }
    }
  }

  private boolean directory(String name, File file) {
    Path directory = file.getAbsoluteFile().getParentFile().toPath();
    if (!Files.isDirectory(directory) && isOutOfReach(directory)) {
      findings.fail(
          name,
          "the directory " + directory + " cannot be reached",
          "give the application's user the right to enter what is above it (is this the"
              + " application's user?)");
      return false;
    }
    if (!Files.isDirectory(directory)) {
      findings.fail(name, directory + " is no directory", "make it, or correct the URL");
      return false;
    }
    if (!Files.isWritable(directory)) {
      findings.fail(
          name,
          "the directory " + directory + " may not be written",
          "give the application's user the right to write there: SQLite and the agent keep files"
              + " beside the database (is this the application's user?)");
      if (!file.exists()) {
        return false;
      }
    }
    if (!isEnterable(name, directory)) {
      return false;
    }
    companions(name, file);
    return true;
  }

  private boolean isEnterable(String name, Path directory) {
    if (!Files.isExecutable(directory)) {
      findings.fail(
          name,
          "the directory " + directory + " may not be entered",
          "give the application's user the right (chmod u+x)");
      return false;
    }
    return true;
  }

  /** True when one of those above may not be entered: what is in it cannot be told. */
  private static boolean isOutOfReach(Path directory) {
    for (Path each = directory.getParent(); each != null; each = each.getParent()) {
      if (Files.isDirectory(each)) {
        return !Files.isExecutable(each);
      }
    }
    return false;
  }

  /**
   * What another user has left beside it, who has run the application once or a shell of SQLite.
   */
  private void companions(String name, File file) {
    for (String suffix : COMPANIONS) {
      File beside = new File(file + suffix);
      if (beside.exists() && !Files.isWritable(beside.toPath())) {
        findings.fail(
            name,
            beside + " may not be written",
            "give it to the application's user: is it left from another user's program?");
      }
    }
  }

  private void master(File file) {
    if (!file.exists()) {
      findings.fail(
          "master",
          file + " does not exist",
          "correct rwsplit.master; or let the application make it, if it does so at its start");
      return;
    }
    master = header("master", file);
    if (master == null) {
      return;
    }
    size = file.length() + new File(file + "-wal").length();
    boolean writable = Files.isWritable(file.toPath());
    if (!writable) {
      findings.fail(
          "master", file + " may not be written", "give the application's user the right");
    }
    if (!feeds) {
      findings.ok("master", "somebody else feeds the replicas");
    } else if (master.isWal()) {
      findings.ok("master", "is in WAL mode, " + bytes(size));
    } else if (settings.sqliteWal() == SqliteWal.AUTO && !writable) {
      findings.fail(
          "master", "cannot be switched to WAL mode: nothing leaves the master", "see above");
    } else if (settings.sqliteWal() == SqliteWal.AUTO) {
      findings.ok("master", "will be switched to WAL mode, " + bytes(size));
    } else {
      findings.warn(
          "master",
          "is not in WAL mode, and rwsplit.sqlite.wal is off: nothing leaves the master",
          "remove rwsplit.sqlite.wal=off, or run PRAGMA journal_mode=WAL on it");
    }
  }

  /** Null when it is no database; said then. */
  private SqliteHeader header(String name, File file) {
    try {
      SqliteHeader header = SqliteHeader.of(file);
      if (header == null && file.length() > 0) {
        findings.fail(
            name,
            file + " is no SQLite database",
            "correct the URL; encrypted databases cannot be replicated");
      } else if (header == null) {
        findings.ok(name, file + " is empty");
      }
      return header;
    } catch (IOException e) {
      findings.fail(
          name, file + " cannot be read", "give the application's user the right to read it");
      return null;
    }
  }

  private void replica(String name, File file) {
    boolean there = file.exists();
    if (there && !Files.isWritable(file.toPath())) {
      findings.fail(name, file + " may not be written", "give the application's user the right");
    }
    SqliteHeader header = there ? header(name, file) : null;
    if (there && header == null && file.length() > 0) {
      return;
    }
    if (!there) {
      if (feeds) {
        findings.ok(name, "does not exist yet; the agent makes it");
      } else {
        findings.fail(
            name,
            file + " does not exist",
            "copy the master there, or let the agent feed it (rwsplit.replication=wal)");
      }
    } else if (header != null && feeds && !new File(file + POSITION).exists()) {
      findings.warn(
          name,
          file + " is a database that the agent has not fed: it will be made equal to the master",
          "if it holds anything of its own, name another file");
    } else if (header != null && master != null && header.pageSize() != master.pageSize()) {
      findings.warn(
          name,
          "has pages of another size than the master: it will be copied anew",
          "nothing, if there is time for that");
    } else if (header != null) {
      findings.ok(name, feeds ? "is a replica that the agent has fed" : "is a database");
    }
    if (feeds) {
      room(name, file, size - (there ? file.length() : 0));
    }
  }

  private void room(String name, File file, long needed) {
    long free = file.getAbsoluteFile().getParentFile().getUsableSpace();
    if (free < needed) {
      findings.fail(
          name,
          "the disk has " + bytes(free) + " free, and the replica needs " + bytes(needed),
          "make room, or put it on another disk");
    } else if (free < needed + size / 4 + SPARE) {
      findings.warn(
          name,
          "the disk has only " + bytes(free) + " free",
          "make room: replica and log grow with the master");
    } else {
      findings.ok(name, "the disk has " + bytes(free) + " free");
    }
  }

  private static String bytes(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
