package io.rwsplit.acknowledgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class SynchronousTest {
  private static final long TIMEOUT = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long RUN = TimeUnit.SECONDS.toNanos(2);

  private final FakeReplicas replicas = new FakeReplicas(3);

  /** What a watch of each replica would say. */
  private final boolean[] inService = new boolean[3];

  private Synchronous mode = mode();

  private Synchronous mode() {
    Object[] locks = {new Object(), new Object(), new Object()};
    return new Synchronous(
        replicas,
        TIMEOUT,
        replica -> {
          synchronized (locks[replica]) {
            boolean in = mode.objection(replica) == null;
            synchronized (inService) {
              inService[replica] = in;
            }
          }
        },
        new AlertLog(NOPLogger.NOP_LOGGER, 0));
  }

  private boolean isIn(int replica) {
    synchronized (inService) {
      return inService[replica];
    }
  }

  @Test
  void expelsWhoIsLateAndTakesItBack() {
    mode.progressed();
    for (int i = 0; i < 3; i++) {
      assertNull(mode.objection(i));
    }
    long ticket = replicas.newest.incrementAndGet();
    replicas.applied.set(0, ticket);
    replicas.applied.set(2, ticket);
    mode.await(ticket);
    assertTrue(isIn(0) && !isIn(1) && isIn(2));
    assertNotNull(mode.objection(1));
    assertEquals(1, mode.alerts());
    assertEquals(1, mode.acknowledged());

    replicas.applied.set(1, ticket);
    mode.progressed();
    assertTrue(isIn(1));
  }

  @Test
  void doesNotWaitForWhoLostItsMaster() {
    mode.progressed();
    for (int i = 0; i < 3; i++) {
      replicas.applied.set(i, -1);
    }
    mode.await(replicas.newest.incrementAndGet());
    assertTrue(!isIn(0) && !isIn(1) && !isIn(2));
    assertTrue(mode.isDegraded());
    assertEquals(1, mode.unacknowledged());
  }

  /** Replicas that stall, vanish and come back under several committers. */
  @Test
  void noCommitReturnsBeforeEveryReplicaInServiceHasIt() throws Exception {
    long seed = System.nanoTime();
    long end = System.nanoTime() + RUN;
    AtomicInteger violations = new AtomicInteger();
    AtomicLong served = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int replica = i;
      Random random = new Random(seed + i);
      threads.add(new Thread(() -> follow(replica, random, end)));
    }
    for (int i = 0; i < 3; i++) {
      threads.add(
          new Thread(
              () -> {
                while (System.nanoTime() - end < 0) {
                  long ticket = replicas.newest.incrementAndGet();
                  mode.await(ticket);
                  for (int replica = 0; replica < 3; replica++) {
                    // In this order: who is in service now must have had it when it came in.
                    boolean in = isIn(replica);
                    long applied = replicas.applied.get(replica);
                    if (in && applied >= 0 && applied < ticket) {
                      violations.incrementAndGet();
                    }
                    served.addAndGet(in ? 1 : 0);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(120));
    }
    assertEquals(0, violations.get(), "seed " + seed);
    assertTrue(served.get() > 100, "seed " + seed + ": in service " + served);
    assertTrue(mode.alerts() > 0, "seed " + seed);
  }

  private void follow(int replica, Random random, long end) {
    while (System.nanoTime() - end < 0) {
      int what = random.nextInt(2000);
      if (what == 0) {
        LockSupport.parkNanos(3 * TIMEOUT);
      } else if (what == 1) {
        replicas.applied.set(replica, -1);
        mode.progressed();
        LockSupport.parkNanos(TIMEOUT / 10);
      }
      replicas.applied.set(replica, replicas.newest.get());
      mode.progressed();
    }
  }
}
