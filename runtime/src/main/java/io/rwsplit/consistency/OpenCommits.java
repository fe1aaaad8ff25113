package io.rwsplit.consistency;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls of this JVM that may be making a write visible just now, by the thread that makes them.
 *
 * <p>PostgreSQL and MariaDB send a commit to their replicas before they show it themselves ({@code
 * XLogFlush} precedes {@code ProcArrayEndTransaction}; the binary log precedes the engine), so what
 * a replica has shown the master may not show yet. It does once the committing call has returned.
 *
 * <p>Thread-safe; calls may be nested in their thread.
 */
final class OpenCommits {
  private static final long POLL_NANOS = 50_000;

  private final Map<Thread, OpenCommit> open = new ConcurrentHashMap<>();

  private static final class OpenCommit {
    final long began;

    /** Its thread's own. */
    int depth = 1;

    /** Somebody has waited for it in vain: it may be a long one, or wait for a lock. */
    volatile boolean isLong;

    OpenCommit(long began) {
      this.began = began;
    }
  }

  /**
   * The current thread begins such a call.
   *
   * @param now a ticket
   */
  void begins(long now) {
    OpenCommit outer = open.get(Thread.currentThread());
    if (outer == null) {
      open.put(Thread.currentThread(), new OpenCommit(now));
    } else {
      outer.depth++;
    }
  }

  /** The call is over. */
  void ended() {
    OpenCommit own = open.get(Thread.currentThread());
    if (own != null && --own.depth == 0) {
      open.remove(Thread.currentThread());
    }
  }

  /**
   * Waits until every call that began before a ticket is over, the current thread's own excepted.
   * Each call is waited for in vain only once.
   *
   * @param nanos for how long at most
   */
  void awaitBegunBefore(long ticket, long nanos) {
    if (open.isEmpty() || !isOpenBefore(ticket, false)) {
      return;
    }
    long deadline = System.nanoTime() + nanos;
    do {
      if (System.nanoTime() - deadline > 0) {
        boolean unused = isOpenBefore(ticket, true);
        return;
      }
      LockSupport.parkNanos(POLL_NANOS);
    } while (isOpenBefore(ticket, false));
  }

  private boolean isOpenBefore(long ticket, boolean givenUp) {
    boolean found = false;
    for (Map.Entry<Thread, OpenCommit> each : open.entrySet()) {
      OpenCommit commit = each.getValue();
      if (commit.began <= ticket && !commit.isLong && each.getKey() != Thread.currentThread()) {
        commit.isLong = givenUp;
        found = true;
      }
    }
    return found;
  }
}
