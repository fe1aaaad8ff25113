package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the application's own checkpoints meet of ours. */
class ApplicationCheckpointTest {
  private static final int CHECKPOINTS = 300;

  /**
   * A checkpoint beside a writer waits for readers and writers, and for nothing of ours: another
   * checkpoint would fail it at once, whatever its timeout.
   */
  @Test
  void meetsNoCheckpointOfOurs() throws Exception {
    try (Harness harness = new Harness(1)) {
      Connection app = connect(harness);
      Harness.sql(app, "PRAGMA journal_mode=WAL", "CREATE TABLE t (v BLOB)");
      harness.start();
      harness.awaitCaughtUp();
      Connection writing = connect(harness);
      AtomicBoolean over = new AtomicBoolean();
      AtomicReference<SQLException> failed = new AtomicReference<>();
      Thread writer = new Thread(() -> write(writing, over, failed), "writer");
      writer.start();
      Random random = new Random(1);
      int busy = 0;
      for (int i = 0; i < CHECKPOINTS; i++) {
        assertTrue(harness.replicator.beginCheckpoint(120_000), () -> harness.events.toString());
        // As long as a thread may need from there to SQLite.
        LockSupport.parkNanos(random.nextInt(2_000_000));
        busy += Harness.query(app, "PRAGMA wal_checkpoint(FULL)").charAt(0) - '0';
        harness.replicator.endCheckpoint();
      }
      over.set(true);
      writer.join();
      assertNull(failed.get());
      assertEquals(0, busy, "busy of " + CHECKPOINTS);
      harness.assertEqual();
    }
  }

  private static Connection connect(Harness harness) throws SQLException {
    Connection app = harness.connect(harness.master);
    Harness.sql(
        app, "PRAGMA busy_timeout=120000", "PRAGMA synchronous=OFF", "PRAGMA wal_autocheckpoint=0");
    return app;
  }

  private static void write(
      Connection app, AtomicBoolean over, AtomicReference<SQLException> failed) {
    try {
      while (!over.get()) {
        Harness.sql(app, "INSERT INTO t VALUES (randomblob(300))");
      }
    } catch (SQLException e) {
      failed.set(e);
    }
  }
}
