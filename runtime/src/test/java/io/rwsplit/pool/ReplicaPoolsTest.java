package io.rwsplit.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaPoolsTest {
  private static final int WAYS = 20;

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadline < 0, what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /**
   * Found with the driver tests of MariaDB's, which connect in hundreds of ways: the connections
   * kept ready for each took all places of the server.
   */
  @Test
  void connectionsAreKeptReadyForAFewWaysOfConnectingOnly(@TempDir Path directory) {
    String url = "jdbc:sqlite:" + directory.resolve("replica.db");
    ReplicaPools pools = pools(url, 3);
    try {
      List<ReplicaPool> made = new ArrayList<>();
      for (int i = 0; i < WAYS; i++) {
        made.add(pools.slots("way" + i, url, new Properties()).of(0).pool());
      }
      List<ReplicaPool> kept = made.subList(0, ReplicaPools.KEPT_SETS);
      await("no connections are kept", () -> kept.stream().allMatch(pool -> pool.open() == 1));
      ReplicaPool last = made.get(WAYS - 1);
      Lease[] lease = new Lease[1];
      await("the last way gets none", () -> (lease[0] = last.borrow(null)) != null);
      assertNotNull(lease[0]);
      assertEquals(1, last.open());
      for (ReplicaPool other : made.subList(ReplicaPools.KEPT_SETS, WAYS - 1)) {
        assertEquals(0, other.open(), "opened for nobody");
      }
    } finally {
      pools.close();
    }
  }

  /** A replica that left was opened again by whoever connected in a new way. */
  @Test
  void whoIsRetiredIsOpenedByNobody(@TempDir Path directory) {
    String url = "jdbc:sqlite:" + directory.resolve("replica.db");
    ReplicaPools pools = pools(url, 3);
    try {
      PoolSlots early = pools.slots("early", url, new Properties());
      pools.add("replica2");
      PoolSlots late = pools.slots("late", url, new Properties());
      await("the first is opened", () -> late.of(0).pool().open() == 1);
      assertEquals(0, early.of(1).pool().open() + late.of(1).pool().open());
      pools.renew(1);
      await("the joined one is opened", () -> early.of(1).pool().open() == 1);
      await("for both", () -> late.of(1).pool().open() == 1);
      List<ReplicaPool> ended = pools.retire(0);
      await("retired", () -> ended.stream().allMatch(ReplicaPool::isDrained));
      PoolSlots latest = pools.slots("latest", url, new Properties());
      await("the other is opened", () -> latest.of(1).pool().open() == 1);
      assertNull(latest.of(0).borrow(null));
      assertEquals(0, latest.of(0).pool().open());
    } finally {
      pools.close();
    }
  }

  /** Closed just after a lease has seen that it is not, and has nothing parked to take by then. */
  private static final class ClosedInBetween extends ReplicaPool {
    private boolean closes;

    ClosedInBetween(String url, ScheduledExecutorService housekeeper) {
      super(
          "replica1",
          opening(url),
          1,
          1,
          false,
          ReplicaPoolsTest::daemon,
          housekeeper,
          new Openings(new AtomicLong()));
    }

    @Override
    boolean isCurrent(Lease lease) {
      boolean current = super.isCurrent(lease);
      if (closes) {
        closes = false;
        close();
      }
      return current;
    }
  }

  /** Found by reading: what is parked just as its pool is closed was left open for good. */
  @Test
  void nothingIsParkedInAPoolThatIsBeingClosed(@TempDir Path directory) {
    String url = "jdbc:sqlite:" + directory.resolve("replica.db");
    ScheduledExecutorService housekeeper =
        Executors.newSingleThreadScheduledExecutor(ReplicaPoolsTest::daemon);
    try {
      ClosedInBetween pool = new ClosedInBetween(url, housekeeper);
      Lease[] lease = new Lease[1];
      await("no connection", () -> (lease[0] = pool.borrow(null)) != null);
      pool.closes = true;
      lease[0].park();
      assertTrue(pool.isDrained());
      await("it is left open", () -> pool.open() == 0);
    } finally {
      housekeeper.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "test-pools");
    thread.setDaemon(true);
    return thread;
  }

  /** Pools of connections to one file, none of which is opened before somebody connects. */
  static ReplicaPools pools(String url, int most) {
    return new ReplicaPools(
        java.util.Collections.singletonList("replica1"),
        most,
        1,
        false,
        ReplicaPoolsTest::daemon,
        (replica, master, properties) -> opening(url));
  }

  private static Connector opening(String url) {
    return new Connector() {
      @Override
      public Connection open() throws SQLException {
        return DriverManager.getConnection(url);
      }
    };
  }
}
