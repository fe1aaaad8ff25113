package io.rwsplit.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which prepared statements a replica connection keeps, and who gets them. */
class LeaseStatementsTest {
  private static final int KEPT = 128;

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
}
