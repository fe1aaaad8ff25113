package io.rwsplit.acknowledgement;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A commit returns when every replica in service has applied it; one that does not in time is out
 * of service before the commit returns.
 *
 * <p>A replica comes back in two steps. First commits wait for it, while it is not in service yet;
 * once it has reached what was newest when that began, it holds every commit that has ever
 * returned, and may be in service. On the way out it is the reverse: first out of service, then not
 * waited for, whoever of several threads finds it lacking. So no commit returns before every
 * replica in service has it. With none in service that is said and counted, and commits return at
 * once.
 *
 * <p>Thread-safe.
 */
public final class Synchronous extends Acknowledgement {
  /** Takes replicas in and out by {@link Acknowledgement#objection}. */
  public interface Service {
    /** Returns when the replica is out of service if something speaks against it; never blocks. */
    void judge(int replica);
  }

  /** Not waited for, not in service; being looked at whether it keeps up. */
  private static final int OUT = 0;

  /** Waited for, not in service yet. */
  private static final int JOINING = 1;

  /** Waited for and in service, so far as this is concerned. */
  private static final int MEMBER = 2;

  /** To be out of service, and waited for until it is. */
  private static final int LEAVING = 3;

  /** No mark: no replica reaches it. */
  private static final long NONE = Long.MAX_VALUE;

  /** Places for replicas that may join later; there are never more. */
  private static final int PLACES = Long.SIZE;

  private final Service service;
  private final AtomicIntegerArray states;

  /** What a replica must reach for its next step, and since when. */
  private final AtomicLongArray marks;

  private final AtomicLongArray markedAt;

  /** Guards marks and the steps in; never held while a replica is judged. */
  private final Object joining = new Object();

  private volatile boolean everHad;
  private volatile boolean alone;

  /**
   * @param timeoutNanos how long a commit waits for a replica at most
   */
  public Synchronous(
      ReplicaProgress progress, long timeoutNanos, Service service, AlertLog alerts) {
    super(progress, timeoutNanos, alerts);
    this.service = service;
    this.states = new AtomicIntegerArray(PLACES);
    this.marks = new AtomicLongArray(PLACES);
    this.markedAt = new AtomicLongArray(PLACES);
    for (int i = 0; i < marks.length(); i++) {
      marks.set(i, NONE);
    }
  }

  @Override
  boolean reach(long ticket) {
    boolean unused =
        waits.await(
            new CommitWaits.Condition() {
              @Override
              boolean isMet() {
                for (int i = 0; i < progress.replicas(); i++) {
                  if (states.get(i) != OUT && isAwaited(i, ticket)) {
                    return false;
                  }
                }
                return true;
              }
            },
            timeoutNanos);
    int holders = 0;
    for (int i = 0; i < progress.replicas(); i++) {
      if (states.get(i) != OUT && progress.appliedTicket(i) < ticket) {
        expel(i);
      }
      if (states.get(i) != OUT) {
        holders++;
      }
    }
    if (holders == 0 && everHad && !alone) {
      alone = true;
      alerts.raise(
          "synchronous replication: no replica is in service; commits are on the master only");
    }
    return holders > 0;
  }

  /** True while the replica lacks the ticket and is on its way there. */
  private boolean isAwaited(int replica, long ticket) {
    long applied = progress.appliedTicket(replica);
    return applied >= 0 && applied < ticket;
  }

  private void expel(int replica) {
    boolean first = false;
    int state = states.get(replica);
    while (state != OUT && state != LEAVING && !first) {
      first = states.compareAndSet(replica, state, LEAVING);
      state = first ? state : states.get(replica);
    }
    long applied = progress.appliedTicket(replica);
    // Whoever comes here returns only when it is out of service, by himself or by another.
    service.judge(replica);
    synchronized (joining) {
      if (states.compareAndSet(replica, LEAVING, OUT)) {
        marks.set(replica, NONE);
      }
    }
    if (first && state == MEMBER) {
      alerts.raise(
          "synchronous replication: replica"
              + (replica + 1)
              + (applied < 0
                  ? " is not followed any more"
                  : " has not applied a commit within " + millis(timeoutNanos))
              + "; it is out of service until it has caught up");
    }
  }

  @Override
  public void progressed() {
    for (int i = 0; i < progress.replicas(); i++) {
      advance(i);
    }
    waits.changed();
  }

  private void advance(int replica) {
    if (states.get(replica) == MEMBER || !hasStepped(replica)) {
      return;
    }
    everHad = true;
    service.judge(replica);
    if (alone) {
      alone = false;
      alerts.over("synchronous replication: commits are on a replica again");
    }
  }

  /** True when this call has made it a member. */
  private boolean hasStepped(int replica) {
    synchronized (joining) {
      if (states.get(replica) == OUT && keepsUp(replica)) {
        // From here on commits wait for it; what is newest now may have returned before.
        states.set(replica, JOINING);
        mark(replica);
      }
      return states.get(replica) == JOINING
          && progress.appliedTicket(replica) >= marks.get(replica)
          && states.compareAndSet(replica, JOINING, MEMBER);
    }
  }

  /** True when it reached what was newest at some moment in half of the time a commit waits. */
  private boolean keepsUp(int replica) {
    long applied = progress.appliedTicket(replica);
    if (applied < 0) {
      marks.set(replica, NONE);
      return false;
    }
    long mark = marks.get(replica);
    if (mark != NONE && applied < mark) {
      return false;
    }
    if (mark != NONE && System.nanoTime() - markedAt.get(replica) <= timeoutNanos / 2) {
      return true;
    }
    mark(replica);
    return progress.appliedTicket(replica) >= marks.get(replica);
  }

  private void mark(int replica) {
    markedAt.set(replica, System.nanoTime());
    marks.set(replica, progress.newestTicket());
  }

  @Override
  public String objection(int replica) {
    switch (states.get(replica)) {
      case MEMBER:
        return null;
      case LEAVING:
        return "lacks a commit that must not wait for it any longer";
      default:
        return "catches up, as rwsplit.sync=sync asks";
    }
  }

  @Override
  public boolean isDegraded() {
    return alone;
  }

  @Override
  String standing() {
    int members = 0;
    for (int i = 0; i < progress.replicas(); i++) {
      members += states.get(i) == MEMBER ? 1 : 0;
    }
    return "synchronous, " + members + " of " + progress.replicas() + " replicas in service";
  }
}
