package io.rwsplit.acknowledgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SemiSynchronousTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(100);
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(30);

  private final FakeReplicas replicas = new FakeReplicas(2);

  private SemiSynchronous mode(int needed, long timeout) {
    AlertLog alerts = new AlertLog(LoggerFactory.getLogger(SemiSynchronousTest.class), 0);
    return new SemiSynchronous(replicas, needed, timeout, alerts);
  }

  @Test
  void returnsOnceEnoughReplicasHaveIt() throws Exception {
    SemiSynchronous mode = mode(2, LONG);
    Thread commit = new Thread(() -> mode.await(replicas.newest.incrementAndGet()));
    commit.start();
    awaitLooks(1);
    replicas.applied.set(1, 1);
    mode.progressed();
    // More than what it asks for once, and once more at its end: had one of two been enough for
    // it, it would not go on asking.
    awaitLooks(10);
    assertTrue(commit.isAlive(), "one of two has it");
    replicas.applied.set(0, 1);
    mode.progressed();
    commit.join(TimeUnit.SECONDS.toMillis(120));
    assertFalse(commit.isAlive());
    assertEquals(1, mode.acknowledged());
    assertEquals(0, mode.alerts());
  }

  /** Waits until the committing thread has asked for a replica's ticket so many times more. */
  private void awaitLooks(int more) throws InterruptedException {
    long wanted = replicas.looks.get() + more;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (replicas.looks.get() < wanted) {
      assertTrue(System.nanoTime() - deadline < 0, "it has stopped to look");
      Thread.sleep(1);
    }
  }

  @Test
  void goesOnWithoutAfterTheTimeoutAndThenDoesNotWait() {
    SemiSynchronous mode = mode(1, SHORT);
    mode.await(replicas.newest.incrementAndGet());
    assertTrue(mode.isDegraded());
    long began = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      mode.await(replicas.newest.incrementAndGet());
    }
    assertTrue(System.nanoTime() - began < 1000 * SHORT / 10, "degraded commits wait");
    assertEquals(1, mode.alerts());
    assertEquals(1001, mode.unacknowledged());

    replicas.applied.set(0, replicas.newest.get());
    mode.progressed();
    assertFalse(mode.isDegraded());
    mode.await(replicas.newest.get());
    assertEquals(1, mode.acknowledged());
  }

  /** A replica that follows, but each time too late for a commit to wait for it. */
  @Test
  void staysDegradedWhileReplicasAreSlow() throws Exception {
    SemiSynchronous mode = mode(1, SHORT);
    mode.await(replicas.newest.incrementAndGet());
    for (int i = 0; i < 5; i++) {
      long target = replicas.newest.get();
      // The time itself is what is tested: by the clock that the mode reads.
      long begin = System.nanoTime();
      while (System.nanoTime() - begin <= SHORT) {
        Thread.sleep(1);
      }
      replicas.newest.incrementAndGet();
      replicas.applied.set(0, target);
      mode.progressed();
      assertTrue(mode.isDegraded());
    }
  }

  @Test
  void doesNotWaitForReplicasThatCannotFollow() {
    SemiSynchronous mode = mode(1, LONG);
    replicas.followers = 0;
    mode.await(replicas.newest.incrementAndGet());
    assertTrue(mode.isDegraded());
  }

  @Test
  void keepsAnInterrupt() {
    SemiSynchronous mode = mode(1, SHORT);
    Thread.currentThread().interrupt();
    long began = System.nanoTime();
    mode.await(replicas.newest.incrementAndGet());
    assertTrue(System.nanoTime() - began >= SHORT, "the wait was cut short");
    assertTrue(Thread.interrupted());
  }
}
