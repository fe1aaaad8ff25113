package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check-data} on SQLite: what was damaged is found and mended, and nothing else is. */
class CheckDataTest {
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

  private static void write(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  private void makeMaster() throws SQLException {
    write(
        directory.resolve("master.db"),
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE busy (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE part (a TEXT, b INTEGER, v REAL, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "CREATE TABLE log (line TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            + " INSERT INTO item SELECT i, 'name ' || i FROM n",
        "INSERT INTO busy SELECT id, name FROM item WHERE id <= 2000",
        "INSERT INTO part SELECT 'a' || (id % 3), id, id / 7.0 FROM item",
        "INSERT INTO log SELECT name FROM item WHERE id <= 10");
  }

  @Test
  void findsAndMendsDamage() throws Exception {
    makeMaster();
    String token = SteeredApp.tokenFile(directory).toString();
    Path damaged = directory.resolve("r1.db");
    // Somebody who keeps the master's log: else all is compared at the start anyway.
    try (Connection held =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("master.db"));
        Statement holding = held.createStatement()) {
      holding.executeUpdate("CREATE TABLE held (a)");
      try (SteeredApp app = SteeredApp.onSqlite(directory)) {
        Tool.Ran synced =
            tool().run("sync", "--timeout", "120", "--url", app.url, "--token-file", token);
        synced.expect(0);
        app.jvm().tell("end");
        assertEquals(0, app.jvm().exitCode(120), app.jvm()::transcript);
      }
      String[] check = {"check-data", "--driver-path", Tool.drivers()};
      tool().golden("check-data-equal", check).expect(0);

      FileTime before = Files.getLastModifiedTime(damaged);
      write(
          damaged,
          "UPDATE item SET name = 'other' WHERE id = 77",
          "DELETE FROM item WHERE id = 3000",
          "UPDATE part SET v = v + 1e-13 WHERE b = 1500",
          "INSERT INTO log VALUES ('more')",
          "CREATE INDEX more ON item (name)");
      Files.setLastModifiedTime(damaged, before);
      tool().golden("check-data-damaged", check).expect(1);
      JsonNode json =
          tool()
              .run(
                  "check-data",
                  "--json",
                  "--show-values",
                  "--replica",
                  "replica1",
                  "--driver-path",
                  Tool.drivers())
              .expect(1)
              .json();
      assertEquals(5, json.at("/replicas/0/total").asInt(), json::toString);
      assertTrue(json.toString().contains("name: 'other' instead of 'name 77'"), json::toString);

      try (SteeredApp app = SteeredApp.onSqlite(directory)) {
        tool().run("sync", "--timeout", "120", "--url", app.url, "--token-file", token).expect(0);
        Tool.Ran repaired =
            tool()
                .run(
                    "check-data",
                    "--repair",
                    "--driver-path",
                    Tool.drivers(),
                    "--url",
                    app.url,
                    "--token-file",
                    token)
                .expect(0);
        // Unless the agent has looked there first.
        boolean swept =
            app.jvm().err().stream().anyMatch(line -> line.contains("r1.db was changed"));
        assertTrue(
            swept || repaired.out.contains("replica1: DIFFERS, differences: 5"),
            () -> repaired + app.jvm().transcript());
        assertTrue(repaired.out.contains("replica1: equal"), repaired::toString);
        app.jvm().tell("end");
        assertEquals(0, app.jvm().exitCode(120), app.jvm()::transcript);
        assertFalse(app.jvm().saysFault(), app.jvm()::transcript);
      }
    }
  }
}
