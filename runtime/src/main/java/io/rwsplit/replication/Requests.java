package io.rwsplit.replication;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** What others want done by the capture thread, between two of its rounds. Thread-safe. */
final class Requests {
  private static final long LOOK_NANOS = 1_000_000;

  private static final class Request {
    final Runnable what;

    /** By whoever is first: the thread, to do it, or the one who asked, to let it be. */
    final AtomicBoolean taken = new AtomicBoolean();

    volatile boolean done;
    volatile RuntimeException failure;

    Request(Runnable what) {
      this.what = what;
    }

    void run() {
      if (taken.compareAndSet(false, true)) {
        try {
          what.run();
        } catch (RuntimeException e) {
          failure = e;
        }
        done = true;
      }
    }
  }

  private final Queue<Request> waiting = new ConcurrentLinkedQueue<Request>();

  /**
   * Waits until it is done.
   *
   * @return false when the thread had not begun with it within the time; then it never does
   */
  boolean ask(Runnable what, Thread thread, long nanos) {
    Request request = new Request(what);
    waiting.add(request);
    long deadline = System.nanoTime() + nanos;
    while (!request.done) {
      boolean late = System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted();
      if (late && request.taken.compareAndSet(false, true)) {
        return false;
      }
      LockSupport.unpark(thread);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    if (request.failure != null) {
      throw request.failure;
    }
    return true;
  }

  /** The capture thread. */
  void run() {
    for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }
}
