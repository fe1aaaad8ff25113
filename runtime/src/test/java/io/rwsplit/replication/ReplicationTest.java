package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.Connection;
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
      long ticket = harness.replicator.newTicket();
      harness.await("the ticket", () -> harness.replicator.appliedTicket(0) >= ticket);
      assertEquals("2", Harness.queryOnce(harness.replicas.get(0), "SELECT count(*) FROM t"));
      harness.assertEqual();
    }
  }

  @Test
  void followsManyTransactionsAcrossCheckpointsAndResets() throws Exception {
    try (Harness harness = new Harness(2).start()) {
      Connection app = harness.connect(harness.master);
      Harness.sql(app, "CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)");
      for (int i = 0; i < 6000; i++) {
        Harness.sql(app, "INSERT INTO t VALUES (" + i + ", randomblob(500))");
      }
      harness.assertEqual();
      assertTrue(
          Files.size(harness.directory.resolve("master.db-wal")) < 12_000_000,
          "the log was never reset");
      assertTrue(harness.replicator.status(0).checkpoints() > 0, "no checkpoint of the replica");
      assertEquals(1, harness.replicator.status(0).resyncs());
    }
  }
}
