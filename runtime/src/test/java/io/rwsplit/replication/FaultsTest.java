package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Replication goes on after faults of the agent's own, and leaves nothing of them behind. */
class FaultsTest {
  private static final int FAULTS = 6;

  /** Those of a master that is attached, and of a replica that is open. */
  private static final int NEEDED = 4 + 2;

  /** Whoever is asked for a connection, or told something, fails as often as is said. */
  private static final class Failing extends Harness {
    final AtomicInteger masters = new AtomicInteger();
    final AtomicInteger replicasToOpen = new AtomicInteger();
    final AtomicInteger streaming = new AtomicInteger();
    final AtomicInteger replacing = new AtomicInteger();
    final AtomicInteger replaced = new AtomicInteger();
    private final List<Connection> opened = new ArrayList<>();
    private int opens;

    Failing() throws IOException {
      super(1);
    }

    private synchronized Connection noted(Connection connection) {
      opened.add(connection);
      return connection;
    }

    synchronized int stillOpen() throws SQLException {
      int open = 0;
      for (Connection each : opened) {
        open += each.isClosed() ? 0 : 1;
      }
      return open;
    }

    /** The last of those that belong together fails. */
    private synchronized void failAt(AtomicInteger faults, int number) {
      if (faults.get() > 0 && ++opens % number == 0) {
        faults.decrementAndGet();
        throw new OutOfMemoryError("for a test");
      }
    }

    @Override
    public Connection openMaster() throws SQLException {
      failAt(masters, 4);
      return noted(super.openMaster());
    }

    @Override
    public Connection openReplica(int index, Path file) throws SQLException {
      failAt(replicasToOpen, 2);
      return noted(super.openReplica(index, file));
    }

    private static void fail(AtomicInteger faults) {
      if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("for a test");
      }
    }

    @Override
    public void stateChanged(int replica, FeedState state, String reason) {
      if (state == FeedState.STREAMING) {
        fail(streaming);
      }
      super.stateChanged(replica, state, reason);
    }

    @Override
    public void replicaFileReplacing(int replica, Duration patience) {
      fail(replacing);
      super.replicaFileReplacing(replica, patience);
    }

    @Override
    public void replicaFileReplaced(int replica) {
      fail(replaced);
      super.replicaFileReplaced(replica);
    }
  }

  private static void make(Failing harness) throws SQLException {
    Harness.sql(
        harness.connect(harness.master),
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES (1)");
  }

  @Test
  void leavesNoConnectionsToTheMasterOpen() throws Exception {
    try (Failing harness = new Failing()) {
      make(harness);
      harness.masters.set(FAULTS);
      harness.start();
      harness.assertEqual();
      assertEquals(0, harness.masters.get());
      harness.await("connections to be closed", () -> harness.stillOpen() <= NEEDED);
    }
  }

  @Test
  void leavesNoConnectionsToReplicasOpen() throws Exception {
    try (Failing harness = new Failing()) {
      make(harness);
      harness.start();
      harness.assertEqual();
      harness.stop();
      harness.replicasToOpen.set(2);
      harness.start();
      harness.assertEqual();
      assertEquals(0, harness.replicasToOpen.get());
      harness.await("connections to be closed", () -> harness.stillOpen() <= NEEDED);
    }
  }

  @Test
  void tellsAgainWhatWasNotHeard() throws Exception {
    try (Failing harness = new Failing()) {
      make(harness);
      harness.streaming.set(2);
      harness.replaced.set(2);
      harness.start();
      harness.assertEqual();
      harness.await("to be told", () -> harness.events.contains("0 STREAMING"));
      assertEquals(0, harness.replaced.get());
      assertBefore(harness, "0 replaced", "0 STREAMING");
    }
  }

  /** Whoever has the old file open would read it for ever. */
  @Test
  void replacesNoFileThatIsNotLetGoOf() throws Exception {
    try (Failing harness = new Failing()) {
      make(harness);
      harness.replacing.set(1);
      harness.start();
      harness.assertEqual();
      assertEquals(0, harness.replacing.get());
      harness.await("to be told", () -> harness.events.contains("0 STREAMING"));
      assertBefore(harness, "0 replacing", "0 STREAMING");
    }
  }

  private static void assertBefore(Failing harness, String first, String second) {
    List<String> events = new ArrayList<>(harness.events);
    int at = events.indexOf(first);
    assertTrue(at >= 0 && at < events.indexOf(second), events::toString);
  }
}
