package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.HookedStatement;
import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.route.RouteReason;

/**
 * The hook of a statement that could not be given a better one: it runs on the master, and whatever
 * it is may have written. Thread-safe.
 */
final class UnfollowedStatement extends MasterStatement {
  private final RoutingContext context;

  private final Pass pass =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          ran(context);
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          ran(context);
        }
      };

  UnfollowedStatement(RoutingContext context) {
    this.context = context;
  }

  /** Gives a statement such a hook; throws nothing. */
  static void attach(Object statement, RoutingContext context) {
    try {
      if (statement instanceof HookedStatement) {
        HookedStatement hooked = (HookedStatement) statement;
        if (hooked.rwsplit$hook() == null) {
          hooked.rwsplit$hook(new UnfollowedStatement(context));
        }
      }
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
  public Object enter(Object statement, String sql, int kind) {
    return kind == ADD_BATCH || kind == DESCRIBE ? null : pass;
  }

  /** A write may be committed when its result is closed (INSERT … RETURNING), or the statement. */
  @Override
  public void before(int call, Object statement) {
    if (call == CLOSE) {
      context.passing.ticketMissed = true;
      context.passing.reason = RouteReason.FAULT;
    }
  }
}
