package io.rwsplit.consistency;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenCommitsTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final OpenCommits commits = new OpenCommits();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicBoolean over = new AtomicBoolean();

  private Thread commit(long ticket) throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              commits.begins(ticket);
              commits.begins(ticket + 1);
              commits.ended();
              begun.countDown();
              try {
                mayEnd.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              over.set(true);
              commits.ended();
            });
    thread.start();
    begun.await();
    return thread;
  }

  @Test
  void whatBeganBeforeIsWaitedFor() throws InterruptedException {
    Thread thread = commit(10);
    AtomicBoolean early = new AtomicBoolean();
    Thread waiter =
        new Thread(
            () -> {
              commits.awaitBegunBefore(10, HOUR);
              early.set(!over.get());
            });
    waiter.start();
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      LockSupport.parkNanos(1_000_000);
    }
    mayEnd.countDown();
    waiter.join();
    thread.join();
    assertFalse(early.get());
  }

  @Test
  void whatBeganLaterIsNot() throws InterruptedException {
    Thread thread = commit(10);
    commits.awaitBegunBefore(9, HOUR);
    mayEnd.countDown();
    thread.join();
    commits.awaitBegunBefore(11, HOUR);
  }

  @Test
  void aLongOneIsWaitedForOnce() throws InterruptedException {
    Thread thread = commit(10);
    commits.awaitBegunBefore(10, 1);
    commits.awaitBegunBefore(10, HOUR);
    mayEnd.countDown();
    thread.join();
  }

  @Test
  void oneDoesNotWaitForOneself() {
    commits.begins(10);
    commits.awaitBegunBefore(10, HOUR);
    commits.ended();
  }
}
