package io.rwsplit.it.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import legacy.http.Steered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of alerts that come from switches, limits and waits, on SQLite. */
class KindsTest {
  @TempDir Path directory;

  @Test
  void tellsOfPassThroughAndOfConnectionsInUse() throws Exception {
    ForkedJvm.Builder builder =
        Alerted.sqlite(directory)
            .property("rwsplit.alert.raise", "0ms")
            .property("rwsplit.pool.replica.max", "1");
    try (Alerted app = Alerted.startOnSqlite(builder, directory)) {
      app.post("/api/routing", "{\"enabled\":false}");
      app.awaitAlert("pass-through", "", "warning");
      app.awaitLine("WARNING pass-through: routing is switched off");
      app.post("/api/routing", "{\"enabled\":true}");
      app.awaitLine("RECOVERED pass-through: over after ");

      // Its one session keeps a connection for a while, which is all there is.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (!app.jvm().transcript().contains("CRITICAL connections: replica")) {
        assertTrue(System.nanoTime() - deadline < 0, app.jvm()::transcript);
        app.tell("read 200");
      }
      String line = app.awaitLine("CRITICAL connections: replica");
      assertTrue(line.contains("1 of 1 connections in use, more than 90 %"), line);
      assertTrue(line.contains("(rwsplit.alert.connections.critical)"), line);
      app.end();
    }
  }

  /** A replica that cannot be fed is one that commits wait for in vain. */
  @Test
  void tellsOfCommitsThatReplicasHaveNot() throws Exception {
    ForkedJvm.Builder builder =
        Alerted.sqlite(directory)
            .property("rwsplit.sync", "semi-sync")
            .property("rwsplit.sync.replicas", "2")
            .property("rwsplit.sync.timeout", "100ms");
    try (Alerted app = Alerted.startOnSqlite(builder, directory)) {
      app.tell("write 5");
      Path replica = directory.resolve("r1.db");
      for (String suffix : new String[] {"-wal", "-shm", "-rwsplit"}) {
        Files.deleteIfExists(directory.resolve("r1.db" + suffix));
      }
      Files.delete(replica);
      WebhookTest.obstruct(replica);
      app.awaitAlert("replication-error", "replica1", "critical");
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (!app.jvm().transcript().contains("WARNING commits-unacknowledged: ")) {
        assertTrue(System.nanoTime() - deadline < 0, app.jvm()::transcript);
        app.tell("write 1");
      }
      WebhookTest.clear(replica);
      app.awaitLine("RECOVERED replication-error: replica1");
      deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (!app.jvm().transcript().contains("RECOVERED commits-unacknowledged: ")) {
        assertTrue(System.nanoTime() - deadline < 0, app.jvm()::transcript);
        app.tell("write 1");
      }
      app.end();
    }
  }

  /** Without the HTTP server. */
  @ParameterizedTest
  @ValueSource(strings = {"route", "observe"})
  void tellsOfSlowStatements(String mode) throws Exception {
    String master = "jdbc:sqlite:" + directory.resolve("master.db");
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("master.db").toFile(),
                directory.resolve("r1.db").toFile(),
                directory.resolve("r2.db").toFile())
            .property("rwsplit.mode", mode)
            .property("rwsplit.alert.interval", "100ms")
            .property("rwsplit.alert.raise", "0ms")
            .property("rwsplit.slow.threshold", "1ms")
            .property("rwsplit.alert.slow", "2");
    String slow =
        "query WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
            + " SELECT count(*) FROM n";
    try (ForkedJvm app = builder.main(Steered.class, master).start()) {
      app.awaitOut("READY"::equals, 120);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      for (int i = 1; !app.transcript().contains("ALERT WARNING slow-statements: "); i++) {
        assertTrue(System.nanoTime() - deadline < 0, app::transcript);
        app.tell(slow);
        int number = i;
        app.awaitOut(
            line -> app.out().stream().filter("DONE query"::equals).count() >= number, 120);
      }
      String line = app.awaitErr(each -> each.contains("ALERT WARNING slow-statements: "), 120);
      assertTrue(
          line.contains("took longer than 1 ms (rwsplit.slow.threshold), more than 2"), line);
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
  }
}
