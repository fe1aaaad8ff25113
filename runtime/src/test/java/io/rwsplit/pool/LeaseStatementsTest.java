package io.rwsplit.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.session.SessionSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which prepared statements a replica connection keeps, and who gets them. */
class LeaseStatementsTest {
  private static final int KEPT = 128;

  private static final int THREADS = 4;

  private ReplicaPools pools;
  private Lease lease;

  @BeforeEach
  void borrow(@TempDir Path directory) {
    String url = "jdbc:sqlite:" + directory.resolve("replica.db");
    pools = ReplicaPoolsTest.pools(url, 1);
    ReplicaPool pool = pools.slots("one way", url, new Properties()).of(0).pool();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while ((lease = pool.borrow(null)) == null) {
      assertTrue(System.nanoTime() - deadline < 0, "no connection");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @AfterEach
  void close() {
    lease.park();
    pools.close();
  }

  private Shadow prepared(int number) throws SQLException {
    return lease.prepared(
        "SELECT " + number, StatementSettings.DEFAULT, ResultSet.TYPE_FORWARD_ONLY);
  }

  private static boolean isClosed(Shadow shadow) throws SQLException {
    return shadow.statement().isClosed();
  }

  @Test
  void oneThatIsGivenBackServesTheNextExecution() throws SQLException {
    Shadow first = prepared(1);
    lease.giveBack(first, true);
    assertSame(first, prepared(1));
  }

  @Test
  void oneInUseIsNotGivenOutTwice() throws SQLException {
    Shadow first = prepared(1);
    lease.giveBack(first, true);
    assertSame(first, prepared(1));
    Shadow second = prepared(1);
    assertNotSame(first, second);
    lease.giveBack(second, true);
    lease.giveBack(first, true);
    assertFalse(isClosed(second));
    assertTrue(isClosed(first), "two of a kind are kept");
    assertSame(second, prepared(1));
  }

  @Test
  void oneThatFailedIsClosedAndForgotten() throws SQLException {
    Shadow first = prepared(1);
    lease.giveBack(first, true);
    assertSame(first, prepared(1));
    lease.giveBack(first, false);
    assertTrue(isClosed(first));
    assertNotSame(first, prepared(1));
  }

  @Test
  void oneThatAnotherThreadGaveUpIsClosedAndForgotten() throws SQLException {
    Shadow first = prepared(1);
    lease.giveBack(first, true);
    assertSame(first, prepared(1));
    lease.discardLater(first);
    assertNotSame(first, prepared(1));
    assertTrue(isClosed(first));
  }

  @Test
  void theOldestThatIsNotInUseMakesRoom() throws SQLException {
    List<Shadow> all = new ArrayList<>();
    for (int i = 0; i < KEPT; i++) {
      all.add(prepared(i));
    }
    for (Shadow each : all) {
      lease.giveBack(each, true);
    }
    assertSame(all.get(0), prepared(0));
    lease.giveBack(prepared(KEPT), true);
    assertFalse(isClosed(all.get(0)), "it is in use");
    assertTrue(isClosed(all.get(1)), "it rested longest");
    long open = 0;
    for (Shadow each : all) {
      open += isClosed(each) ? 0 : 1;
    }
    assertEquals(KEPT - 1, open);
  }

  @Test
  void asManyInUseAsAreKeptLeaveNoRoomForAnother() throws SQLException {
    List<Shadow> all = new ArrayList<>();
    for (int i = 0; i < KEPT; i++) {
      all.add(prepared(i));
    }
    for (Shadow each : all) {
      lease.giveBack(each, true);
    }
    for (int i = 0; i < KEPT; i++) {
      assertSame(all.get(i), prepared(i));
    }
    Shadow more = prepared(KEPT);
    lease.giveBack(more, true);
    assertTrue(isClosed(more));
    for (Shadow each : all) {
      assertFalse(isClosed(each));
    }
  }

  @Test
  void whatWasUsedSinceIsKeptForLonger() throws SQLException {
    Shadow hot = prepared(0);
    lease.giveBack(hot, true);
    for (int i = 1; i < 10 * KEPT; i++) {
      assertSame(hot, prepared(0));
      lease.giveBack(hot, true);
      lease.giveBack(prepared(i), true);
    }
    assertFalse(isClosed(hot));
  }

  /** Each is used by one at a time, and none is left open by what comes between. */
  @Test
  void threadsTakeAndGiveBackWhileItIsEmptied() throws Exception {
    long seed = Long.getLong("rwsplit.test.seed", System.nanoTime());
    System.out.println("seed " + seed);
    ShadowCache cache = new ShadowCache();
    Connection connection = lease.connection();
    Set<Shadow> all = ConcurrentHashMap.newKeySet();
    Set<Shadow> inUse = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed + i);
        running.add(
            threads.submit(
                (Callable<Void>)
                    () -> {
                      for (int round = 0; round < 20_000; round++) {
                        use(cache, connection, random, all, inUse);
                      }
                      return null;
                    }));
      }
      for (Future<Void> each : running) {
        each.get(120, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    for (Shadow each : cache.clear()) {
      each.discard();
    }
    for (Shadow each : all) {
      assertTrue(isClosed(each), "left open, seed " + seed);
    }
  }

  private static void use(
      ShadowCache cache, Connection connection, Random random, Set<Shadow> all, Set<Shadow> inUse)
      throws SQLException {
    if (random.nextInt(1000) == 0) {
      for (Shadow each : cache.clear()) {
        each.discard();
      }
    }
    boolean plain = random.nextInt(8) == 0;
    String sql = "SELECT " + random.nextInt(random.nextBoolean() ? 4 : 2 * KEPT);
    Shadow.Key key = null;
    Shadow taken;
    if (plain) {
      taken = cache.takePlain();
    } else {
      key =
          cache.key(
              sql, StatementSettings.DEFAULT, ResultSet.TYPE_FORWARD_ONLY, SessionSettings.NONE);
      taken = cache.take(key);
    }
    if (taken == null) {
      taken =
          plain
              ? new Shadow(connection.createStatement(), null)
              : new Shadow(connection.prepareStatement(sql), key);
      all.add(taken);
    } else if (!plain) {
      cache.unused(key);
    }
    assertTrue(inUse.add(taken), "two have it");
    assertFalse(isClosed(taken), "it is in use and closed");
    if (random.nextInt(4) == 0) {
      LockSupport.parkNanos(1);
    }
    boolean fails = random.nextInt(16) == 0;
    assertTrue(inUse.remove(taken));
    if (fails) {
      cache.forget(taken);
      taken.discard();
      return;
    }
    Shadow unwanted = cache.keep(taken);
    if (unwanted != null) {
      unwanted.discard();
    }
  }
}
