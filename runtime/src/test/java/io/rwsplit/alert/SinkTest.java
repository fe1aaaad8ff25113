package io.rwsplit.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A sink that takes nothing for a while. */
class SinkTest {
  private static final int MANY = 250;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayGo = new CountDownLatch(1);
  private final AtomicLong newest = new AtomicLong(-1);

  private final Sink dead =
      new Sink("dead", 1) {
        @Override
        protected String deliver(Notice notice) throws IOException {
          entered.countDown();
          try {
            assertTrue(mayGo.await(120, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          newest.set(notice.atMillis());
          return "taken";
        }
      };

  /** Nobody waits for it: the queue is full, the oldest give way, and are counted. */
  @Test
  void aFullQueueHoldsUpNobody() throws Exception {
    dead.offer(Notice.test(0), null);
    assertTrue(entered.await(120, TimeUnit.SECONDS));
    // On this thread: a call that waited for the sink would wait for ever.
    for (int i = 1; i <= MANY; i++) {
      dead.offer(Notice.test(i), null);
    }
    int room = dead.waiting();
    assertTrue(room > 0 && room < MANY, () -> "" + room);
    assertEquals(MANY - room, dead.dropped());
    assertEquals(0, dead.delivered());

    mayGo.countDown();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (dead.delivered() < room + 1) {
      assertTrue(System.nanoTime() - deadline < 0, () -> "" + dead.delivered());
      Thread.sleep(1);
    }
    assertEquals(MANY, newest.get());
    assertEquals(0, dead.failed());
  }
}
