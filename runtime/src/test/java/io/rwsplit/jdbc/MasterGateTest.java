package io.rwsplit.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Nobody is inside while the gate is closed and was found quiet, whatever the threads do. */
class MasterGateTest {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Nobody loses his patience during a test, however slow the machine is. */
  private final MasterGate gate = new MasterGate(2 * LIMIT_NANOS, 2 * LIMIT_NANOS);

  /** True while the one who closed the gate relies on nobody being inside. */
  private volatile boolean alone;

  private volatile boolean over;
  private final AtomicInteger intruders = new AtomicInteger();
  private final AtomicInteger visits = new AtomicInteger();

  @Test
  void nobodyIsInsideAClosedGate() throws Exception {
    List<Thread> visitors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      visitors.add(started(() -> visitAgainAndAgain(number)));
    }
    long start = System.nanoTime();
    int quiet = 0;
    // Enough closings to catch a gate that forgets to look again, also on a machine with one core.
    while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(1500)
        || ((quiet < 20 || visits.get() < 20) && System.nanoTime() - start < LIMIT_NANOS)) {
      quiet += closeFor(quiet % 3) ? 1 : 0;
    }
    over = true;
    for (Thread visitor : visitors) {
      visitor.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
      assertFalse(visitor.isAlive(), "a visitor is still waiting at an open gate");
    }
    assertEquals(0, intruders.get(), "visitors inside a closed gate");
    assertTrue(quiet >= 20, "found quiet " + quiet + " times only");
    assertTrue(visits.get() >= 20, "visited " + visits + " times only");
  }

  /** Closes the gate, and opens it for so short a time that those who waited meet the next one. */
  private boolean closeFor(int spins) {
    gate.close();
    long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    boolean quiet = gate.isQuiet();
    while (!quiet && System.nanoTime() - patience < 0) {
      quiet = gate.isQuiet();
    }
    if (quiet) {
      alone = true;
      for (int i = 0; i < spins * 1000; i++) {
        visits.get();
      }
      alone = false;
    }
    gate.open();
    if (visits.get() < 20) {
      // Threads that get no turn while it is open for an instant.
      LockSupport.parkNanos(1_000_000);
    }
    return quiet;
  }

  private void visitAgainAndAgain(int number) {
    while (!over) {
      int place = gate.enter(number);
      if (alone) {
        intruders.incrementAndGet();
      }
      visits.incrementAndGet();
      if (alone) {
        intruders.incrementAndGet();
      }
      gate.leave(place);
    }
  }

  @Test
  void everyVisitorCountsWhateverHisNumber() {
    for (int number : new int[] {0, 1, 15, 16, 17, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      int place = gate.enter(number);
      assertFalse(gate.isQuiet(), () -> "visitor " + number);
      gate.leave(place);
      assertTrue(gate.isQuiet(), () -> "visitor " + number);
    }
  }

  @Test
  void aVisitorMayLeaveOnAnotherThread() throws Exception {
    int place = gate.enter(1);
    gate.close();
    assertFalse(gate.isQuiet());
    Thread other = started(() -> gate.leave(place));
    other.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
    assertTrue(gate.isQuiet());
  }

  @Test
  void whoWaitsIsLetInAndKeepsHisInterrupt() throws Exception {
    gate.close();
    AtomicInteger interrupted = new AtomicInteger(-1);
    Thread visitor =
        started(
            () -> {
              Thread.currentThread().interrupt();
              int place = gate.enter(1);
              interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
              gate.leave(place);
            });
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (LockSupport.getBlocker(visitor) != gate && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(100_000);
    }
    assertEquals(-1, interrupted.get(), "went through a closed gate");
    gate.open();
    visitor.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
    assertEquals(1, interrupted.get());
    assertTrue(gate.isQuiet());
  }

  /** A sync that stalls while the write lock is held is no reason to go in and meet that lock. */
  @Test
  void whoWouldMeetTheLockIsPatient() throws Exception {
    long little = TimeUnit.MILLISECONDS.toNanos(20);
    MasterGate locked = new MasterGate(little, 2 * LIMIT_NANOS);
    locked.close();
    locked.locked();
    AtomicInteger entered = new AtomicInteger();
    Thread visitor = started(() -> visit(locked, entered));
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (LockSupport.getBlocker(visitor) != locked && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(100_000);
    }
    for (int i = 1; i <= 5; i++) {
      // The measure of time: so many others, one after another, have lost their patience.
      MasterGate closed = new MasterGate(little, 2 * LIMIT_NANOS);
      closed.close();
      AtomicInteger others = new AtomicInteger();
      Thread other = started(() -> visit(closed, others));
      other.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
      assertEquals(1, others.get(), "still waits at a gate that nobody opens");
    }
    assertEquals(0, entered.get(), "went in where the lock is");
    locked.open();
    visitor.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
    assertEquals(1, entered.get());
  }

  /** Nor is that for ever. */
  @Test
  void patienceWithTheLockEndsToo() throws Exception {
    MasterGate locked = new MasterGate(1, TimeUnit.MILLISECONDS.toNanos(20));
    locked.close();
    locked.locked();
    AtomicInteger entered = new AtomicInteger();
    Thread visitor = started(() -> visit(locked, entered));
    visitor.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
    assertEquals(1, entered.get());
  }

  private static void visit(MasterGate gate, AtomicInteger entered) {
    int place = gate.enter(1);
    entered.incrementAndGet();
    gate.leave(place);
  }

  private static Thread started(Runnable work) {
    Thread thread = new Thread(work, "visitor");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
