package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.route.RouteReason;

/**
 * The hook of a connection to the master that a fault kept from being managed: nothing of it is
 * routed, and whatever it does may have written. Thread-safe.
 */
public final class UnfollowedConnection extends UnseenConnection {
  private final RoutingContext context;

  private UnfollowedConnection(RoutingContext context) {
    this.context = context;
  }

  /**
   * A new one.
   *
   * @param context of the group whose master it leads to
   */
  public static ConnectionHook of(RoutingContext context) {
    return new UnfollowedConnection(context);
  }

  /** A hook for a statement that has no field for one. */
  StatementHook statement() {
    return every;
  }

  /** Gives a statement that could not be given a better one such a hook; throws nothing. */
  static void attach(Object statement, RoutingContext context) {
    try {
      attach(statement, new UnfollowedConnection(context).every);
    } catch (Throwable t) {
      // Nothing is left that could notice what it writes.
      context.passing.strand();
    }
  }

  /** Something ran on the master, and nothing is known of it. Throws nothing. */
  static void ran(RoutingContext context) {
    try {
      long unused = ThreadState.current().in(context).wrote(context.tracker());
    } catch (Throwable t) {
      context.passing.ticketMissed = true;
      context.passing.reason = RouteReason.FAULT;
    }
  }

  @Override
  public void created(Object connection, Object statement, String sql, int flags) {
    attach(statement, context);
  }

  @Override
  void ran() {
    ran(context);
  }

  @Override
  void runs() {
    context.passing.ticketMissed = true;
    context.passing.reason = RouteReason.FAULT;
  }
}
