package io.rwsplit.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
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
    ReplicaPools pools =
        new ReplicaPools(
            java.util.Collections.singletonList("replica1"),
            3,
            1,
            false,
            work -> {
              Thread thread = new Thread(work, "test-pools");
              thread.setDaemon(true);
              return thread;
            },
            (replica, master, properties) -> opening(url));
    try {
      List<ReplicaPool> made = new ArrayList<>();
      for (int i = 0; i < WAYS; i++) {
        made.add(pools.slots("way" + i, url, new Properties())[0].pool());
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

  private static Connector opening(String url) {
    return new Connector() {
      @Override
      public Connection open() throws SQLException {
        return DriverManager.getConnection(url);
      }
    };
  }
}
