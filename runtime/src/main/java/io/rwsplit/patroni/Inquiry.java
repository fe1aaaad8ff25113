package io.rwsplit.patroni;

import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that asks one member of Patroni again and again. */
final class Inquiry implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

  private final PatroniWatch watch;
  private final int index;
  private final RestClient client;
  private final long intervalNanos;
  private final long roundNanos;
  private final long delayNanos;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile boolean hurried;
  private boolean failing;

  /**
   * An inquiry that has not begun.
   *
   * @param intervalNanos from one question to the next while nobody leads
   * @param roundNanos the same while all is well
   * @param delayNanos before the second question: those of several members are to take turns
   */
  Inquiry(
      PatroniWatch watch,
      int index,
      RestClient client,
      long intervalNanos,
      long roundNanos,
      long delayNanos,
      ThreadFactory threads) {
    this.watch = watch;
    this.index = index;
    this.client = client;
    this.intervalNanos = intervalNanos;
    this.roundNanos = roundNanos;
    this.delayNanos = delayNanos;
    this.thread = threads.newThread(this);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** The next question is asked now. */
  void hurry() {
    hurried = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    long due = System.nanoTime() + delayNanos;
    while (!stopped) {
      hurried = false;
      ask();
      due += watch.isCalm() ? roundNanos : intervalNanos;
      long now = System.nanoTime();
      if (due - now < 0) {
        due = now;
      }
      while (!stopped && !hurried && due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
  }

  private void ask() {
    long began = System.nanoTime();
    try {
      ClusterView view = ClusterView.parse(client.get("/cluster"));
      if (failing) {
        failing = false;
        LOG.info("Patroni at {} answers again", client);
      }
      watch.answered(index, view, began);
    } catch (IOException | PatroniFault e) {
      failed(e, began);
    } catch (Throwable t) {
      // Any Throwable: without this thread the member would never be asked again.
      failed(t, began);
    }
  }

  private void failed(Throwable why, long began) {
    if (!failing) {
      failing = true;
      LOG.warn("Patroni at {} cannot be asked: {}", client, why.getMessage());
    }
    watch.answered(index, null, began);
  }
}
