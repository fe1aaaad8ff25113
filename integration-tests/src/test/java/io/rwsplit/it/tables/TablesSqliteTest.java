package io.rwsplit.it.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesSqliteTest {
  @TempDir Path directory;

  private File master() throws Exception {
    List<String> statements = new ArrayList<>();
    statements.add("PRAGMA journal_mode=WAL");
    statements.addAll(Arrays.asList(ByTableCases.TABLES));
    statements.add(
        "CREATE TRIGGER log_orders AFTER INSERT ON orders"
            + " BEGIN INSERT INTO audit VALUES (new.id); END");
    statements.add("CREATE TABLE doc(id INTEGER PRIMARY KEY, body TEXT)");
    statements.add(
        "CREATE VIRTUAL TABLE found USING fts5(body, content='doc', content_rowid='id')");
    statements.add(
        "CREATE TRIGGER find_doc AFTER INSERT ON doc"
            + " BEGIN INSERT INTO found(rowid, body) VALUES (new.id, new.body); END");
    statements.add("CREATE VIEW v_plain AS SELECT id FROM other");
    statements.add("CREATE VIEW v_last AS SELECT last_insert_rowid() AS id FROM other");
    statements.add("CREATE VIEW v_changes AS SELECT id, changes() AS n FROM other");
    statements.add("CREATE VIEW v_deep AS SELECT id FROM v_last");
    statements.add("CREATE VIEW v_chance AS SELECT id, random() AS n FROM other");
    return Databases.make(
        directory.resolve("master.db").toFile(), statements.toArray(new String[0]));
  }

  private Routed start(File master, String... properties) throws Exception {
    ForkedJvm.Builder agent =
        new ForkedJvm.Builder()
            .split(
                master,
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile());
    for (int i = 0; i < properties.length; i += 2) {
      agent.property(properties[i], properties[i + 1]);
    }
    return Routed.start(
        agent, "SELECT id FROM other", "jdbc:sqlite:" + master + "?foreign_keys=true", "", "");
  }

  @Test
  void readsWaitForWritesToTheirTables() throws Exception {
    String[] properties = {
      "rwsplit.consistency.by-table", "true", "rwsplit.replication.delay", "9s"
    };
    try (Routed app = start(master(), properties)) {
      ByTableCases.run(app);
      app.tell("new");
      app.tell("w INSERT INTO doc VALUES (1, 'needle')");
      app.assertRoute(true, "SELECT id FROM other");
      app.assertRoute(false, "SELECT body FROM found WHERE found MATCH 'needle'");
      // What is the session's own may run in its writes.
      app.tell("new");
      app.tell(
          "w CREATE TEMP TRIGGER mine AFTER INSERT ON alone"
              + " BEGIN INSERT INTO other VALUES (7); END");
      app.tell("w INSERT INTO alone VALUES (8)");
      app.assertRoute(false, "SELECT count(id) FROM other");
      assertEquals("5", app.tell("r SELECT count(id) FROM other"));
    }
  }

  @Test
  void writesOfTheJvmBindReadsOfTheirTables() throws Exception {
    String[] properties = {
      "rwsplit.consistency.by-table", "true",
      "rwsplit.replication.delay", "9s",
      "rwsplit.consistency", "jvm"
    };
    try (Routed app = start(master(), properties)) {
      ByTableCases.runOfJvm(app);
    }
  }

  @Test
  void withoutItEveryWriteBindsAll() throws Exception {
    try (Routed app = start(master(), "rwsplit.replication.delay", "9s")) {
      app.tell("new");
      app.tell("w INSERT INTO orders VALUES (101, 1)");
      app.assertRoute(false, "SELECT id FROM other");
    }
  }

  @Test
  void viewsThatTellOfTheSessionStayOnTheMaster() throws Exception {
    File master = master();
    try (Routed app = start(master)) {
      for (int i = 0; i < 20; i++) {
        app.assertRoute(false, "SELECT id FROM v_last");
        app.assertRoute(false, "SELECT n FROM v_changes");
        app.assertRoute(false, "SELECT id FROM v_deep");
      }
      app.awaitReplica("SELECT id FROM v_plain");
      app.awaitReplica("SELECT n FROM v_chance");
      app.tell("w DROP VIEW v_plain");
      app.tell("w CREATE VIEW v_plain AS SELECT changes() AS id FROM other");
      for (int i = 0; i < 20; i++) {
        app.tell("new");
        app.assertRoute(false, "SELECT id FROM v_plain");
      }
      app.tell("w DROP VIEW v_plain");
      app.tell("w CREATE VIEW v_plain AS SELECT id FROM other");
      app.awaitReplica("SELECT id FROM v_plain");
      foreign(master, "DROP VIEW v_plain", "CREATE VIEW v_plain AS SELECT changes() AS id");
      long millis = awaitMaster(app, "SELECT id FROM v_plain");
      System.out.println("SQLite: DDL of another process was noticed after " + millis + " ms");
      for (int i = 0; i < 20; i++) {
        app.assertRoute(false, "SELECT id FROM v_plain");
      }
    }
  }

  private static void foreign(File master, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + master);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=30000");
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  /** Milliseconds until the master serves the query. */
  static long awaitMaster(Routed app, String query) throws Exception {
    long began = System.nanoTime();
    while (true) {
      app.tell("new");
      if (!app.serves(query).startsWith("replica")) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      }
      if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(120)) {
        throw new AssertionError("never noticed: " + query);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
