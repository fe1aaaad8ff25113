package io.rwsplit.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.consistency.WindowTracker;
import io.rwsplit.consistency.WriteTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 100_000;

  private final WriteTracker tracker = new WindowTracker(0, false);
  private final HeldLease lease = new HeldLease(null, 0, null);

  private boolean begins() {
    return lease.begins(tracker, System.nanoTime());
  }

  @Test
  void theLastResultGivesItBack() {
    assertTrue(begins());
    assertTrue(lease.shares(0));
    assertEquals(2, lease.open());
    assertFalse(lease.ends(true));
    assertTrue(lease.isHeld());
    assertTrue(lease.ends(true));
    assertFalse(lease.isHeld());
    assertFalse(lease.ends(true), "there is nothing any more");
  }

  @Test
  void noneBeginsWhereOthersAreOpen() {
    assertTrue(begins());
    assertFalse(begins());
  }

  @Test
  void onlyWhatHasRowsIsShared() {
    assertFalse(lease.shares(0), "nothing is open");
    assertTrue(begins());
    assertFalse(lease.shares(Long.MAX_VALUE), "it does not hold that");
    lease.drained(lease.period());
    assertFalse(lease.shares(0), "its snapshot is over");
    assertTrue(lease.isHeld());
    assertTrue(lease.ends(false));
    assertFalse(lease.shares(0));
  }

  @Test
  void onlyWhatHasNoRowsIsJoined() {
    assertFalse(lease.reserve(), "nothing is open");
    assertTrue(begins());
    assertFalse(lease.reserve(), "it has rows");
    lease.drained(lease.period());
    assertTrue(lease.reserve());
    assertFalse(lease.isAlone());
    lease.joined(tracker);
    assertTrue(lease.isAlone());
    assertEquals(2, lease.open());
    assertFalse(lease.ends(false));
    assertTrue(lease.ends(true));
  }

  @Test
  void whatHasEndedBeforeTakesNothingFromWhatCameAfter() {
    assertTrue(begins());
    long earlier = lease.period();
    assertTrue(lease.ends(true));
    assertTrue(begins());
    lease.drained(earlier);
    assertTrue(lease.isAlone(), "it still has rows");
    lease.drained(lease.period());
    assertTrue(lease.reserve());
  }

  @Test
  void aTransactionHoldsItBeyondItsResults() {
    assertTrue(begins());
    lease.hold();
    assertFalse(lease.ends(true));
    assertFalse(lease.another(), "none has rows");
    assertTrue(lease.reserve());
    lease.joined(tracker);
    assertTrue(lease.another());
    assertFalse(lease.ends(true));
    assertFalse(lease.ends(true));
    assertTrue(lease.ends(false));
  }

  @Test
  void oneThatIsDroppedServesNobody() {
    assertTrue(begins());
    assertFalse(lease.drop(), "it is held");
    assertTrue(lease.giveUp());
    assertFalse(lease.giveUp());
    assertTrue(lease.drop());
    assertTrue(lease.drop());
    assertFalse(begins());
    assertFalse(lease.shares(0));
    assertFalse(lease.another());
    assertFalse(lease.reserve());
    assertFalse(lease.ends(true));
    assertFalse(lease.isHeld());
    lease.drained(lease.period());
    assertFalse(lease.isHeld());
  }

  @Test
  void asManyPeriodsAsThereAreLeaveNoTrace() {
    for (int i = 0; i < 1_200_000; i++) {
      assertTrue(begins());
      assertTrue(lease.ends((i & 1) == 0));
    }
    assertTrue(begins());
    assertEquals(1, lease.open());
    assertTrue(lease.isAlone());
  }

  @Test
  void threadsLendItOnceAndGiveItBackOnce() throws Exception {
    long seed = Long.getLong("rwsplit.test.seed", System.nanoTime());
    System.out.println("seed " + seed);
    AtomicBoolean lent = new AtomicBoolean();
    AtomicInteger times = new AtomicInteger();
    AtomicInteger open = new AtomicInteger();
    AtomicInteger shared = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed + i);
        all.add(
            threads.submit(
                (Callable<Void>)
                    () -> {
                      for (int round = 0; round < ROUNDS; round++) {
                        read(random, lent, times, open, shared);
                      }
                      return null;
                    }));
      }
      for (Future<Void> each : all) {
        each.get(120, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertFalse(lent.get(), "seed " + seed);
    assertFalse(lease.isHeld(), "seed " + seed);
    assertTrue(times.get() > 0 && shared.get() > 0, "seed " + seed);
  }

  /** One result from begin to end, in one of the ways there are. */
  private void read(
      Random random,
      AtomicBoolean lent,
      AtomicInteger times,
      AtomicInteger open,
      AtomicInteger shared) {
    if (lease.shares(0)) {
      shared.incrementAndGet();
    } else if (!joins()) {
      if (!lent.compareAndSet(false, true)) {
        return;
      }
      times.incrementAndGet();
      assertTrue(begins(), "it was lent to nobody else");
    }
    open.incrementAndGet();
    assertTrue(lent.get(), "it is open and was given back");
    boolean live = true;
    if (random.nextBoolean()) {
      lease.drained(lease.period());
      live = false;
    }
    if (random.nextInt(4) == 0) {
      LockSupport.parkNanos(1);
    }
    assertTrue(lent.get(), "it is open and was given back");
    assertTrue(lease.open() >= 1);
    open.decrementAndGet();
    if (lease.ends(live)) {
      assertTrue(lent.getAndSet(false), "given back twice");
    }
  }

  private synchronized boolean joins() {
    if (!lease.reserve()) {
      return false;
    }
    lease.joined(tracker);
    return true;
  }
}
