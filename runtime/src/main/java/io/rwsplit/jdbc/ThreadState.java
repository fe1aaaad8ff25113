package io.rwsplit.jdbc;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a thread is in the middle of, and by group what it has written. Confined to its thread.
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

  private ManagedConnection[] inside = new ManagedConnection[4];
  private int depth;
  private int connecting;
  private int own;
  private int distributing;
  private int managing;

  /** The innermost connect to the master of a term; null where the master never changes. */
  private PendingConnect pending;

  /** Of the group this thread was last at; null at first. */
  private ThreadTickets tickets;

  /** Of all groups this thread was at, once they are more than one. */
  private ThreadTickets[] all;

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

  /** While positive, a connection is being given its hook on this thread. */
  void enterManaging() {
    managing++;
  }

  void leaveManaging() {
    managing--;
  }

  boolean isManaging() {
    return managing > 0;
  }

  /** What this thread has written and read in a group. */
  ThreadTickets in(RoutingContext group) {
    ThreadTickets last = tickets;
    return last != null && last.space == group.tickets ? last : other(group.tickets);
  }

  private ThreadTickets other(TicketSpace group) {
    ThreadTickets last = tickets;
    ThreadTickets found = null;
    if (all != null) {
      for (ThreadTickets each : all) {
        if (each.space == group) {
          found = each;
        }
      }
    }
    if (found == null) {
      found = new ThreadTickets(group);
      if (last != null) {
        ThreadTickets[] known = withoutOver(all == null ? new ThreadTickets[] {last} : all);
        all = Arrays.copyOf(known, known.length + 1);
        all[known.length] = found;
      }
    }
    tickets = found;
    return found;
  }

  private static ThreadTickets[] withoutOver(ThreadTickets[] known) {
    int left = 0;
    ThreadTickets[] kept = new ThreadTickets[known.length];
    for (ThreadTickets each : known) {
      if (!each.space.over) {
        kept[left++] = each;
      }
    }
    return Arrays.copyOf(kept, left);
  }

  /**
   * Waits until replicas have what this thread has written, where that was asked for; to be called
   * when a call on the connection is over, with no lock held.
   */
  void settle(ManagedConnection connection) {
    ThreadTickets ofGroup = in(connection.context);
    if (ofGroup.owes() && !isInside(connection)) {
      ofGroup.settle(connection.context);
    }
  }
}
