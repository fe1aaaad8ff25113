package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Content of replicas after ordinary and unusual use of the master. */
class ReplicationTest {
  @Test
  void followsAMasterThatIsCreatedLater() throws Exception {
    try (Harness harness = new Harness(2).start()) {
      Connection app = harness.connect(harness.master);
      Harness.sql(
          app,
          "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)",
          "INSERT INTO t VALUES (1, 'one')");
      harness.assertEqual();
      Harness.sql(app, "INSERT INTO t VALUES (2, 'two')");
      long ticket = harness.replicator.tickets().newTicket();
      harness.await("the ticket", () -> harness.replicator.tickets().appliedTicket(0) >= ticket);
      assertEquals("2", Harness.queryOnce(harness.replicas.get(0), "SELECT count(*) FROM t"));
      harness.assertEqual();
    }
  }

  @Test
  void followsManyTransactionsAcrossCheckpointsAndResets() throws Exception {
    try (Harness harness = new Harness(2).start()) {
      Connection app = harness.connect(harness.master);
      Harness.sql(
          app, "PRAGMA synchronous=NORMAL", "CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)");
      harness.awaitCaughtUp();
      for (int i = 0; i < 6000; i++) {
        Harness.sql(app, "INSERT INTO t VALUES (" + i + ", randomblob(500))");
      }
      harness.assertEqual();
      WalIndex index =
          new WalIndex(OpenFiles.readable(ReplicaFiles.beside(harness.master, "-shm")), false);
      long salts = index.read().salts;
      harness.await(
          "the log to be reset",
          () -> {
            // Enough commits for the log to pass the bounds of a checkpoint again and again.
            for (int i = 0; i < 100; i++) {
              Harness.sql(app, "UPDATE t SET v = " + i + " WHERE id = 1");
            }
            return index.read().salts != salts;
          });
      assertTrue(harness.replicator.status(0).checkpoints() > 0, "no checkpoint of the replica");
      assertEquals(1, harness.replicator.status(0).resyncs());
    }
  }

  /** Whatever is done to the master, its file and the replicas' end up the same byte for byte. */
  @RepeatedTest(3)
  void filesAreEqualAfterARandomWorkload() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Harness harness = new Harness(2)) {
      try (Connection app = Harness.open(harness.master)) {
        Harness.sql(
            app,
            "PRAGMA page_size=" + (512 << random.nextInt(6)),
            "PRAGMA auto_vacuum=" + random.nextInt(3),
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=NORMAL",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)");
        harness.start();
        for (int i = 0; i < 150; i++) {
          step(app, random, i);
        }
        harness.assertEqual();
      }
      harness.stop();
      byte[] expected = Files.readAllBytes(harness.master);
      for (Path replica : harness.replicas) {
        assertArrayEquals(expected, Files.readAllBytes(replica), "seed " + seed);
      }
    }
  }

  private static void step(Connection app, Random random, int i) throws SQLException {
    int rows = 1 + random.nextInt(60);
    String insert =
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + rows
            + ") INSERT INTO t SELECT NULL, randomblob("
            + random.nextInt(2000)
            + ") FROM n";
    switch (random.nextInt(12)) {
      case 0:
        Harness.sql(app, "CREATE TABLE x" + i + " AS SELECT * FROM t LIMIT 50");
        break;
      case 1:
        Harness.sql(app, "CREATE INDEX IF NOT EXISTS i" + i % 7 + " ON t (v, id)");
        break;
      case 2:
        Harness.sql(app, "DROP INDEX IF EXISTS i" + i % 7);
        break;
      case 3:
        Harness.sql(app, "BEGIN", insert, "DELETE FROM t", "ROLLBACK");
        break;
      case 4:
        Harness.sql(app, "BEGIN", insert, "SAVEPOINT s", insert, "ROLLBACK TO s", "COMMIT");
        break;
      case 5:
        Harness.sql(app, random.nextInt(4) == 0 ? "VACUUM" : "PRAGMA incremental_vacuum");
        break;
      case 6:
        Harness.sql(app, "DELETE FROM t WHERE id % 5 = " + random.nextInt(5));
        break;
      default:
        Harness.sql(app, insert);
    }
  }
}
