package io.rwsplit.circuit;

import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.route.RouteReason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the statements of one group pass through to the master, all of them, and why: an operator
 * has said so, the circuit is open, or a write may have drawn no ticket. Sessions are followed
 * meanwhile as ever, and whoever reads on a replica after it must see what was written: the {@link
 * #floor()} is a ticket that covers all of it.
 *
 * <p>Thread-safe. The two fields that are written from catch clauses are public so that it takes no
 * call, which needs stack and memory that may just have run out: {@link #ticketMissed} first, then
 * {@link #reason}. {@link #settle}, called again and again, finds a later reason.
 */
public final class PassThrough {
  /** What is to be said of the circuit. */
  public interface Listener {
    /** It is open, for so many nanoseconds. */
    void opened(Throwable cause, long pauseNanos);

    /** Routing is tried again. */
    void tried();

    /** It is closed. */
    void closed();
  }

  private static final long PATIENCE_MILLIS = 1000;

  private static final AtomicReferenceFieldUpdater<PassThrough, RouteReason> REASON =
      AtomicReferenceFieldUpdater.newUpdater(PassThrough.class, RouteReason.class, "reason");

  /** Null while reads may leave the master: the one question of the hot path. */
  public volatile RouteReason reason;

  /** A write of some session may be covered by none of its tickets. */
  public volatile boolean ticketMissed;

  private final Circuit circuit;
  private final WriteTracker tracker;
  private final Listener listener;
  private final ReentrantLock settling = new ReentrantLock();
  private volatile boolean enabled = true;
  private volatile long floor;

  /** Guarded by {@link #settling}. */
  private Circuit.State said = Circuit.State.CLOSED;

  public PassThrough(CircuitRules rules, WriteTracker tracker, Listener listener) {
    this.circuit = new Circuit(rules);
    this.tracker = tracker;
    this.listener = listener;
  }

  /** The ticket that every read on a replica must be covered for; 0 at first. */
  public long floor() {
    return floor;
  }

  /** False while an operator has switched routing off. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Somebody may write unseen from now on: nothing is routed any more. */
  public void strand() {
    enabled = false;
    reason = RouteReason.SWITCHED_OFF;
  }

  /** The counts, and the state without what has changed since somebody looked. */
  public Circuit circuit() {
    return circuit;
  }

  /**
   * Switches routing on or off, for an operator. Off holds when the call returns; on, within some
   * 50 ms, when it is known what was written meanwhile.
   */
  public void enable(boolean on) {
    boolean locked = lock();
    try {
      enabled = on;
      if (!on) {
        reason = RouteReason.SWITCHED_OFF;
      }
    } finally {
      if (locked) {
        settling.unlock();
      }
    }
    settle();
  }

  /** Not for ever: somebody may hang with the lock, and the switch is for such moments too. */
  private boolean lock() {
    try {
      return settling.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return settling.tryLock();
    }
  }

  /**
   * Something may have been written that no ticket covers. Another reason than the one that is
   * taken back when a ticket was drawn: that may have been drawn before.
   */
  public void missed() {
    ticketMissed = true;
    reason = RouteReason.FAULT;
  }

  /** A fault of rwsplit's own was met. */
  public void fault(Throwable cause) {
    if (circuit.fault(System.nanoTime())) {
      reason = RouteReason.CIRCUIT_OPEN;
      if (settling.tryLock()) {
        try {
          said = Circuit.State.OPEN;
        } finally {
          settling.unlock();
        }
      }
      listener.opened(cause, circuit.pauseNanos());
    }
  }

  /**
   * Finds the reason there is now. To be called some twenty times a second; returns at once when
   * somebody else is at it.
   */
  public void settle() {
    if (!settling.tryLock()) {
      return;
    }
    try {
      Circuit.State state = circuit.look(System.nanoTime());
      say(state);
      if (!enabled) {
        reason = RouteReason.SWITCHED_OFF;
      } else if (state == Circuit.State.OPEN) {
        reason = RouteReason.CIRCUIT_OPEN;
      } else if (reason != null || ticketMissed) {
        open();
      }
    } finally {
      settling.unlock();
    }
  }

  /** Draws a ticket for all that was written by now; a reason that comes up meanwhile stays. */
  private void open() {
    reason = RouteReason.UNSETTLED;
    ticketMissed = false;
    boolean drawn = false;
    try {
      floor = Math.max(floor, tracker.wrote());
      drawn = true;
    } finally {
      if (!drawn) {
        ticketMissed = true;
      }
    }
    boolean unused = REASON.compareAndSet(this, RouteReason.UNSETTLED, null);
  }

  private void say(Circuit.State state) {
    if (state == said) {
      return;
    }
    said = state;
    if (state == Circuit.State.TRIAL) {
      listener.tried();
    } else if (state == Circuit.State.CLOSED) {
      listener.closed();
    }
  }
}
