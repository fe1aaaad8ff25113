package io.rwsplit.jdbc;

import io.rwsplit.engine.Engine;
import io.rwsplit.route.Balancer;
import io.rwsplit.route.RouteReason;
import io.rwsplit.session.Mode;
import io.rwsplit.session.SessionSettings;
import io.rwsplit.session.SessionState;
import io.rwsplit.session.Setting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The read-only transactions of one application connection: each on one replica from its first read
 * on, or on the master from its first read on. Used by one thread at a time, as transactions are.
 */
final class ReadOnlyTransactions {
  private final RoutingContext context;
  private final ManagedConnection connection;
  private final SessionState session;

  /** The one that is open on a replica, or null. */
  private volatile ReplicaTransaction current;

  /** Number of the transaction that would be on a replica; of those that are only observed. */
  private long observed = -1;

  ReadOnlyTransactions(RoutingContext context, ManagedConnection connection, SessionState session) {
    this.context = context;
    this.connection = connection;
    this.session = session;
  }

  /** The transaction that holds the lease, or null. */
  ReplicaTransaction on(HeldLease lease) {
    ReplicaTransaction open = current;
    return open != null && open.lease == lease ? open : null;
  }

  /**
   * The lease for a read of the session's read-only transaction, with the coming result counted on
   * it.
   *
   * @param asked the replicas this read asks for; the first read's choice holds for all
   * @return the {@link HeldLease}, or the {@link RouteReason} for which the transaction goes on on
   *     the master
   */
  Object lease(ThreadState thread, Statement statement, long asked) throws SQLException {
    sessionMoved();
    ReplicaTransaction open = current;
    if (open == null) {
      return begin(thread, statement, asked);
    }
    long needed = Math.max(connection.ticket(thread), context.tracker().newestWrite());
    if (open.perStatement && !isEligible(open.lease.replica, thread, needed)) {
      leave(open);
      return RouteReason.READ_YOUR_WRITES;
    }
    connection.countOn(open.lease);
    return open.lease;
  }

  /**
   * What {@link #lease} would decide, while nothing is routed.
   *
   * @return {@link RouteReason#OBSERVED} for a replica
   */
  RouteReason observe(ThreadState thread, Statement statement, long asked) throws SQLException {
    long needed = Math.max(connection.ticket(thread), context.tracker().newestWrite());
    RouteReason why;
    if (observed == session.transactionsEnded()) {
      boolean lacks =
          session.isSnapshotPerStatement()
              && ObservedRead.lacking(connection, thread, needed) != null;
      why = lacks ? RouteReason.READ_YOUR_WRITES : null;
    } else {
      learnIsolation(thread, statement);
      if (session.mode() != Mode.READ_ONLY_TRANSACTION) {
        return session.masterReason() == null ? RouteReason.IN_TRANSACTION : session.masterReason();
      }
      why = ObservedRead.lacking(connection, thread, needed);
      why = why == null ? ObservedRead.choice(connection, asked) : why;
    }
    if (why != null) {
      session.stayOnMaster();
      return why;
    }
    observed = session.transactionsEnded();
    return RouteReason.OBSERVED;
  }

  private boolean isEligible(int replica, ThreadState thread, long needed) {
    return (connection.eligible(thread, needed) & (1L << replica)) != 0;
  }

  private Object begin(ThreadState thread, Statement statement, long asked) throws SQLException {
    learnIsolation(thread, statement);
    if (session.mode() != Mode.READ_ONLY_TRANSACTION) {
      return session.masterReason() == null ? RouteReason.IN_TRANSACTION : session.masterReason();
    }
    long needed = Math.max(connection.ticket(thread), context.tracker().newestWrite());
    long eligible = connection.eligible(thread, needed);
    if (eligible == 0) {
      eligible = CatchUp.await(connection, thread, needed);
    }
    RouteReason why = null;
    if (eligible == 0) {
      context.balancer.masterHad();
      why = connection.lacking(thread);
    }
    if (eligible != 0 && !connection.admits()) {
      why = RouteReason.READ_PERCENT;
      eligible = 0;
    }
    if (eligible != 0 && (eligible & asked) == 0 && context.balancer.masterTakes()) {
      why = RouteReason.MASTER_SHARE;
      eligible = 0;
    }
    while (eligible != 0) {
      int replica = context.balancer.choose(eligible, asked, connection);
      if (replica == Balancer.NONE) {
        why = why == null ? RouteReason.RESERVED : why;
        break;
      }
      eligible &= ~(1L << replica);
      HeldLease lease = connection.borrow(replica, System.nanoTime());
      why = lease == null ? RouteReason.NO_CONNECTION : begin(lease);
      if (why == null) {
        return lease;
      }
    }
    session.stayOnMaster();
    return why;
  }

  private RouteReason begin(HeldLease lease) {
    try {
      ReplicaTransaction begun =
          new ReplicaTransaction(
              context.engine,
              lease,
              session.transactionsEnded(),
              session.isSnapshotPerStatement(),
              session.isTextTransaction());
      lease.lease.adopt(settings());
      begun.begin();
      if (session.hasSavepoint()) {
        begun.savepoint();
      }
      connection.hold(lease);
      current = begun;
      return null;
    } catch (Throwable e) {
      lease.lease.markBroken();
      connection.finished(lease, null, true);
      if (e instanceof SQLException) {
        FailureCause unused = context.replicaFailed(lease.replica, (SQLException) e);
      } else {
        context.fault("beginning a transaction on a replica", e);
      }
      return RouteReason.REPLICA_FAILED;
    }
  }

  /** The session's state with the isolation level of this very transaction. */
  private SessionSettings settings() {
    int level = session.isolation();
    SessionSettings settings = session.settings();
    return context.engine == Engine.SQLITE || level <= Connection.TRANSACTION_NONE
        ? settings
        : settings.with(Setting.number(Setting.Way.ISOLATION, level));
  }

  /** Asks the application's connection for its level, once; nobody has told it. */
  void learnIsolation(ThreadState thread, Statement statement) throws SQLException {
    if (context.engine == Engine.SQLITE || session.isolation() >= Connection.TRANSACTION_NONE) {
      return;
    }
    thread.enter(connection);
    try {
      session.isolationIs(statement.getConnection().getTransactionIsolation());
    } finally {
      connection.leave(thread);
    }
  }

  /** Gives the session's present state to the transaction's connection. */
  void adopt(ReplicaTransaction open) throws SQLException {
    open.lease.lease.adopt(settings());
  }

  /**
   * A read has failed on the replica.
   *
   * @return true when the master may run it and the rest of the transaction: nothing was read yet,
   *     or no snapshot holds the statements together
   */
  boolean mayLeave(ReplicaTransaction open) {
    open.failed = true;
    if (open.hasRead && !open.perStatement) {
      return false;
    }
    leave(open);
    return true;
  }

  /** A fault: what is left of the open transaction is the master's. Throws nothing. */
  void abandon() {
    ReplicaTransaction open = current;
    if (open != null) {
      try {
        leave(open);
      } catch (Throwable t) {
        context.fault("leaving a transaction on a replica", t);
      }
    }
  }

  private void leave(ReplicaTransaction open) {
    session.stayOnMaster();
    end(open);
  }

  /** The session has moved on: ends what belonged to a transaction that is over. */
  void sessionMoved() {
    ReplicaTransaction open = current;
    if (open != null && open.number != session.transactionsEnded()) {
      end(open);
    }
  }

  /** A savepoint was set on the master. */
  void savepoint() {
    ReplicaTransaction open = current;
    if (open != null) {
      try {
        open.savepoint();
      } catch (SQLException e) {
        open.failed = true;
      } catch (Throwable t) {
        open.failed = true;
        context.fault("a savepoint on a replica", t);
      }
    }
  }

  /** The master was rolled back to a savepoint. */
  void rolledBackToSavepoint() {
    ReplicaTransaction open = current;
    if (open != null) {
      try {
        open.rolledBackToSavepoint();
      } catch (SQLException e) {
        open.failed = true;
      } catch (Throwable t) {
        open.failed = true;
        context.fault("a savepoint on a replica", t);
      }
    }
  }

  /** True while one is open on a replica: its reads go on there, whatever is switched off. */
  boolean isUnderWay() {
    ReplicaTransaction open = current;
    return open != null && open.number == session.transactionsEnded();
  }

  /** The connection is closed. */
  void close() {
    ReplicaTransaction open = current;
    if (open != null) {
      end(open);
    }
  }

  private void end(ReplicaTransaction open) {
    current = null;
    try {
      open.end();
    } catch (Throwable t) {
      open.lease.lease.markBroken();
      context.fault("the end of a transaction on a replica", t);
    } finally {
      connection.finished(open.lease, null, false);
    }
  }
}
