package io.rwsplit.jdbc;

import io.rwsplit.consistency.Seen;
import io.rwsplit.consistency.TableTickets;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.observe.RecentWrites;
import java.util.ArrayList;
import java.util.List;

/**
 * What one thread has written and read in one group. Tickets of different groups are numbers of
 * different counters, and must never meet. Confined to its thread.
 */
final class ThreadTickets {
  private static final int STARVED = 8;
  private static final int USELESS = 10_000;

  final TicketSpace space;

  /** The newest write of this thread; 0 when it wrote nothing. */
  private long ticket;

  /** What replicas must have before the call that wrote it may return; 0 for nothing. */
  private long owed;

  private TableTickets tables;
  private Seen seen;

  /** Null unless routing is only observed. */
  private RecentWrites recentWrites;

  /** Reads in a row that no replica could serve; negative while a wait for one is no use. */
  private int lacking;

  /** Writes of this thread whose result is still open, so that they may not be committed yet. */
  private List<OpenWrite> openWrites;

  ThreadTickets(TicketSpace space) {
    this.space = space;
    this.ticket = space.floor;
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

  /** The newest write. */
  long newest() {
    return ticket;
  }

  /** A write has become visible on the master just now; returns its ticket. */
  long wrote(WriteTracker tracker) {
    long taken = tracker.wrote();
    ticket = Math.max(ticket, taken);
    owed = Math.max(owed, tracker.owed(taken));
    return taken;
  }

  /** True when replicas must have something before the call that wrote it may return. */
  boolean owes() {
    return owed != 0;
  }

  /** Waits until replicas have what is owed. */
  void settle(RoutingContext context) {
    long due = owed;
    owed = 0;
    try {
      context.tracker().awaitReplicas(due);
    } catch (Throwable t) {
      context.fault("waiting for replicas", t);
    }
  }

  /** The same by table, where that is asked for. */
  TableTickets tables() {
    if (tables == null) {
      tables = new TableTickets();
    }
    return tables;
  }

  /** Tables written of late, for a group that is only observed. */
  RecentWrites recentWrites() {
    if (recentWrites == null) {
      recentWrites = new RecentWrites();
    }
    return recentWrites;
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
  boolean hasOpenWrite(ThreadState thread) {
    if (openWrites == null) {
      return false;
    }
    List<OpenWrite> open = OpenWrite.stillOpen(openWrites, thread);
    openWrites = open.isEmpty() ? null : open;
    return openWrites != null;
  }
}
