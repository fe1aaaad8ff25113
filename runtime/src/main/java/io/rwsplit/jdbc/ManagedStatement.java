package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.Setting;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.engine.Engine;
import io.rwsplit.pool.ReusedResult;
import io.rwsplit.pool.Shadow;
import io.rwsplit.replication.PublishedCommit;
import io.rwsplit.report.StatementCounter;
import io.rwsplit.route.RoutePolicy;
import io.rwsplit.route.RouteReason;
import io.rwsplit.route.Tier;
import io.rwsplit.route.Tiers;
import io.rwsplit.session.Mode;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.JournalEffect;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.StatementKind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;

/**
 * The hook of one application statement: decides at every execution where it runs, and keeps the
 * result of an execution on a replica.
 *
 * <p>Used by one thread at a time, as statements are; {@code cancel} and {@code close} may come
 * from another, hence the volatile fields.
 */
final class ManagedStatement extends RecordedStatement {
  private static final int UNKNOWN_TYPE = -1;

  /** SQLState of PostgreSQL for what a cancel and pgjdbc's query timeout do. */
  private static final String QUERY_CANCELED = "57014";

  /** A read that took longer to its first row begins on a known commit the next time. */
  private static final long SLOW_START_NANOS = 5_000_000;

  /** What {@code execute} answers for a query. */
  private static final Object HAS_RESULT = true;

  /** A call that is no execution, but during which the driver uses the statement itself. */
  private static final Pass INSIDE =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          ThreadState.current().leave(((ManagedStatement) hook).connection);
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          ThreadState.current().leave(((ManagedStatement) hook).connection);
        }
      };

  private final ManagedConnection connection;

  /** Text of a prepared statement; null for a plain one. */
  private final String preparedSql;

  /** A rule lets any replica serve the execution that is being routed. */
  private boolean eventual;

  private int resultSetType = UNKNOWN_TYPE;
  private final Batch batch = new Batch();

  /** Text and classification of the newest execution of a plain statement. */
  private String newestSql;

  private Classification newest;

  /** The counter of {@link #counted}; null before the first execution. */
  private StatementCounter counter;

  private Classification counted;
  private MasterPass pass;

  /** True from an execution on a replica until the next execution. */
  private volatile boolean redirected;

  /** What that execution returned, open or closed. */
  private volatile RedirectedResultSet result;

  /** The application has had the result: drivers differ in what a second question answers. */
  private boolean asked;

  /** The application went past the result by {@code getMoreResults}. */
  private boolean exhausted;

  /** That result was closed when the running execution on the master began. */
  private boolean overBefore;

  /** The driver refused the form of the running execution, before it did anything. */
  boolean unsupported;

  /** The application executed it before, and did not close it since. */
  private boolean executed;

  private volatile boolean closed;
  private volatile boolean cancelled;

  /** A shadow that is executing right now, for {@code cancel}. */
  private volatile Shadow executing;

  /** The driver's own result of the newest execution on the master, which the next one closes. */
  private ResultSet masterResult;

  /** That execution has a result the application has not asked for: the driver holds it open. */
  private boolean unasked;

  private OpenWrite openWrite;

  /** Where the execution on the master that is running is counted at the gate. */
  private int place = MasterGate.NOWHERE;

  /** True while an execution on the master runs that may make a write visible. */
  private boolean publishes;

  /** The thread of the execution on the master that is running; null when none is. */
  private ThreadState entrant;

  ManagedStatement(ManagedConnection connection, String sql, int flags) {
    super(connection.context, (flags & ConnectionHook.MASTER_ONLY) != 0);
    this.connection = connection;
    this.preparedSql = sql;
    if (sql != null) {
      prepared = context.classifier.classify(sql);
    }
  }

  ManagedConnection connection() {
    return connection;
  }

  void keepOnMaster() {
    masterOnly = true;
  }

  @Override
  public Object enter(Object statement, String sql, int kind) {
    ThreadState thread = ThreadState.current();
    if (thread.isInside(connection)) {
      return null;
    }
    if (kind == DESCRIBE) {
      thread.enter(connection);
      return INSIDE;
    }
    Classification what = null;
    RouteReason why;
    try {
      what = classification(sql);
      if (kind == ADD_BATCH) {
        batch.add(what);
        loseStatement();
        return null;
      }
      what = what == null ? null : context.resolved(what);
      why = masterReason(what, kind, sql, (Statement) statement, thread);
      if (why == null && closesItself()) {
        why = RouteReason.CLOSED;
      }
      if (why == null || !driverEndsRedirect(kind)) {
        endRedirect();
        why = why == null && closed ? RouteReason.CLOSED : why;
      }
    } catch (Throwable t) {
      context.fault("routing", t);
      why = RouteReason.FAULT;
    }
    if (why == null) {
      Object answer = onReplicaOrReason((Statement) statement, what, sql, kind, thread);
      if (!(answer instanceof RouteReason)) {
        return answer;
      }
      why = (RouteReason) answer;
    }
    return onMaster(what, why, sql, kind, thread);
  }

  private Object onReplicaOrReason(
      Statement statement, Classification what, String sql, int kind, ThreadState thread) {
    try {
      return onReplica(statement, what, sql, kind, thread);
    } catch (SQLException e) {
      // The only one that leaves it is meant for the application: cancelled, or timed out.
      throw Sneaky.rethrow(e);
    } catch (Throwable t) {
      context.fault("routing to a replica", t);
      return RouteReason.FAULT;
    }
  }

  private Classification classification(String sql) {
    if (sql == null) {
      if (preparedSql == null) {
        return null;
      }
      if (prepared.reason() == Reason.CLASSIFYING) {
        prepared = context.classifier.classify(preparedSql);
      }
      return prepared;
    }
    if (!sql.equals(newestSql) || newest.reason() == Reason.CLASSIFYING) {
      newest = context.classifier.classify(sql);
      newestSql = sql;
    }
    return newest;
  }

  private RouteReason masterReason(
      Classification what, int kind, String sql, Statement statement, ThreadState thread)
      throws SQLException {
    if (what == null) {
      return RouteReason.FORM;
    }
    if (connection.needsIsolation() && what.isRead()) {
      connection.readOnlyTransactions().learnIsolation(thread, statement);
    }
    RouteReason why = RoutePolicy.masterReason(what, connection.masterReason());
    if (why != null) {
      return why;
    }
    if (masterOnly
        || kind == UPDATE
        || kind == EXECUTE_KEYS
        || (sql != null && preparedSql != null)
        // What an execution makes of a waiting batch is the driver's affair.
        || !batch.isEmpty()) {
      return RouteReason.FORM;
    }
    if (closed || connection.isClosed() || statement.isClosed()) {
      return RouteReason.CLOSED;
    }
    if (parameters != null && !parameters.isReplayable()) {
      return RouteReason.PARAMETER;
    }
    if (resultSetType == UNKNOWN_TYPE) {
      readForm(statement);
      if (masterOnly) {
        return RouteReason.FORM;
      }
    }
    why = byRule(what, sql == null ? preparedSql : sql);
    if (why != null) {
      return why;
    }
    if (!eventual && connection.hasOpenWrite(thread)) {
      return RouteReason.READ_YOUR_WRITES;
    }
    return context.unfit.contains(what) ? RouteReason.REPLICA_FAILED : null;
  }

  private RouteReason byRule(Classification what, String sql) {
    Tiers tiers = context.rules.tiers();
    Tier tier = tiers.hasRules() ? tiers.of(what, sql) : Tier.CONFIGURED;
    eventual = tier == Tier.EVENTUAL;
    boolean strong = tier == Tier.STRONG || (tiers.asksForCaller() && tiers.isStrongCaller());
    return strong ? RouteReason.STRONG : null;
  }

  private void readForm(Statement statement) throws SQLException {
    resultSetType = statement.getResultSetType();
    masterOnly |= statement.getResultSetConcurrency() != ResultSet.CONCUR_READ_ONLY;
  }

  /** Runs the read on a replica: its result, or the {@link RouteReason} for the master. */
  private Object onReplica(
      Statement statement, Classification what, String sql, int kind, ThreadState thread)
      throws SQLException {
    if (connection.mode() == Mode.READ_ONLY_TRANSACTION) {
      Object held = connection.readOnlyTransactions().lease(thread, statement);
      return held instanceof HeldLease
          ? onLease(statement, what, sql, kind, thread, (HeldLease) held)
          : held;
    }
    long ticket = 0;
    long eligible;
    if (eventual) {
      eligible = context.eligible(0);
    } else {
      ticket = Math.max(connection.ticket(thread), context.tracker().newestWrite());
      eligible = connection.eligible(thread, ticket);
      if (eligible == 0) {
        eligible = CatchUp.await(connection, thread, ticket);
      }
      ticket = connection.boundOfAll(thread, ticket);
      thread.served(eligible != 0);
    }
    if (eligible == 0) {
      return connection.lacking(thread);
    }
    HeldLease lease = null;
    long advised = context.advised(what.hint()) & eligible;
    if (advised != 0) {
      lease = lease(advised, ticket);
    }
    if (lease == null) {
      lease = lease(eligible, ticket);
    }
    if (lease == null) {
      return RouteReason.NO_CONNECTION;
    }
    return connection.adopt(lease)
        ? onLease(statement, what, sql, kind, thread, lease)
        : RouteReason.SESSION_STATE;
  }

  private Object onLease(
      Statement statement,
      Classification what,
      String sql,
      int kind,
      ThreadState thread,
      HeldLease lease)
      throws SQLException {
    Object answer = execute(statement, what, sql, kind, lease);
    if (answer instanceof RouteReason) {
      return answer;
    }
    RedirectedResultSet served = (RedirectedResultSet) answer;
    if (!eventual) {
      connection.saw(thread, lease.replica, context.tracker().seenOn(lease.replica));
    }
    closeMasterResult(statement, thread);
    if (executed || sql == null) {
      served.forgetFetchSize();
    }
    served.begin(kind == QUERY);
    result = served;
    asked = kind == QUERY;
    exhausted = false;
    executed = true;
    redirected = true;
    connection.opened(served);
    if (connection.isClosed()) {
      served.orphan();
    } else if (closed) {
      served.closeQuietly();
    }
    context.counters.replica(lease.replica);
    count(what, RouteReason.READ);
    if (context.log.isOn()) {
      context.log.replica(context.replicas[lease.replica], sql == null ? preparedSql : sql);
    }
    if (kind == QUERY) {
      return served.shown();
    }
    return HAS_RESULT;
  }

  private void count(Classification what, RouteReason reason) {
    StatementCounter of = counter;
    if (of == null || counted != what) {
      of = context.counters.statements().of(what);
      counter = of;
      counted = what;
    }
    of.count(reason);
  }

  /** A lease on one of the replicas, or null when none is at hand. */
  private HeldLease lease(long eligible, long needed) {
    HeldLease lease = connection.share(eligible, needed);
    for (long rest = eligible; lease == null && rest != 0; ) {
      int replica = context.balancer.choose(rest, connection);
      lease = connection.borrow(replica);
      rest &= ~(1L << replica);
    }
    return lease;
  }

  private Object execute(
      Statement statement, Classification what, String sql, int kind, HeldLease lease)
      throws SQLException {
    Shadow shadow = null;
    ReadOnlyTransactions transactions = connection.readOnlyTransactions();
    ReplicaTransaction transaction = transactions.on(lease);
    try {
      cancelled = false;
      if (transaction != null) {
        transactions.adopt(transaction);
      }
      long held = context.tracker().held(lease.replica);
      if (sql == null) {
        shadow = lease.lease.prepared(preparedSql, settings, resultSetType);
        bind(shadow);
      } else {
        shadow = lease.lease.plain(settings, resultSetType);
      }
      executing = shadow;
      ResultSet rows = run(shadow, what, sql, kind, lease);
      boolean exact = transaction == null && context.tracker().seenOn(lease.replica) <= held;
      if (transaction != null) {
        transaction.hasRead = true;
      }
      PublishedCommit commit = transaction == null ? lease.commit() : null;
      Repeat repeat = new Repeat(sql, preparedSql, kind, modifications, exact ? held : -1, commit);
      return new RedirectedResultSet(
          rows, this, statement, lease, shadow, settings.limitsRows(), repeat);
    } catch (Throwable t) {
      if (shadow != null) {
        lease.lease.giveBack(shadow, false);
      }
      if (t instanceof SQLException) {
        return failed(what, lease, (SQLException) t, transaction);
      }
      connection.finished(lease, null, true);
      if (transaction != null && !transactions.mayLeave(transaction)) {
        throw t;
      }
      context.unfit.add(what);
      context.fault("execution on a replica", t);
      return RouteReason.FAULT;
    } finally {
      executing = null;
    }
  }

  /** The master runs it instead, unless the application itself has put an end to it. */
  private RouteReason failed(
      Classification what, HeldLease lease, SQLException failure, ReplicaTransaction transaction)
      throws SQLException {
    boolean asked =
        cancelled
            || failure instanceof SQLTimeoutException
            || (settings.limitsTime() && QUERY_CANCELED.equals(failure.getSQLState()));
    boolean ofReplica = !asked && context.replicaFailed(lease.replica, failure);
    if (ofReplica && context.engine.isServer()) {
      lease.lease.markBroken();
    }
    connection.finished(lease, null, true);
    if (asked) {
      if (transaction != null) {
        transaction.failed = true;
      }
      throw failure;
    }
    if (transaction != null && !connection.readOnlyTransactions().mayLeave(transaction)) {
      // Its snapshot is nowhere else: the driver's own error, as from one connection.
      throw failure;
    }
    if (!ofReplica) {
      context.unfit.add(what);
    }
    return RouteReason.REPLICA_FAILED;
  }

  private void bind(Shadow shadow) throws SQLException {
    if (parameters == null) {
      shadow.binding(0, true);
    } else {
      shadow.binding(parameters.count(), parameters.isComplete());
      parameters.replay((PreparedStatement) shadow.statement());
    }
  }

  /**
   * Executes so that the commit it reads is known, where that matters: only then its result can be
   * finished elsewhere. A read that is known to last is executed once more when the replica has
   * shown a new commit during the execution; one that is slow to its first row begins on a known
   * commit instead. A short read is not made twice: it is over before much can happen to it.
   */
  private ResultSet run(Shadow shadow, Classification what, String sql, int kind, HeldLease lease)
      throws SQLException {
    if (lease.read == null) {
      return run(shadow.statement(), sql, kind, lease);
    }
    boolean slow = context.slowStarts.contains(what);
    if (!slow) {
      ResultSet rows = run(shadow.statement(), sql, kind, lease);
      if (lease.read.settle() != null || !lease.read.isBegun() || !connection.isAlone(lease)) {
        return rows;
      }
      if (isSlow(what, lease) || !context.longReads.contains(what)) {
        return rows;
      }
      rows.close();
    }
    KnownStart start = connection.isAlone(lease) ? KnownStart.begin(lease) : null;
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

  /** Remembers a read that takes long to its first row. */
  private boolean isSlow(Classification what, HeldLease lease) {
    boolean slow = System.nanoTime() - lease.since > SLOW_START_NANOS;
    if (slow) {
      context.slowStarts.add(what);
    }
    return slow;
  }

  /** The result of the newest execution turns out to have many rows. */
  void lasts() {
    Classification what = counted;
    if (what != null && !context.longReads.contains(what)) {
      context.longReads.add(what);
    }
  }

  private static ResultSet run(Statement on, String sql, int kind, HeldLease lease)
      throws SQLException {
    if (sql == null) {
      PreparedStatement prepared = (PreparedStatement) on;
      return kind == EXECUTE
          ? result(prepared.execute(), prepared, lease)
          : prepared.executeQuery();
    }
    return kind == EXECUTE ? result(on.execute(sql), on, lease) : on.executeQuery(sql);
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

  private Object onMaster(
      Classification what, RouteReason why, String sql, int kind, ThreadState thread) {
    try {
      overBefore = result == null || result.isOver();
      if (redirected && (result == null || !result.isInPlace())) {
        redirected = false;
      }
      executed = true;
      context.counters.master(why);
      count(what, why);
      if (context.log.isOn()) {
        context.log.master(why, what, sql == null ? preparedSql : sql);
      }
      endOpenWrite();
      masterResult = null;
      unasked = false;
      if (what != null && what.journalEffect() != JournalEffect.NONE) {
        context.journalStatement(connection, what);
      }
      MasterPass reused = pass;
      if (reused == null || !reused.isFor(what, kind)) {
        reused = new MasterPass(connection, what, kind, sql != null);
        pass = reused;
      }
      place = connection.enterMaster(thread);
      entrant = thread;
      if (mayPublish(what)) {
        context.tracker().writeBegins();
      }
      publishes = publishes(what);
      if (publishes) {
        context.tracker().publishBegins();
      }
      thread.enter(connection);
      return reused;
    } catch (Throwable t) {
      context.fault("execution on the master", t);
      return null;
    }
  }

  /** True for what may write, or commit what was written; null stands for a batch. */
  private static boolean mayPublish(Classification what) {
    return what == null || (!what.isRead() && what.kind() != StatementKind.MASTER_READ);
  }

  /** False for what stays hidden until its transaction's commit, and may wait for a lock before. */
  private boolean publishes(Classification what) {
    return mayPublish(what)
        && !(what != null
            && (what.kind() == StatementKind.DML || what.kind() == StatementKind.LOCKING_READ)
            && connection.inTransaction());
  }

  /** The state of the current thread, which has just run the driver's method. */
  ThreadState endOfDriver() {
    ThreadState thread = entrant;
    entrant = null;
    return thread != null && thread.isCurrent() ? thread : ThreadState.current();
  }

  /** Called by the pass when the driver's method has ended. */
  void masterEnded(
      ThreadState thread, Classification what, int kind, boolean text, Object value, boolean ok) {
    if (value instanceof ResultSet) {
      masterResult = (ResultSet) value;
    } else {
      unasked = Boolean.TRUE.equals(value);
    }
    try {
      endRedirectAfter(kind, ok);
      ended(thread, what, kind, text, value, ok);
    } finally {
      int left = place;
      place = MasterGate.NOWHERE;
      connection.leaveMaster(left);
      if (publishes) {
        publishes = false;
        context.tracker().publishEnded();
      }
      if (mayPublish(what)) {
        context.tracker().writeEnded();
      }
    }
  }

  private void ended(
      ThreadState thread, Classification what, int kind, boolean text, Object value, boolean ok) {
    if (what == null) {
      batch.ended(connection, thread, ok);
      return;
    }
    OpenWrite write = null;
    if (ok && what.mayWrite() && (value instanceof ResultSet || Boolean.TRUE.equals(value))) {
      write = new OpenWrite(connection, masterResult);
      openWrite = write;
    }
    if (!ok && kind == QUERY && !what.isRead()) {
      connection.outcomeUnknown(what);
    }
    connection.executed(thread, what, extent(kind, text), ok, write);
    if (what.journalEffect() != JournalEffect.NONE) {
      context.journalStatementEnded(connection, what, ok);
    }
  }

  /**
   * sqlite-jdbc hands a text to {@code sqlite3_exec} in {@code executeUpdate} only; elsewhere it
   * prepares, and so runs, the first statement of the text. Other drivers run all.
   */
  private SessionState.Extent extent(int kind, boolean text) {
    if (context.engine != Engine.SQLITE) {
      return SessionState.Extent.ALL;
    }
    return kind == UPDATE && text ? SessionState.Extent.ALL : SessionState.Extent.UNCERTAIN;
  }

  private void endRedirect() {
    RedirectedResultSet open = result;
    if (redirected && open != null && !open.isOrphaned()) {
      open.closeQuietly();
    }
  }

  /**
   * True when the driver's own method, which is about to run on the master, decides whether it
   * closes the earlier result, which stands for its own: one that refuses its arguments does not.
   */
  private boolean driverEndsRedirect(int kind) {
    return redirected
        && result != null
        && result.isInPlace()
        && (preparedSql != null || !closeOnCompletion || kind == UPDATE);
  }

  /**
   * True when the coming execution closes the open result, and that the statement: on the bare
   * driver it fails then, and how it does is the driver's affair.
   */
  private boolean closesItself() throws SQLException {
    if (!closeOnCompletion || unasked) {
      return closeOnCompletion;
    }
    ResultSet ofMaster = masterResult;
    return ofMaster == null ? driverEndsRedirect(QUERY) && !result.isOver() : !ofMaster.isClosed();
  }

  /** An execution on the master is over, and with it what a replica served before. */
  private void endRedirectAfter(int kind, boolean ok) {
    boolean refused = unsupported;
    unsupported = false;
    RedirectedResultSet last = result;
    if (!redirected || refused || last == null || last.isOrphaned()) {
      return;
    }
    if (ok && kind != UPDATE) {
      // First hidden: the driver's object has the new rows already, and must not be closed.
      last.hide();
      endRedirect();
      redirected = false;
      result = null;
    } else if (preparedSql == null) {
      endRedirect();
      // The driver has nothing prepared now, not even an object to say so.
      last.statementLost();
    } else if (!overBefore && last.isOver()) {
      // A read is run by none of these: it failed half-way; else the result stays as it is.
      redirected = false;
      result = null;
      last.hide();
      closeQuietly(last.shown());
    }
  }

  /** A batch begins: the driver closes the result and forgets what it has prepared. */
  private void loseStatement() {
    if (redirected && preparedSql == null) {
      endRedirect();
      if (result != null) {
        result.statementLost();
      }
    }
  }

  /** The driver's own result on the master goes on where a replica's ended. */
  void tookOver() {
    redirected = false;
    result = null;
  }

  /** What the driver would do itself: a new execution closes the result of the last one. */
  private void closeMasterResult(Statement statement, ThreadState thread) {
    ResultSet open = unasked ? unasked(statement, thread) : masterResult;
    unasked = false;
    masterResult = null;
    if (open != null) {
      closeQuietly(open);
    }
    endOpenWrite();
  }

  private ResultSet unasked(Statement statement, ThreadState thread) {
    thread.enter(connection);
    try {
      return statement.getResultSet();
    } catch (SQLException | RuntimeException e) {
      context.fault("closing an earlier result", e);
      return null;
    } finally {
      thread.leave(connection);
    }
  }

  private void endOpenWrite() {
    OpenWrite write = openWrite;
    if (write != null) {
      openWrite = null;
      write.end();
    }
  }

  /**
   * A result of a replica failed after it was handed out.
   *
   * @return true when the failure speaks of the replica and not of the statement
   */
  boolean failedLate(int replica, SQLException failure) {
    return context.replicaFailed(replica, failure);
  }

  /**
   * Runs a read whose replica failed in the middle again, on the master, when that provably returns
   * the same rows: the master has committed nothing since, and the statement is as it was.
   *
   * @param delivered rows the application has had already
   * @param samples what it saw of them; may be null
   * @return the driver's own result after those rows; null when nothing is proven
   */
  ResultSet repeat(
      Statement statement, int replica, Repeat repeat, long delivered, SampledRows samples) {
    if (repeat.ticket < 0
        || repeat.modifications != modifications
        || closed
        || connection.isClosed()
        || connection.masterReason() != null) {
      return null;
    }
    ThreadState thread = ThreadState.current();
    // The driver's own body runs: this is no execution of the application's.
    thread.enter(connection);
    ResultSet again = null;
    boolean same = false;
    try {
      again = repeat.run(statement);
      same = context.tracker().isUnchangedSince(repeat.ticket);
      same = same && PastRead.skip(again, delivered, samples);
      if (same) {
        masterResult = again;
        context.failedMidway(replica, "from the master, which is unchanged", null);
        context.counters.master(RouteReason.REPLICA_FAILED);
      }
      return same ? again : null;
    } catch (SQLException | RuntimeException e) {
      same = false;
      return null;
    } finally {
      if (!same && again != null) {
        closeQuietly(again);
      }
      thread.leave(connection);
    }
  }

  /**
   * The rest of a result whose replica failed in the middle, from the pages the master had at the
   * replica's commit.
   *
   * @return null when it cannot be had
   */
  PastRead readPast(HeldLease lease, Repeat repeat, long delivered, SampledRows samples) {
    if (repeat.commit == null
        || repeat.modifications != modifications
        || closed
        || connection.isClosed()) {
      return null;
    }
    try {
      Path file = context.writePast(lease.read, repeat.commit);
      PastRead past = PastRead.begin(file, lease.lease, this, repeat, delivered, samples);
      context.failedMidway(lease.replica, "from its commit, rebuilt from the master", null);
      return past;
    } catch (SQLException | IOException | RuntimeException e) {
      context.failedMidway(lease.replica, null, e);
      return null;
    }
  }

  private void closeQuietly(ResultSet open) {
    try {
      open.close();
    } catch (SQLException | RuntimeException e) {
      context.fault("closing an earlier result", e);
    }
  }

  void fault(RuntimeException fault) {
    context.fault("result of a replica", fault);
  }

  void resultClosed(Statement statement) throws SQLException {
    if (closeOnCompletion && !closed) {
      statement.close();
    }
  }

  @Override
  public void setting(int setting, long value) {
    super.setting(setting, value);
    RedirectedResultSet open = result;
    if (setting == Setting.MAX_ROWS && redirected && open != null) {
      try {
        open.limit(value);
      } catch (Throwable t) {
        context.fault("statement setting", t);
      }
    }
  }

  @Override
  public boolean redirected() {
    RedirectedResultSet last = result;
    // The driver's own body may ask for the result it has just made.
    return redirected
        && last != null
        && (!closed || last.isInPlace())
        && !ThreadState.current().isInside(connection);
  }

  @Override
  public Object resultSet() {
    RedirectedResultSet last = result;
    try {
      last.open();
      Statement state = last.state();
      if (state != null && last.refusesResult(asked && !exhausted)) {
        // Throws where the driver does.
        ResultSet unused = state.getResultSet();
      }
    } catch (SQLException e) {
      throw Sneaky.rethrow(e);
    }
    asked = true;
    return exhausted ? null : last.shown();
  }

  @Override
  public boolean moreResults(int current) {
    RedirectedResultSet last = result;
    try {
      Statement state = last.state();
      if (state != null) {
        // Throws where the driver does; there is one result, and no more.
        boolean unused = state.getMoreResults(current);
      }
    } catch (SQLException e) {
      throw Sneaky.rethrow(e);
    }
    exhausted = true;
    if (current != Statement.KEEP_CURRENT_RESULT) {
      last.closeQuietly();
    }
    return false;
  }

  @Override
  public Object warnings() {
    RedirectedResultSet last = result;
    try {
      return last.isOver() ? null : last.shadowStatement().getWarnings();
    } catch (SQLException | RuntimeException e) {
      return null;
    }
  }

  @Override
  public void masterResult(Object given) {
    if (given instanceof ResultSet) {
      unasked = false;
      masterResult = (ResultSet) given;
      OpenWrite write = openWrite;
      if (write != null) {
        write.result((ResultSet) given);
      }
    }
  }

  @Override
  public void before(int call, Object statement) {
    try {
      switch (call) {
        case CLOSE:
          if (!ThreadState.current().isInside(connection)) {
            closed = true;
            executed = false;
            unasked = false;
            endRedirect();
            if (redirected && result != null) {
              result.statementLost();
            }
            endOpenWrite();
          }
          break;
        case CANCEL:
          cancel();
          break;
        case CLEAR_WARNINGS:
          RedirectedResultSet open = result;
          if (open != null && !open.isOver()) {
            open.shadowStatement().clearWarnings();
          }
          break;
        case ADD_PREPARED:
          if (!ThreadState.current().isInside(connection)) {
            batch.add(prepared);
          }
          break;
        case CLEAR_BATCH:
          if (!ThreadState.current().isInside(connection)) {
            batch.clear();
          }
          break;
        default:
          break;
      }
    } catch (Throwable t) {
      context.fault("statement call", t);
    }
  }

  private void cancel() throws SQLException {
    cancelled = true;
    Shadow running = executing;
    if (running != null) {
      running.statement().cancel();
      return;
    }
    RedirectedResultSet open = result;
    if (open != null && redirected && !open.isOver()) {
      open.shadowStatement().cancel();
    }
  }
}
