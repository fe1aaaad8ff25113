package io.rwsplit.jdbc;

import io.rwsplit.consistency.Seen;
import io.rwsplit.consistency.TableTickets;
import io.rwsplit.consistency.WriteTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a thread is in the middle of, and what it has written. Confined to its thread.
 *
 * <p>Drivers call themselves: a connection whose original method is running on this thread treats
 * further calls as the driver's own. The question is asked per connection, not per thread, since a
 * callback of the driver (a SQL function in Java, a listener) may use other connections as an
 * application does.
 */
final class ThreadState {
  private static final ThreadLocal<ThreadState> CURRENT =
      new ThreadLocal<ThreadState>() {
        @Override
        protected ThreadState initialValue() {
          return new ThreadState();
        }
      };

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** Tells threads apart; not for ever, since numbers wrap round. */
  final int number = NUMBERS.getAndIncrement();

  private final Thread owner = Thread.currentThread();
  private static final int STARVED = 8;
  private static final int USELESS = 10_000;

  private ManagedConnection[] inside = new ManagedConnection[4];
  private int depth;
  private int connecting;
  private int own;
  private int distributing;

  /** The innermost connect to the master of a term; null where the master never changes. */
  private PendingConnect pending;

  /** The newest write of this thread; 0 when it wrote nothing. */
  private long ticket;

  /** What replicas must have before the call that wrote it may return; 0 for nothing. */
  private long owed;

  private TableTickets tables;
  private Seen seen;

  /** Reads in a row that no replica could serve; negative while a wait for one is no use. */
  private int lacking;

  /** Writes of this thread whose result is still open, so that they may not be committed yet. */
  private List<OpenWrite> openWrites;

  static ThreadState current() {
    return CURRENT.get();
  }

  /** True when this is what {@link #current} returns. */
  boolean isCurrent() {
    return owner == Thread.currentThread();
  }

  /** True while a method of the driver runs for this connection on this thread. */
  boolean isInside(ManagedConnection connection) {
    for (int i = depth - 1; i >= 0; i--) {
      if (inside[i] == connection) {
        return true;
      }
    }
    return false;
  }

  void enter(ManagedConnection connection) {
    if (depth == inside.length) {
      ManagedConnection[] larger = new ManagedConnection[depth * 2];
      System.arraycopy(inside, 0, larger, 0, depth);
      inside = larger;
    }
    inside[depth++] = connection;
  }

  void leave(ManagedConnection connection) {
    int top = depth - 1;
    if (top >= 0 && inside[top] == connection) {
      inside[top] = null;
      depth = top;
      return;
    }
    for (int i = top - 1; i >= 0; i--) {
      if (inside[i] == connection) {
        System.arraycopy(inside, i + 1, inside, i, depth - i - 1);
        inside[--depth] = null;
        return;
      }
    }
  }

  /** A connect method of a driver was entered; returns how many surround it. */
  int enterConnect() {
    return connecting++;
  }

  void leaveConnect() {
    connecting--;
  }

  /** The connect entered last leads to the master of a term. */
  void pending(Destination destination, String url) {
    pending = new PendingConnect(destination, url, connecting, pending);
  }

  /** The connect entered last is over: what was noted of it; null for nothing. */
  PendingConnect takePending() {
    PendingConnect newest = pending;
    if (newest == null || newest.depth != connecting) {
      return null;
    }
    pending = newest.outer;
    return newest;
  }

  /** True inside of a connect that leads to the master of a term. */
  boolean hasPending() {
    return pending != null;
  }

  boolean isConnecting() {
    return connecting > 0;
  }

  /** While positive, connections opened on this thread are rwsplit's own. */
  void enterOwn() {
    own++;
  }

  void leaveOwn() {
    own--;
  }

  boolean isOwn() {
    return own > 0;
  }

  /** While positive, connections opened on this thread are an XA data source's. */
  void enterDistributed() {
    distributing++;
  }

  void leaveDistributed() {
    distributing--;
  }

  boolean isDistributing() {
    return distributing > 0;
  }

  /** A read on this thread found a replica, or none. */
  void served(boolean byReplica) {
    lacking = byReplica ? 0 : lacking + 1;
  }

  /** True after some reads in a row that no replica could serve. */
  boolean isStarved() {
    return lacking >= STARVED;
  }

  /** Waiting has not helped: not tried again for some time. */
  void rescueFailed() {
    lacking = -USELESS;
  }

  long ticket() {
    return ticket;
  }

  /** A write has become visible on the master just now; returns its ticket. */
  long wrote(WriteTracker tracker) {
    long taken = tracker.wrote();
    ticket = Math.max(ticket, taken);
    owed = Math.max(owed, tracker.owed(taken));
    return taken;
  }

  /**
   * Waits until replicas have what this thread has written, where that was asked for; to be called
   * when a call on the connection is over, with no lock held.
   */
  void settle(ManagedConnection connection) {
    long due = owed;
    if (due == 0 || isInside(connection)) {
      return;
    }
    owed = 0;
    try {
      connection.context.tracker().awaitReplicas(due);
    } catch (Throwable t) {
      connection.context.fault("waiting for replicas", t);
    }
  }

  /** The same by table, where that is asked for. */
  TableTickets tables() {
    if (tables == null) {
      tables = new TableTickets();
    }
    return tables;
  }

  /** The newest state this thread has read; null at first. */
  Seen seen() {
    return seen;
  }

  void saw(Seen newer) {
    seen = newer;
  }

  void openWrite(OpenWrite write) {
    if (openWrites == null) {
      openWrites = new ArrayList<>(2);
    }
    openWrites.add(write);
  }

  /** True while a write of this thread may not be committed yet. */
  boolean hasOpenWrite() {
    if (openWrites == null) {
      return false;
    }
    List<OpenWrite> open = OpenWrite.stillOpen(openWrites, this);
    openWrites = open.isEmpty() ? null : open;
    return openWrites != null;
  }
}
