package io.rwsplit.it.crash;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A SQLite file as a stranger sees it: opened read-only by the bare driver.
 *
 * <p>Files of dead processes are looked at in a copy, so that what the next process finds is what
 * the dead one left.
 */
public final class DatabaseFile {
  private final File file;
  private final String parameters;

  private DatabaseFile(File file, String parameters) {
    this.file = file;
    this.parameters = parameters;
  }

  /** A file that others have open. */
  public static DatabaseFile live(File file) {
    return new DatabaseFile(file, "?open_mode=1&busy_timeout=5000");
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file + parameters);
  }

  /** Copies the database, with its log if {@code withLog}, while no process has it open. */
  public static DatabaseFile copy(File from, Path directory, boolean withLog) throws IOException {
    Files.createDirectories(directory);
    Path to = directory.resolve(from.getName());
    for (String suffix : List.of("", "-wal", "-journal", "-shm")) {
      Files.deleteIfExists(Path.of(to + suffix));
      Path source = Path.of(from + suffix);
      if ((withLog || suffix.isEmpty()) && !suffix.equals("-shm") && Files.exists(source)) {
        Files.copy(source, Path.of(to + suffix), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    // Read-write: a log is recovered, a hot journal rolled back.
    return new DatabaseFile(to.toFile(), "");
  }

  /** "ok", or what integrity_check says, or the failure to open it. */
  public String integrity() {
    try {
      return String.join("; ", column("PRAGMA integrity_check"));
    } catch (SQLException e) {
      return e.toString();
    }
  }

  public List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  Set<Long> ids(String table) throws SQLException {
    Set<Long> ids = new HashSet<>();
    for (String id : column("SELECT id FROM " + table)) {
      ids.add(Long.valueOf(id));
    }
    return ids;
  }

  /** Schema, settings and a digest of each table's rows, all of one snapshot. */
  public Map<String, String> content() throws SQLException {
    Map<String, String> content = new TreeMap<>();
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT type, name, rootpage, sql FROM sqlite_master")) {
        while (rows.next()) {
          content.put(
              rows.getString(1) + " " + rows.getString(2),
              rows.getString(3) + " " + rows.getString(4));
          if (rows.getString(1).equals("table")) {
            tables.add(rows.getString(2));
          }
        }
      }
      for (String table : tables) {
        content.put("rows of " + table, digest(statement, table));
      }
      for (String pragma : List.of("page_count", "page_size", "user_version", "freelist_count")) {
        try (ResultSet rows = statement.executeQuery("PRAGMA " + pragma)) {
          content.put(pragma, rows.getString(1));
        }
      }
      connection.rollback();
    }
    return content;
  }

  private static String digest(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      int columns = rows.getMetaData().getColumnCount();
      int count = 0;
      while (rows.next()) {
        count++;
        for (int i = 1; i <= columns; i++) {
          digest.update((rows.getString(i) + "\0").getBytes(StandardCharsets.UTF_8));
        }
      }
      return count + " " + HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String toString() {
    return file.getPath();
  }
}
