package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.pool.ReusedResult;
import io.rwsplit.pool.Shadow;
import io.rwsplit.replication.PublishedCommit;
import io.rwsplit.report.StatementCounter;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Executes the reads of one application statement on replicas, on the shadow of the statement.
 *
 * <p>Used by one thread at a time; {@code cancel} may come from another.
 */
final class ReplicaExecution {
  /** SQLState of PostgreSQL for what a cancel and pgjdbc's query timeout do. */
  private static final String QUERY_CANCELED = "57014";

  /** A result of fewer rows is over before much can happen to its replica. */
  private static final int MANY_ROWS = 16;

  /** A read that took longer to its first row begins on a known commit the next time. */
  private static final long SLOW_START_NANOS = 5_000_000;

  /** One that took longer is not begun once more for the sake of this execution. */
  private static final long AGAIN_NANOS = 100_000_000;

  private static final AtomicReferenceFieldUpdater<ReplicaExecution, Shadow> EXECUTING =
      AtomicReferenceFieldUpdater.newUpdater(ReplicaExecution.class, Shadow.class, "executing");

  private static final AtomicReferenceFieldUpdater<HeldLease, ReplicaExecution> RUNNING =
      AtomicReferenceFieldUpdater.newUpdater(HeldLease.class, ReplicaExecution.class, "running");

  private final ManagedStatement owner;
  private final ManagedConnection connection;
  private final RoutingContext context;
  private volatile boolean cancelled;

  /** A shadow that is executing right now, for {@code cancel}. */
  private volatile Shadow executing;

  /** What the newest read can have seen: {@code WriteTracker.seenOn} after it had begun. */
  private long seen;

  /** What a replica has just failed in a way that speaks of the statement; else null. */
  private Classification doubted;

  /** The replica and its answer, with {@link #doubted}; null where the driver made it. */
  private int doubtedReplica;

  private SQLException doubtedAnswer;

  /** What {@link #run} has thrown because the application must get it; null else. */
  SQLException forApplication;

  /** How the newest read is repeated; null before the first. */
  private Repeat newest;

  /** The newest failure was quick and the replica's own: another one may be asked. */
  private boolean mayTryAnother;

  ReplicaExecution(ManagedStatement owner) {
    this.owner = owner;
    this.connection = owner.connection();
    this.context = connection.context;
  }

  /**
   * True when the read that {@link #run} has just not run may as well be run by another replica:
   * the failure does not speak of the statement, and it was not waited for long, since waits would
   * add up; or there is no master to run it.
   */
  boolean mayTryAnother() {
    return mayTryAnother;
  }

  /** Cancels the execution that is running, if one is; returns whether one was. */
  boolean cancel() throws SQLException {
    cancelled = true;
    Shadow running = executing;
    if (running == null) {
      return false;
    }
    running.statement().cancel();
    return true;
  }

  /**
   * Runs a read on a leased connection.
   *
   * @param resultSetType of the application's statement
   * @return a {@link RedirectedResultSet}, or the {@link RouteReason} for which the master runs it
   * @throws SQLException what the application must get: it cancelled the execution, limited its
   *     time, or has a transaction open on the replica
   */
  Object run(
      Statement statement,
      Classification what,
      String sql,
      int kind,
      int resultSetType,
      HeldLease lease)
      throws SQLException {
    Shadow shadow = null;
    ReadOnlyTransactions transactions = connection.readOnlyTransactions();
    ReplicaTransaction transaction = null;
    long began = 0;
    try {
      forApplication = null;
      transaction = transactions.on(lease);
      began = context.balancer.measures() ? System.nanoTime() : 0;
      if (cancelled) {
        cancelled = false;
      }
      mayTryAnother = false;
      if (transaction != null) {
        transactions.adopt(transaction);
      }
      long held = context.tracker().held(lease.replica);
      RUNNING.lazySet(lease, this);
      lease.lease.asks();
      if (sql == null) {
        shadow = lease.lease.prepared(owner.preparedSql, owner.settings, resultSetType);
        bind(shadow);
      } else {
        shadow = lease.lease.plain(owner.settings, resultSetType);
      }
      executing = shadow;
      if (connection.isClosed()) {
        // Whoever aborts says so first and then looks who waits: one of the two sees the other.
        throw new SQLException("aborted before it began");
      }
      ResultSet rows = run(shadow, what, sql, kind, lease);
      lease.lease.answered();
      if (began != 0) {
        context.balancer.measured(lease.replica, System.nanoTime() - began);
      }
      seen = context.tracker().seenOn(lease.replica);
      boolean exact = transaction == null && seen <= held;
      if (transaction != null) {
        transaction.hasRead = true;
      }
      PublishedCommit commit = transaction == null ? lease.commit() : null;
      if (context.sampler != null) {
        ReadSample.take(owner, what, sql, lease.replica);
      }
      RedirectedResultSet result = served(rows, statement, lease, shadow, repeat(sql, kind));
      result.shows(exact ? held : -1, commit);
      return result;
    } catch (Throwable t) {
      giveBack(lease, shadow);
      if (connection.isClosed() && t instanceof SQLException) {
        // Aborted by the application: the driver has its own words for that.
        connection.finished(lease, null, true);
        return RouteReason.CLOSED;
      }
      if (t instanceof SQLException) {
        if (began != 0) {
          context.balancer.failed(lease.replica, System.nanoTime() - began);
        }
        return failed(what, lease, (SQLException) t, transaction);
      }
      connection.finished(lease, null, true);
      if (transaction != null && !transactions.mayLeave(transaction)) {
        throw t;
      }
      if (isOfDriver(t)) {
        // As it would on the master, of a parameter that it cannot send: nobody's fault of ours.
        doubted = what;
        doubtedAnswer = null;
        return RouteReason.REPLICA_FAILED;
      }
      context.unfit.add(what);
      context.fault("execution on a replica", t);
      return RouteReason.FAULT;
    } finally {
      // No fence: who cancels just then meets a statement that has ended, as he does anyway.
      EXECUTING.lazySet(this, null);
      RUNNING.lazySet(lease, null);
    }
  }

  /** A ticket that covers what the newest read can have seen; 0 where positions are not known. */
  long seen() {
    return seen;
  }

  private Repeat repeat(String sql, int kind) {
    Repeat repeat = newest;
    if (repeat == null || !repeat.isFor(sql, kind)) {
      repeat = new Repeat(sql, owner.preparedSql, kind);
      newest = repeat;
    }
    return repeat;
  }

  /** The result of the statement's last execution once more, or a new one. */
  private RedirectedResultSet served(
      ResultSet rows, Statement statement, HeldLease lease, Shadow shadow, Repeat repeat) {
    boolean limited = owner.settings.limitsRows();
    boolean direct = RedirectedResultSet.isDirect(rows, shadow, context.engine);
    RedirectedResultSet before = owner.resultForReuse(direct);
    if (before == null) {
      return new RedirectedResultSet(
          rows, owner, statement, lease, shadow, limited, repeat, direct);
    }
    before.reuse(rows, lease, shadow, limited, repeat);
    return before;
  }

  /** Before the lease may have another owner. Throws nothing. */
  private void giveBack(HeldLease lease, Shadow shadow) {
    try {
      lease.lease.answered();
      if (shadow != null) {
        lease.lease.giveBack(shadow, false);
      }
    } catch (Throwable t) {
      lease.lease.markBroken();
      context.fault("giving a statement back", t);
    }
  }

  /** True for a RuntimeException that the driver, or what it called of the JDK, has thrown. */
  private static boolean isOfDriver(Throwable thrown) {
    if (thrown instanceof RuntimeException) {
      for (StackTraceElement frame : thrown.getStackTrace()) {
        String type = frame.getClassName();
        boolean jdk =
            type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
        if (!jdk || type.startsWith("java.rwsplit.")) {
          return !type.startsWith("io.rwsplit.") && !type.startsWith("java.rwsplit.");
        }
      }
    }
    return false;
  }

  /** The master runs it instead, unless the application itself has put an end to it. */
  private RouteReason failed(
      Classification what, HeldLease lease, SQLException failure, ReplicaTransaction transaction)
      throws SQLException {
    boolean asked =
        cancelled
            || failure instanceof SQLTimeoutException
            || (owner.settings.limitsTime() && QUERY_CANCELED.equals(failure.getSQLState()));
    FailureCause cause = FailureCause.MOMENT;
    try {
      if (!asked) {
        cause = context.replicaFailed(lease.replica, failure);
        if (cause.isOfReplica() && context.engine.isServer()) {
          lease.lease.markBroken();
        }
      }
    } finally {
      connection.finished(lease, null, true);
    }
    if (asked) {
      if (transaction != null) {
        transaction.failed = true;
      }
      forApplication = failure;
      throw failure;
    }
    if (transaction != null && !connection.readOnlyTransactions().mayLeave(transaction)) {
      // Its snapshot is nowhere else: the driver's own error, as from one connection.
      forApplication = failure;
      throw failure;
    }
    if (cause == FailureCause.REFUSED) {
      context.refused.add(what);
      return RouteReason.REFUSED;
    }
    doubted = cause == FailureCause.STATEMENT ? what : null;
    doubtedReplica = lease.replica;
    doubtedAnswer = failure;
    mayTryAnother =
        cause == FailureCause.REPLICA
            && transaction == null
            && context.engine.isServer()
            && !(lease.lease.isAborted() && context.masterAnswers());
    return RouteReason.REPLICA_FAILED;
  }

  /**
   * The master has run a statement. What a replica could not answer and the master can is not tried
   * again for a while; what neither can is the statement's own fault, and perhaps only its
   * parameters'.
   */
  void masterEnded(Classification what, boolean ok) {
    Classification failed = doubted;
    if (failed != null) {
      doubted = null;
      if (ok && failed == what) {
        context.unfit.add(what);
        if (doubtedAnswer != null) {
          context.replicaDisagrees(doubtedReplica, what, doubtedAnswer);
        }
      }
      doubtedAnswer = null;
    }
  }

  private void bind(Shadow shadow) throws SQLException {
    Parameters parameters = owner.parameters;
    if (parameters == null) {
      shadow.binding(0, true);
    } else {
      shadow.binding(parameters.count(), parameters.isComplete());
      parameters.replay((PreparedStatement) shadow.statement());
    }
  }

  /**
   * Executes so that the commit it reads is known, where that matters: only then its result can be
   * finished elsewhere. A read is executed once more when the replica has shown a new commit during
   * the execution, unless it is known to be short or took very long; one that is slow to its first
   * row begins on a known commit the next time.
   */
  private ResultSet run(Shadow shadow, Classification what, String sql, int kind, HeldLease lease)
      throws SQLException {
    if (lease.read == null) {
      return run(shadow.statement(), sql, kind, lease);
    }
    boolean slow = context.slowStarts.contains(what);
    if (!slow) {
      ResultSet rows = run(shadow.statement(), sql, kind, lease);
      if (lease.read.settle() != null || !lease.read.isBegun() || !lease.isAlone()) {
        return rows;
      }
      boolean tooLong = isSlow(what, lease) && System.nanoTime() - lease.since > AGAIN_NANOS;
      if (tooLong || isShort(owner.counter(what))) {
        return rows;
      }
      rows.close();
    }
    KnownStart start = lease.isAlone() ? KnownStart.begin(lease) : null;
    try {
      return run(shadow.statement(), sql, kind, lease);
    } finally {
      if (start != null) {
        start.end();
      }
      if (slow) {
        isSlow(what, lease);
      }
    }
  }

  private static boolean isShort(StatementCounter counter) {
    long rows = counter.mostRows();
    return rows >= 0 && rows < MANY_ROWS;
  }

  /** Remembers a read that takes long to its first row. */
  private boolean isSlow(Classification what, HeldLease lease) {
    boolean slow = System.nanoTime() - lease.since > SLOW_START_NANOS;
    if (slow) {
      context.slowStarts.add(what);
    }
    return slow;
  }

  private static ResultSet run(Statement on, String sql, int kind, HeldLease lease)
      throws SQLException {
    if (sql == null) {
      PreparedStatement prepared = (PreparedStatement) on;
      return kind == StatementHook.EXECUTE
          ? result(prepared.execute(), prepared, lease)
          : prepared.executeQuery();
    }
    return kind == StatementHook.EXECUTE
        ? result(on.execute(sql), on, lease)
        : on.executeQuery(sql);
  }

  /**
   * What the application would get from {@code getResultSet}, which differs between drivers' forms.
   */
  private static ResultSet result(boolean query, Statement on, HeldLease lease)
      throws SQLException {
    ResultSet rows = null;
    if (query) {
      // Where there is only one, it is opened when the application asks for it.
      boolean inPlace = lease.lease.pool().isInPlace();
      rows = inPlace ? (ResultSet) ReusedResult.of(on) : on.getResultSet();
    }
    if (rows == null) {
      throw new SQLException("a replica took a proven read for none");
    }
    return rows;
  }
}
