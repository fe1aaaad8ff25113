package io.rwsplit.acknowledgement;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Counts every alert and logs some: what flaps would fill the log. An end is said if its beginning
 * was. Thread-safe.
 */
public final class AlertLog {
  private final Logger log;
  private final long intervalNanos;
  private final AtomicLong raised = new AtomicLong();
  private final AtomicLong unsaid = new AtomicLong();
  private final AtomicLong next = new AtomicLong(System.nanoTime());
  private volatile boolean said;

  /**
   * @param intervalNanos between two alerts that are logged, at least
   */
  public AlertLog(Logger log, long intervalNanos) {
    this.log = log;
    this.intervalNanos = intervalNanos;
  }

  void raise(String what) {
    raised.incrementAndGet();
    long now = System.nanoTime();
    long due = next.get();
    if (now - due < 0 || !next.compareAndSet(due, now + intervalNanos)) {
      unsaid.incrementAndGet();
      said = false;
      return;
    }
    said = true;
    long before = unsaid.getAndSet(0);
    if (before == 0) {
      log.warn("{}", what);
    } else {
      log.warn("{} (and {} alerts before this one that were not logged)", what, before);
    }
  }

  void over(String what) {
    if (said) {
      said = false;
      log.info("{}", what);
    }
  }

  long raised() {
    return raised.get();
  }
}
