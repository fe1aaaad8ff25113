package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is classified as a read, put to the real SQLite on a connection that may not write. */
class SqliteTruthTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE t (a INTEGER PRIMARY KEY, b, c REAL, d TEXT, name TEXT, j TEXT, id INTEGER)",
    "CREATE INDEX t_a ON t (a)",
    "CREATE TABLE u (id INTEGER PRIMARY KEY, v)",
    "CREATE TABLE u1 (id)",
    "CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT)",
    "CREATE VIEW v1 AS SELECT * FROM t",
    "CREATE VIRTUAL TABLE fts USING fts5(body)",
    "CREATE VIRTUAL TABLE rt USING rtree(id, minx, maxx)",
    "INSERT INTO t VALUES (1, 2, 3.5, '2024-01-02', 'abc', '{\"x\":1,\"y\":2}', 1), (2, 2, 1, NULL, NULL, '[1]', 2)",
    "INSERT INTO u VALUES (1, 'one'), (2, 'two')",
    "INSERT INTO s DEFAULT VALUES",
    "INSERT INTO fts VALUES ('abc def')",
    "INSERT INTO rt VALUES (1, 1, 2)"
  };

  @TempDir Path dir;

  private Path create() throws SQLException {
    Path file = dir.resolve("truth.db");
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement s = c.createStatement()) {
      for (String sql : SCHEMA) {
        s.executeUpdate(sql);
      }
    }
    return file;
  }

  /** Runs the text to its end; null, or why SQLite refused it. */
  private static String refusal(Connection c, String sql) {
    try (PreparedStatement s = c.prepareStatement(sql)) {
      for (int i = 1; i <= s.getParameterMetaData().getParameterCount(); i++) {
        s.setInt(i, 1);
      }
      if (s.execute()) {
        try (ResultSet rs = s.getResultSet()) {
          while (rs.next()) {
            rs.getObject(1);
          }
        }
      }
      return null;
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  private static Connection queryOnly(Path file) throws SQLException {
    Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement s = c.createStatement()) {
      s.execute("PRAGMA query_only = 1");
    }
    return c;
  }

  private static long totalChanges(Connection c) throws SQLException {
    try (Statement s = c.createStatement();
        ResultSet rs = s.executeQuery("SELECT total_changes()")) {
      return rs.getLong(1);
    }
  }

  @Test
  void everyReadOfTheTableRunsAndChangesNothing() throws Exception {
    Path file = create();
    byte[] before = Files.readAllBytes(file);
    try (Connection c = queryOnly(file)) {
      for (StatementTable.Row row : StatementTable.read(Engine.SQLITE)) {
        if (row.kind.equals("READ")) {
          assertEquals(null, refusal(c, row.sql), row.sql);
        }
      }
      assertEquals(0, totalChanges(c));
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void nearlyAllGeneratedSelectsAreProvenAndNoneWrites() throws Exception {
    long seed = Long.getLong("rwsplit.test.seed", System.nanoTime());
    Path file = create();
    byte[] before = Files.readAllBytes(file);
    StatementGenerator generator = new StatementGenerator(Engine.SQLITE, new Random(seed));
    Classifiers classifiers = new Classifiers(Engine.SQLITE);
    int accepted = 0;
    int reads = 0;
    List<String> missed = new ArrayList<>();
    try (Connection c = queryOnly(file)) {
      for (int i = 0; i < 1500; i++) {
        String sql = generator.statement(null);
        if (refusal(c, sql) == null) {
          accepted++;
          Classification k = classifiers.classify(sql);
          reads += k.isRead() ? 1 : 0;
          if (!k.isRead()) {
            missed.add(k + " <- " + sql);
          }
        }
      }
      assertEquals(0, totalChanges(c), "seed " + seed);
    }
    assertArrayEquals(before, Files.readAllBytes(file), "seed " + seed);
    assertTrue(accepted > 1000, "only " + accepted + " accepted, seed " + seed);
    assertTrue(
        reads >= 0.95 * accepted,
        reads + " of " + accepted + ", seed " + seed + "\n" + String.join("\n", missed));
  }
}
