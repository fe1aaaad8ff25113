package io.rwsplit.acknowledgement;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A commit returns when some replicas have applied it, or after a time without.
 *
 * <p>After a commit in vain, or when too few replicas are left to wait for, no commit waits any
 * more: one slow replica would else cost each of them the whole time. That ends when enough
 * replicas have reached what was newest at some moment within half of that time, counted from the
 * moment: then a commit would not wait in vain. Thread-safe.
 */
public final class SemiSynchronous extends Acknowledgement {
  private final int needed;
  private final AtomicBoolean degraded = new AtomicBoolean();

  /** What was newest at {@link #markedAt}; guarded by {@link #marking}. */
  private long mark;

  private long markedAt;
  private final Object marking = new Object();

  /**
   * @param needed how many replicas must have a commit, at least 1
   * @param timeoutNanos how long a commit waits at most
   */
  public SemiSynchronous(ReplicaProgress progress, int needed, long timeoutNanos, AlertLog alerts) {
    super(progress, timeoutNanos, alerts);
    this.needed = needed;
  }

  @Override
  boolean reach(long ticket) {
    if (holders(ticket) >= needed) {
      return true;
    }
    if (degraded.get()) {
      if (progress.pollNanos() != 0) {
        progressed();
      }
      return false;
    }
    boolean woken =
        waits.await(
            new CommitWaits.Condition() {
              @Override
              boolean isMet() {
                return holders(ticket) >= needed || degraded.get() || followers() < needed;
              }
            },
            timeoutNanos);
    if (holders(ticket) >= needed) {
      return true;
    }
    degrade(
        woken
            ? "only " + followers() + " of " + progress.replicas() + " replicas can follow"
            : "no acknowledgement within " + millis(timeoutNanos));
    return false;
  }

  private int holders(long ticket) {
    int holders = 0;
    for (int i = 0; i < progress.replicas(); i++) {
      if (progress.appliedTicket(i) >= ticket) {
        holders++;
      }
    }
    return holders;
  }

  private int followers() {
    int followers = 0;
    for (int i = 0; i < progress.replicas(); i++) {
      if (progress.mayFollow(i)) {
        followers++;
      }
    }
    return followers;
  }

  private void degrade(String why) {
    synchronized (marking) {
      mark();
      if (!degraded.compareAndSet(false, true)) {
        return;
      }
    }
    waits.changed();
    alerts.raise(
        "semi-synchronous replication: "
            + why
            + "; commits do not wait until "
            + (needed == 1 ? "a replica has" : needed + " replicas have")
            + " caught up");
  }

  private void mark() {
    mark = progress.newestTicket();
    markedAt = System.nanoTime();
  }

  @Override
  public void progressed() {
    if (!degraded.get()) {
      waits.changed();
    } else if (isInTime() && degraded.compareAndSet(true, false)) {
      alerts.over("semi-synchronous replication: commits wait for replicas again");
    }
  }

  private boolean isInTime() {
    synchronized (marking) {
      if (holders(mark) < needed) {
        return false;
      }
      if (System.nanoTime() - markedAt <= timeoutNanos / 2) {
        return true;
      }
      mark();
      return holders(mark) >= needed;
    }
  }

  @Override
  public boolean isDegraded() {
    return degraded.get();
  }

  @Override
  String standing() {
    return "semi-synchronous, "
        + needed
        + " of "
        + progress.replicas()
        + " replicas: "
        + (degraded.get() ? "degraded, commits do not wait" : "in order");
  }
}
