package io.rwsplit.jdbc;

import java.lang.ref.WeakReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A write in autocommit mode that returned a result (INSERT … RETURNING): the engine may commit it
 * only when the result is closed, so its ticket is taken then.
 */
final class OpenWrite {
  /** Weak, as the result: a thread's list of its writes must not keep the driver's classes. */
  private final WeakReference<ManagedConnection> connection;

  private final WeakReference<RoutingContext> context;

  /** The text, where it was not known when it ran whether it is a read; else null. */
  private final String undecided;

  /** Null while the application has not asked for the result of {@code execute()}. */
  private volatile WeakReference<ResultSet> result;

  /** The statement was closed or executed again, which closed the result. */
  private volatile boolean ended;

  /** What {@link OpenWrites} was told when it was added. */
  Object noted;

  /** The ticket was taken. */
  private volatile boolean settled;

  OpenWrite(ManagedConnection connection, ResultSet result, String undecided) {
    this.connection = new WeakReference<>(connection);
    this.context = new WeakReference<>(connection.context);
    this.undecided = undecided;
    result(result);
  }

  void result(ResultSet asked) {
    result = asked == null ? null : new WeakReference<>(asked);
  }

  void end() {
    ended = true;
  }

  private boolean isOpen() {
    // A closed connection ends its statements, yet drivers may leave their results open
    // (sqlite-jdbc).
    ManagedConnection managed = connection.get();
    if (ended || managed == null || managed.isClosed()) {
      return false;
    }
    WeakReference<ResultSet> known = result;
    // One that was dropped may be open still in the driver.
    ResultSet asked = known == null ? null : known.get();
    try {
      return (asked == null || !asked.isClosed()) && !isReadAfterAll();
    } catch (SQLException | RuntimeException | LinkageError e) {
      // Also a driver of JDBC 3, which cannot be asked.
      return true;
    }
  }

  /**
   * True when it is known by now that nothing was written: an application may leave the result of
   * its first read open for ever, and would never get to a replica.
   */
  private boolean isReadAfterAll() {
    RoutingContext shared = undecided == null ? null : context.get();
    return shared != null && shared.isRead(undecided);
  }

  /** Takes the tickets of the writes whose results are closed by now; returns the others. */
  static List<OpenWrite> stillOpen(List<OpenWrite> writes, ThreadState thread) {
    if (writes.isEmpty()) {
      return writes;
    }
    List<OpenWrite> open = new ArrayList<>(writes.size());
    for (OpenWrite write : writes) {
      if (!write.isOver(thread)) {
        open.add(write);
      }
    }
    return open;
  }

  /** True when the result is closed; then its ticket has been taken. */
  boolean isOver(ThreadState thread) {
    if (isOpen()) {
      return false;
    }
    settle(thread);
    return true;
  }

  private void settle(ThreadState thread) {
    // Both the connection's and the thread's list hold it; a second ticket is only a later one.
    if (!settled) {
      settled = true;
    }
    ManagedConnection managed = connection.get();
    RoutingContext group = context.get();
    if (managed != null) {
      long unused = managed.wrote(thread, false);
    } else if (group != null) {
      long unused = thread.in(group).wrote(group.tracker());
    }
  }
}
