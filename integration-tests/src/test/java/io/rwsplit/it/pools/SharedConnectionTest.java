package io.rwsplit.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.PostgresCluster;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.pools.SharedConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that share one connection: who counts what it has borrowed does not lose count. */
class SharedConnectionTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 2_000;

  @TempDir Path directory;

  @Test
  void onSqlite() throws Exception {
    File master = directory.resolve("master.db").toFile();
    Databases.make(master, "PRAGMA journal_mode=WAL", "CREATE TABLE seedling(a)");
    String bare = "jdbc:sqlite:" + directory.resolve("bare.db") + "?journal_mode=WAL";
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .main(SharedConnection.class, bare, "app", "app", THREADS, ROUNDS / 10, 1)
            .start()) {
      app.tell("go");
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of("wrong: 0", "returned"), app.out());
    }
    isSplit(
        new ForkedJvm.Builder()
            .split(
                master,
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile()),
        "jdbc:sqlite:" + master);
  }

  @Test
  void onPostgres() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      isSplit(cluster.split(new ForkedJvm.Builder()), cluster.appUrl());
    }
  }

  @Test
  void onMariadb() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(2)) {
      isSplit(cluster.split(new ForkedJvm.Builder()), cluster.appUrl());
    }
  }

  private static void isSplit(ForkedJvm.Builder split, String url) throws Exception {
    long seed = Long.getLong("rwsplit.it.seed", System.nanoTime() % 1_000_000);
    System.out.println("shared connection: seed " + seed);
    try (ForkedJvm app =
        split
            .property("rwsplit.report.interval", "1s")
            .property("rwsplit.consistency.wait", "30s")
            .property("rwsplit.lag.max", "10m")
            .main(SharedConnection.class, url, "app", "app", THREADS, ROUNDS, seed)
            .start()) {
      for (String replica : List.of("replica1", "replica2")) {
        app.awaitErr(line -> line.endsWith(replica + ": in service"), 120);
      }
      app.tell("go");
      app.awaitOut("returned"::equals, 300);
      PoolTours.awaitNoneInUse(app);
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of("wrong: 0", "returned"), app.out());
      assertFalse(app.saysFault(), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > THREADS * ROUNDS, app::transcript);
    }
  }
}
