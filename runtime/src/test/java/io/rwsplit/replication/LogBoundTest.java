package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nothing of a replica's makes the master's log grow for ever; what of others' does is said. */
class LogBoundTest {
  private static final long LOG = 2 << 20;
  private static final ReplicationSettings BOUNDS =
      ReplicationSettings.defaults()
          .withBounds(64 << 10, LOG, Duration.ofSeconds(1))
          .withDrainPatience(Duration.ofMillis(200));

  /** A harness whose first replica's feed hangs when it is about to tell something. */
  private static final class Hanging extends Harness {
    final CountDownLatch hangs = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    private final boolean inTheCopy;

    Hanging(boolean inTheCopy) throws Exception {
      super(2);
      this.inTheCopy = inTheCopy;
    }

    @Override
    public void stateChanged(int replica, FeedState state, String reason) {
      super.stateChanged(replica, state, reason);
      if (replica == 0 && !inTheCopy && state == FeedState.STREAMING) {
        hang();
      }
    }

    @Override
    public void replicaFileReplacing(int replica, Duration patience) {
      super.replicaFileReplacing(replica, patience);
      if (replica == 0 && inTheCopy) {
        hang();
      }
    }

    private void hang() {
      hangs.countDown();
      try {
        goOn.await(120, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aFeedThatHangsInItsCopyIsLeftBehind() throws Exception {
    hangs(true);
  }

  @Test
  void aFeedThatDoesNotApplyIsDropped() throws Exception {
    hangs(false);
  }

  /** Twice: once is what was held until the bound. */
  private static void writeUntilLogWasResetTwice(Harness harness, Connection app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    int resets = 0;
    long before = 0;
    while (resets < 2) {
      assertTrue(System.nanoTime() < deadline, () -> "log of " + logBytes(harness) + " bytes");
      write(app);
      long now = frames(harness.master);
      resets += now < before ? 1 : 0;
      before = now;
    }
  }

  private static void hangs(boolean inTheCopy) throws Exception {
    try (Hanging harness = new Hanging(inTheCopy)) {
      Connection app = create(harness);
      harness.start(BOUNDS);
      assertTrue(harness.hangs.await(120, TimeUnit.SECONDS), () -> harness.events.toString());
      harness.await("the other replica", () -> harness.replicator.tickets().appliedTicket(1) >= 0);
      writeUntilLogWasResetTwice(harness, app);
      harness.goOn.countDown();
      harness.assertEqual();
      // What a fast machine writes in the second or so that a laggard has.
      assertTrue(logBytes(harness) < 1L << 30, () -> "log of " + logBytes(harness) + " bytes");
    }
  }

  /** As without replication: it is said, replicas go on, and the log is reset afterwards. */
  @Test
  void aReaderOfTheMasterHoldsItAndIsNamed() throws Exception {
    try (Harness harness = new Harness(2)) {
      Connection app = create(harness);
      harness.start(BOUNDS);
      harness.awaitCaughtUp();
      Connection reader = harness.connect(harness.master);
      Harness.sql(reader, "BEGIN");
      Harness.query(reader, "SELECT count(*) FROM t");
      while (logBytes(harness) < 3 * LOG) {
        write(app);
      }
      harness.awaitCaughtUp();
      for (int i = 0; i < 2; i++) {
        assertEquals(FeedState.STREAMING, harness.replicator.state(i));
      }
      Harness.sql(reader, "COMMIT");
      long size = frames(harness.master);
      harness.await(
          "the log to begin anew",
          () -> {
            write(app);
            return frames(harness.master) < size;
          });
      harness.assertEqual();
    }
  }

  /** The replica's own log grows beside such a reader; the master's does not. */
  @Test
  void aReaderOfAReplicaHoldsOnlyThatReplicasLog() throws Exception {
    try (Harness harness = new Harness(2)) {
      Connection app = create(harness);
      // With patience for a busy machine: a feed that the reader held up would stay so for ever.
      harness.start(BOUNDS.withBounds(64 << 10, LOG, Duration.ofMinutes(1)));
      harness.awaitCaughtUp();
      Connection reader = harness.connect(harness.replicas.get(0));
      Harness.sql(reader, "BEGIN");
      String seen = Harness.query(reader, "SELECT count(*), max(rowid) FROM t");
      writeUntilLogWasResetTwice(harness, app);
      assertEquals(seen, Harness.query(reader, "SELECT count(*), max(rowid) FROM t"));
      assertEquals(FeedState.STREAMING, harness.replicator.state(0));
      Harness.sql(reader, "COMMIT");
      Path log = ReplicaFiles.beside(harness.replicas.get(0), "-wal");
      harness.await(
          "the replica's log to be emptied",
          () -> {
            write(app);
            return Files.size(log) < 4 << 20;
          });
      harness.assertEqual();
    }
  }

  private static Connection create(Harness harness) throws Exception {
    Connection app = harness.connect(harness.master);
    Harness.sql(
        app,
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=OFF",
        "PRAGMA busy_timeout=10000",
        "CREATE TABLE t (v BLOB)");
    return app;
  }

  private static void write(Connection app) throws Exception {
    for (int i = 0; i < 20; i++) {
      Harness.sql(app, "INSERT INTO t VALUES (randomblob(8000))", "DELETE FROM t WHERE rowid % 3");
    }
  }

  private static long frames(Path database) throws Exception {
    WalIndex index = new WalIndex(OpenFiles.readable(ReplicaFiles.beside(database, "-shm")), false);
    WalIndexHeader header = index.read();
    return header == null ? 0 : header.maxFrame;
  }

  private static long logBytes(Harness harness) {
    return ReplicaFiles.beside(harness.master, "-wal").toFile().length();
  }
}
