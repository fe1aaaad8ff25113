package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code check-data} on SQLite beside an agent and writers that never pause: one row that was
 * damaged is found, and of the rows that change back and forth none, whatever the moment.
 */
class CheckDataUnderWritersTest {
  private static final int ROUNDS = Integer.getInteger("rwsplit.it.check-data.rounds", 1);
  private static final int TRIES = 5;

  @TempDir Path directory;

  private Tool tool() {
    return new Tool(directory)
        .with("rwsplit.master", "jdbc:sqlite:" + directory.resolve("master.db"))
        .with(
            "rwsplit.replicas",
            "jdbc:sqlite:"
                + directory.resolve("r1.db")
                + ",jdbc:sqlite:"
                + directory.resolve("r2.db"));
  }

  private Connection master() throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("master.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=60000");
    }
    return connection;
  }

  /** Two states of every row of a table, in turn, as fast as SQLite can. */
  private final class Toggler implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong toggled = new AtomicLong();
    private final AtomicReference<SQLException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "toggler");

    Toggler() {
      thread.start();
    }

    private void run() {
      try (Connection connection = master();
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA synchronous=OFF");
        while (!ended.get()) {
          statement.executeUpdate("UPDATE flag SET up = 1 - up");
          toggled.incrementAndGet();
        }
      } catch (SQLException e) {
        failure.set(e);
      }
    }

    void awaitNext() throws InterruptedException {
      long before = toggled.get();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (toggled.get() == before) {
        assertTrue(System.nanoTime() - deadline < 0, () -> "nothing is written: " + failure.get());
        Thread.sleep(1);
      }
    }

    @Override
    public void close() throws SQLException {
      ended.set(true);
      while (thread.isAlive()) {
        LockSupport.parkNanos(1_000_000);
      }
      if (failure.get() != null) {
        throw new SQLException(failure.get());
      }
    }
  }

  private static void make(Statement statement) throws SQLException {
    statement.execute("PRAGMA journal_mode=WAL");
    statement.execute("CREATE TABLE flag (id INTEGER PRIMARY KEY, up INTEGER)");
    statement.execute("CREATE TABLE calm (id INTEGER PRIMARY KEY, name TEXT)");
    statement.execute("CREATE TABLE busy (id INTEGER PRIMARY KEY, name TEXT)");
    statement.execute("CREATE TABLE pair (a TEXT, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID");
    String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ";
    statement.execute(numbers + "2000) INSERT INTO calm SELECT i, 'needle-' || i || '-end' FROM n");
    statement.execute(numbers + "500) INSERT INTO busy SELECT i, 'old' FROM n");
    statement.execute(numbers + "20) INSERT INTO flag SELECT i, 0 FROM n");
    statement.execute("INSERT INTO pair SELECT 'p' || id % 3, id FROM busy");
  }

  /** Bytes of a file that is in nobody's hands, and whose time of change tells nothing. */
  private void damage(String name) throws IOException {
    Path file = directory.resolve(name);
    FileTime before = Files.getLastModifiedTime(file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("needle-77-end"), "the row is in the file");
    Files.writeString(
        file, text.replace("needle-77-end", "needle-77-eND"), StandardCharsets.ISO_8859_1);
    Files.setLastModifiedTime(file, before);
  }

  private void sync(SteeredApp app, String token) throws Exception {
    tool().run("sync", "--timeout", "120", "--url", app.url, "--token-file", token).expect(0);
  }

  private Tool.Ran check(int rows) throws Exception {
    return tool()
        .run(
            "check-data",
            "--json",
            "--patience",
            "240",
            "--rows",
            String.valueOf(rows),
            "--driver-path",
            Tool.drivers());
  }

  @Test
  void findsWhatDiffersAndNothingElse() throws Exception {
    String token = SteeredApp.tokenFile(directory).toString();
    // Somebody who keeps the master's log: else all is compared at the start anyway.
    try (Connection held = master();
        Statement statement = held.createStatement()) {
      make(statement);
      try (SteeredApp app = SteeredApp.onSqlite(directory)) {
        sync(app, token);
        try (Toggler toggler = new Toggler();
            Writers writers = new Writers(master())) {
          for (int i = 0; i < ROUNDS; i++) {
            toggler.awaitNext();
            JsonNode json = check(i == 0 ? 1000 : 300).expect(0).json();
            assertTrue(json.path("equal").asBoolean(false), json::toString);
            assertEquals(0, json.at("/replicas/0/notes").size(), json::toString);
            toggler.awaitNext();
          }
          assertTrue(writers.written() > 0, "nothing was written");
        }
        app.jvm().tell("end");
        assertEquals(0, app.jvm().exitCode(120), app.jvm()::transcript);
      }
      boolean found = false;
      for (int i = 0; i < TRIES && !found; i++) {
        damage("r1.db");
        found = findsDamage(statement, token);
      }
      assertTrue(found, "the agent has noticed the damage every time before it was looked for");
    }
  }

  /** False when the agent has noticed and mended it first. */
  private boolean findsDamage(Statement statement, String token) throws Exception {
    try (SteeredApp app = SteeredApp.onSqlite(directory)) {
      sync(app, token);
      statement.executeUpdate("DELETE FROM busy WHERE id > 2000");
      JsonNode json;
      try (Toggler toggler = new Toggler();
          Writers writers = new Writers(master())) {
        toggler.awaitNext();
        Tool.Ran ran = check(300);
        json = ran.json();
        assertTrue(writers.written() > 0, "nothing was written");
      }
      assertFalse(app.jvm().saysFault(), app.jvm()::transcript);
      boolean noticed =
          app.jvm().err().stream().anyMatch(line -> line.contains("compared with the master"));
      app.jvm().tell("end");
      assertEquals(0, app.jvm().exitCode(120), app.jvm()::transcript);
      assertTrue(json.at("/replicas/1/equal").asBoolean(), json::toString);
      if (noticed) {
        return false;
      }
      assertEquals(1, json.at("/replicas/0/total").asInt(), json::toString);
      assertEquals("rowid=77", json.at("/replicas/0/differences/0/where").asText(), json::toString);
      return true;
    }
  }

  /** What the log's emptying leaves has no record: positions are told by who feeds it. */
  @Test
  void meetsWhereTheLogIsEmpty() throws Exception {
    String token = SteeredApp.tokenFile(directory).toString();
    try (Connection connection = master();
        Statement statement = connection.createStatement()) {
      make(statement);
      try (SteeredApp app = SteeredApp.onSqlite(directory)) {
        sync(app, token);
        app.tell("query PRAGMA wal_checkpoint(TRUNCATE)");
        assertEquals(0, Files.size(directory.resolve("master.db-wal")), "the log is empty");
        JsonNode json = check(1000).expect(0).json();
        assertTrue(json.path("equal").asBoolean(false), json::toString);
        statement.executeUpdate("DELETE FROM busy WHERE id = 7");
        app.tell("query PRAGMA wal_checkpoint(TRUNCATE)");
        json = check(1000).expect(0).json();
        assertTrue(json.path("equal").asBoolean(false), json::toString);
        assertEquals(499, json.at("/replicas/1/tables/0/rowsOnReplica").asInt(), json::toString);
      }
    }
  }
}
