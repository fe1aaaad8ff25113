package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.catalog.Catalog;
import io.rwsplit.engine.Engine;
import io.rwsplit.report.StatementCounter;
import io.rwsplit.report.Timings;
import io.rwsplit.route.RoutePolicy;
import io.rwsplit.route.RouteReason;
import io.rwsplit.route.Tier;
import io.rwsplit.route.Tiers;
import io.rwsplit.session.Mode;
import io.rwsplit.session.SessionSettings;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The hook of one application statement: decides at every execution where it runs, and keeps the
 * result of an execution on a replica.
 *
 * <p>Used by one thread at a time, as statements are; {@code cancel} and {@code close} may come
 * from another, hence the volatile fields.
 */
final class ManagedStatement extends StatementResults {
  private static final int UNKNOWN_TYPE = -1;

  /** What {@code execute} answers for a query. */
  private static final Object HAS_RESULT = true;

  /** A rule lets any replica serve the execution that is being routed. */
  private boolean eventual;

  /** The session's settings when the statement was made. */
  private final SessionSettings born;

  private int resultSetType = UNKNOWN_TYPE;
  private final Batch batch;

  /** Text and classification of the newest execution of a plain statement. */
  private String newestSql;

  private Classification newest;

  /** The counter of {@link #counted}; null before the first execution. */
  private StatementCounter counter;

  private Classification counted;
  private MasterPass pass;

  private final ReplicaExecution onReplica;

  /** Where the execution on the master that is running is counted at the gate. */
  private int place = MasterGate.NOWHERE;

  /** The tracker was told that the execution on the master that is running may write. */
  private boolean writes;

  /** The tracker was told that it may make a write visible. */
  private boolean publishes;

  /** When the newest execution of a read was looked at, by {@link System#nanoTime()}. */
  private long now;

  /** Beside the execution on the master that is running; null when nothing has to be. */
  private StandIn standIn;

  /** The execution on the master has failed as a batch that ran, in part at least. */
  boolean batchAborted;

  ManagedStatement(ManagedConnection connection, String sql, int flags) {
    super(connection, sql, (flags & ConnectionHook.MASTER_ONLY) != 0);
    this.born = connection.settings();
    this.batch = new Batch(connection.context.tables != null, connection.leavesSomething());
    this.onReplica = new ReplicaExecution(this);
    if (sql != null) {
      try {
        prepared = context.classifier.decide(sql);
        if (prepared.touchesJournal()) {
          JournalCalls.prepared(connection, prepared);
        }
      } catch (Throwable t) {
        // Classified when it is executed; its parameters are not recorded until then.
        masterOnly = true;
        context.fault("classifying", t);
      }
    }
  }

  void keepOnMaster() {
    masterOnly = true;
  }

  @Override
  public Object enter(Object statement, String sql, int kind) {
    ThreadState thread;
    try {
      thread = ThreadState.current();
      if (thread.isInside(connection)) {
        // In doubt also whether that is so.
        return connection.hasFault() && kind != ADD_BATCH && kind != DESCRIBE
            ? StatementPasses.DOUBTED
            : null;
      }
      if (kind == DESCRIBE) {
        thread.enter(connection);
        return StatementPasses.INSIDE;
      }
    } catch (Throwable t) {
      connection.barred = RouteReason.FAULT;
      if (kind == ADD_BATCH || kind == DESCRIBE) {
        return null;
      }
      inDoubt = true;
      for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
        try {
          besideInDoubt();
          break;
        } catch (Throwable again) {
          inDoubt = true;
        }
      }
      return StatementPasses.DOUBTED;
    }
    Classification what = null;
    boolean resolved = false;
    RouteReason why;
    try {
      try {
        what = classification(sql);
        if (kind == ADD_BATCH) {
          batch.add(what, sql);
          loseStatement();
          return null;
        }
      } catch (Throwable t) {
        // What it does to the session stays unknown.
        connection.barred = RouteReason.FAULT;
        throw t;
      }
      if (what != null && Catalog.isAskedOf(what)) {
        // Read once for all who need it on the way to a replica: it is dear in such a short time.
        now = System.nanoTime();
        what = context.resolved(what, now);
      }
      resolved = true;
      why = masterReason(what, kind, sql, (Statement) statement, thread);
      if (why == null && closesItself((Statement) statement)) {
        why = RouteReason.CLOSED;
      }
      if (why == null || !driverEndsRedirect(kind)) {
        endRedirectBefore();
        why = why == null && closed ? RouteReason.CLOSED : why;
      }
    } catch (Throwable t) {
      why = RouteReason.FAULT;
      try {
        context.fault("routing", t);
        if (kind == ADD_BATCH) {
          return null;
        }
        beOutside(thread);
        what = resolved ? what : unresolved(what);
      } catch (Throwable again) {
        // Where the thread is, or what the statement does.
        connection.barred = RouteReason.FAULT;
        if (kind == ADD_BATCH) {
          return null;
        }
      }
    }
    if (why == null) {
      Object answer = onReplicaOrReason((Statement) statement, what, sql, kind, thread);
      if (!(answer instanceof RouteReason)) {
        return answer;
      }
      why = (RouteReason) answer;
    }
    return onMaster((Statement) statement, what, why, sql, kind, thread);
  }

  private void previousIsOver(Classification what, Statement statement, ThreadState thread) {
    try {
      connection.previousRead.over(what, statement, connection, thread);
    } catch (Throwable t) {
      context.fault("a read before", t);
    }
  }

  private Object onReplicaOrReason(
      Statement statement, Classification what, String sql, int kind, ThreadState thread) {
    try {
      return onReplica(statement, what, sql, kind, thread);
    } catch (Throwable t) {
      if (onReplica.forApplication == t) {
        // Cancelled, or timed out.
        throw Sneaky.rethrow(t);
      }
      try {
        context.fault("routing to a replica", t);
        beOutside(thread);
        connection.readOnlyTransactions().abandon();
        connection.noteLost();
      } catch (Throwable again) {
        connection.barred = RouteReason.FAULT;
        connection.lostCount = true;
      }
      return RouteReason.FAULT;
    }
  }

  /** What looks like a read may call what writes: nobody knows the functions and views in it. */
  private Classification unresolved(Classification what) {
    try {
      return what == null || !what.isRead() ? what : what.refused(Reason.FAULT, null);
    } catch (Throwable t) {
      connection.barred = RouteReason.FAULT;
      return what;
    }
  }

  /** A fault may have come before the thread was seen to leave the driver again. */
  private void beOutside(ThreadState thread) {
    try {
      while (thread.isInside(connection)) {
        thread.leave(connection);
      }
    } catch (Throwable t) {
      connection.barred = RouteReason.FAULT;
    }
  }

  /** A call is over that was no execution. */
  void leaveDriver() {
    try {
      connection.leave(ThreadState.current());
    } catch (Throwable t) {
      connection.barred = RouteReason.FAULT;
      context.fault("statement call", t);
    }
  }

  private Classification classification(String sql) {
    if (sql == null) {
      if (preparedSql == null) {
        return null;
      }
      if (prepared == null || prepared.isPreliminary()) {
        prepared = context.classifier.decide(preparedSql);
      }
      return prepared;
    }
    if (!sql.equals(newestSql) || newest.isPreliminary()) {
      newestSql = null;
      newest = context.classifier.decide(sql);
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
    if (closed || connection.isClosed() || context.isClosed(statement)) {
      return RouteReason.CLOSED;
    }
    if (!born.sameDatabase(connection.settings())) {
      // In which of the two it runs depends on the driver, and on what prepares it.
      return RouteReason.SESSION_STATE;
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
    if (connection.mode() == Mode.UNTIL_WRITE && comesInPieces(statement)) {
      return RouteReason.FORM;
    }
    why = byRule(what, sql == null ? preparedSql : sql);
    if (why != null) {
      return why;
    }
    if (!eventual && connection.hasOpenWrite(thread)) {
      return RouteReason.READ_YOUR_WRITES;
    }
    if (context.refused.contains(what)) {
      return RouteReason.REFUSED;
    }
    if (context.askedAfter.contains(what)) {
      return RouteReason.MASTER_READ;
    }
    return context.unfit.contains(what) ? RouteReason.REPLICA_FAILED : null;
  }

  private RouteReason byRule(Classification what, String sql) {
    Tiers tiers = context.rules.tiers();
    Tier tier = tiers.hasRules() ? tiers.of(what, sql, context.catalog()) : Tier.CONFIGURED;
    eventual = tier == Tier.EVENTUAL;
    boolean strong = tier == Tier.STRONG || (tiers.asksForCaller() && tiers.isStrongCaller());
    return strong ? RouteReason.STRONG : null;
  }

  private void readForm(Statement statement) throws SQLException {
    resultSetType = statement.getResultSetType();
    masterOnly |= statement.getResultSetConcurrency() != ResultSet.CONCUR_READ_ONLY;
  }

  /**
   * True when pgjdbc fetches the rows through a portal of the application's transaction, as {@code
   * PgStatement.executeInternal} decides it. On a replica there is no such transaction: all rows
   * would come at once, and they may be more than fit into memory.
   */
  private boolean comesInPieces(Statement statement) throws SQLException {
    return statement.getFetchSize() != 0
        && resultSetType == ResultSet.TYPE_FORWARD_ONLY
        && !statement.getConnection().getAutoCommit();
  }

  /** Runs the read on a replica: its result, or the {@link RouteReason} for the master. */
  private Object onReplica(
      Statement statement, Classification what, String sql, int kind, ThreadState thread)
      throws SQLException {
    if (context.observer != null) {
      RouteReason why =
          ObservedRead.route(connection, thread, statement, what, asked(what, sql), eventual);
      return ObservedRead.sampled(this, what, sql, why);
    }
    if (connection.mode() == Mode.READ_ONLY_TRANSACTION) {
      Object held = connection.readOnlyTransactions().lease(thread, statement, asked(what, sql));
      return held instanceof HeldLease
          ? onLease(statement, what, sql, kind, thread, (HeldLease) held)
          : held;
    }
    long ticket = 0;
    long eligible;
    if (eventual) {
      eligible = context.eligible(0);
    } else {
      ticket = connection.needed(thread, what);
      eligible = connection.eligible(thread, ticket);
      if (eligible == 0) {
        eligible = CatchUp.await(connection, thread, ticket);
        now = System.nanoTime();
      }
      ticket = connection.shown().boundOfAll(thread, ticket);
      thread.in(context).served(eligible != 0);
    }
    if (eligible == 0) {
      context.balancer.masterHad();
      return connection.lacking(thread);
    }
    long asked = asked(what, sql);
    for (Object failed = null; ; ) {
      Object found = LeaseChoice.lease(connection, eligible, asked, ticket, now);
      if (!(found instanceof HeldLease)) {
        return failed == null ? found : failed;
      }
      HeldLease lease = (HeldLease) found;
      if (!connection.adopt(lease)) {
        return RouteReason.SESSION_STATE;
      }
      Object answer = onLease(statement, what, sql, kind, thread, lease);
      if (answer != RouteReason.REPLICA_FAILED || !onReplica.mayTryAnother()) {
        return answer;
      }
      failed = answer;
      eligible &= context.eligible(ticket) & ~(1L << lease.replica);
      if (eligible == 0) {
        return failed;
      }
    }
  }

  private long asked(Classification what, String sql) {
    return context.balancer.asked(what, sql == null ? preparedSql : sql);
  }

  private Object onLease(
      Statement statement,
      Classification what,
      String sql,
      int kind,
      ThreadState thread,
      HeldLease lease)
      throws SQLException {
    Timings timings = context.timings;
    long began = timings == null ? 0 : System.nanoTime();
    Object answer = onReplica.run(statement, what, sql, kind, resultSetType, lease);
    if (answer instanceof RouteReason) {
      return answer;
    }
    RedirectedResultSet served = (RedirectedResultSet) answer;
    try {
      if (timings != null) {
        timings.ended(lease.replica, what, RouteReason.READ, System.nanoTime() - began);
      }
      return served(served, statement, what, sql, kind, thread, lease);
    } catch (Throwable t) {
      Throwable fault = t;
      for (int tries = 0; fault != null && tries < RoutingContext.TRIES; tries++) {
        try {
          takeBack(served);
          fault = null;
        } catch (Throwable again) {
          fault = again;
        }
      }
      throw t;
    }
  }

  private Object served(
      RedirectedResultSet served,
      Statement statement,
      Classification what,
      String sql,
      int kind,
      ThreadState thread,
      HeldLease lease)
      throws SQLException {
    if (!eventual) {
      connection.shown().saw(thread, lease.replica, onReplica.seen(), lease.epoch);
    }
    served(served, statement, sql, kind, thread);
    context.counters.replica(lease.replica);
    connection.previousRead.served(what, sql == null ? preparedSql : sql, parameters);
    count(what, RouteReason.READ);
    if (context.log.isOn()) {
      context.log.replica(context.replicas[lease.replica], sql == null ? preparedSql : sql);
    }
    if (kind == QUERY) {
      return served.shown();
    }
    closeKeys(statement, thread);
    return HAS_RESULT;
  }

  private void count(Classification what, RouteReason reason) {
    counter(what).count(reason);
  }

  /** The newest execution, which a replica served, was run by the master too. */
  void repeatedOnMaster() {
    counter.count(RouteReason.REPLICA_FAILED);
  }

  /** The result of the newest execution has ended after so many rows. */
  void returned(long rows) {
    StatementCounter of = counter;
    if (of != null) {
      of.returned(rows);
    }
  }

  /** The counter of the statement that is being executed. */
  StatementCounter counter(Classification what) {
    StatementCounter of = counter;
    if (of == null || counted != what) {
      of = context.counters.statements().of(what);
      counter = of;
      counted = what;
    }
    return of;
  }

  private Object onMaster(
      Statement statement,
      Classification what,
      RouteReason why,
      String sql,
      int kind,
      ThreadState thread) {
    connection.requireMaster();
    if (inDoubt && (place != MasterGate.NOWHERE || writes || publishes)) {
      // The driver's own call of another form: what it runs in was entered before the fault, and
      // would be entered twice, and left once.
      return StatementPasses.DOUBTED;
    }
    try {
      if (connection.previousRead.isOnReplica()) {
        previousIsOver(what, statement, thread);
      }
      beginOnMaster();
      count(what, why);
      if (context.log.isOn()) {
        context.log.master(why, what, sql == null ? preparedSql : sql);
      }
      if (what == null) {
        batch.begins(connection);
      } else if (what.touchesJournal()) {
        JournalCalls.begin(connection, what);
      }
      MasterPass reused = pass;
      if (reused == null || !reused.isFor(what, kind)) {
        reused = new MasterPass(connection, what, kind, sql != null);
        pass = reused;
      }
      if (context.observer != null) {
        reused.observed(why, counter);
      }
      if (context.tables != null) {
        reused.begins(new Touch(context.tables.settled(), sql == null ? preparedSql : sql));
      }
      place = connection.enterMaster(thread, what);
      entrant = thread;
      if (Publishing.mayPublish(what)) {
        context.tracker().writeBegins();
        writes = true;
      }
      if (Publishing.publishes(what, connection.inTransaction())) {
        context.tracker().publishBegins();
        publishes = true;
      }
      if (standIn == null
          && (connection.hasFault() || (what == null ? batch.feelsReads() : what.feelsReads()))) {
        standIn = StandIn.begin(connection, thread, this);
      }
      reused.timed(context.timings, why);
      thread.enter(connection);
      return reused;
    } catch (Throwable t) {
      connection.barred = RouteReason.FAULT;
      inDoubt = true;
      context.fault("execution on the master", t);
      for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
        try {
          besideInDoubt();
          break;
        } catch (Throwable again) {
          inDoubt = true;
        }
      }
      return StatementPasses.DOUBTED;
    }
  }

  /** What the driver refuses beside reads it is to refuse also where nobody knows what it runs. */
  private void besideInDoubt() {
    if (standIn == null) {
      standIn = StandIn.begin(connection, ThreadState.current(), this);
    }
  }

  /** An execution is over of which less is known than has to be: it is taken for a write. */
  void endInDoubt(Object result) {
    inDoubt = false;
    entrant = null;
    Throwable fault = null;
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("end of an execution on the master", fault);
        }
        followInDoubt(result);
        return;
      } catch (Throwable t) {
        context.passing.ticketMissed = true;
        context.passing.reason = RouteReason.FAULT;
        fault = t;
      }
    }
  }

  private void followInDoubt(Object result) {
    try {
      showDriver(result);
    } finally {
      try {
        endMarks();
      } finally {
        boolean rows = result instanceof ResultSet || Boolean.TRUE.equals(result);
        endOpenWrite();
        OpenWrite write = rows ? openWrite(result, null) : null;
        connection.executedUnknown(ThreadState.current(), write);
      }
    }
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
    boolean shown = false;
    try {
      endOnMaster(kind, value, ok);
      shown = true;
      onReplica.masterEnded(what, ok);
      ended(thread, what, kind, text, value, ok);
    } finally {
      try {
        if (!shown) {
          showDriver(value);
        }
      } finally {
        endMarks();
      }
    }
  }

  /** Leaves what {@link #onMaster} has entered, whatever of it fails. */
  private void endMarks() {
    int left = place;
    place = MasterGate.NOWHERE;
    try {
      if (standIn != null) {
        standIn.end();
        standIn = null;
      }
    } finally {
      endMarks(left);
    }
  }

  private void endMarks(int left) {
    try {
      connection.leaveMaster(left);
    } finally {
      try {
        if (publishes) {
          publishes = false;
          context.tracker().publishEnded();
        }
      } finally {
        if (writes) {
          writes = false;
          context.tracker().writeEnded();
        }
      }
    }
  }

  private void ended(
      ThreadState thread, Classification what, int kind, boolean text, Object value, boolean ok) {
    boolean aborted = batchAborted;
    batchAborted = false;
    if (kind == UPDATE && what != null && !batch.isEmpty() && (ok || aborted)) {
      preparedBatchEnded(what);
    }
    if (what == null) {
      batch.ended(connection, thread, ok, pass.touch());
      if (connection.isDoubted()) {
        boolean rows = value instanceof ResultSet || Boolean.TRUE.equals(value);
        connection.executedUnknown(thread, rows ? openWrite(masterResult, null) : null);
      }
      return;
    }
    if (ok && pass.isElsewhere()) {
      return;
    }
    OpenWrite write = null;
    if (ok && what.mayWrite() && (value instanceof ResultSet || Boolean.TRUE.equals(value))) {
      boolean decided = !what.isPreliminary();
      write = openWrite(masterResult, decided ? null : text ? newestSql : preparedSql);
    }
    if (!ok && kind == QUERY && !what.isRead()) {
      connection.outcomeUnknown(what);
    }
    Classification done = withParameters(what, text);
    connection.executed(thread, done, extent(kind, text), ok, write, pass.touch());
    connection.mayHaveLeft(done, text ? newestSql : preparedSql, ok);
    if (what.touchesJournal()) {
      JournalCalls.ended(connection, what, ok);
    }
  }

  /**
   * The batch of a prepared statement has run, and not {@code executeUpdate}: of a read,
   * sqlite-jdbc refuses that, and not by a {@code BatchUpdateException}.
   */
  private void preparedBatchEnded(Classification what) {
    if (context.engine == Engine.SQLITE && what.isRead()) {
      batch.clear();
      batchRan();
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

  @Override
  public void before(int call, Object statement) {
    Throwable fault = null;
    // What is left open by a close would stay so, and be shown.
    int tries = call == CLOSE ? RoutingContext.TRIES : 1;
    for (; tries > 0; tries--) {
      try {
        if (fault != null) {
          context.fault("statement call", fault);
        }
        told(call);
        return;
      } catch (Throwable t) {
        fault = t;
      }
    }
    closed |= call == CLOSE;
    context.fault("statement call", fault);
  }

  private void told(int call) throws SQLException {
    switch (call) {
      case CLOSE:
        if (!ThreadState.current().isInside(connection)) {
          closing();
        }
        break;
      case CANCEL:
        cancel();
        break;
      case CLEAR_WARNINGS:
        if (!ThreadState.current().isInside(connection)) {
          clearWarnings();
        }
        break;
      case ADD_PREPARED:
        if (!ThreadState.current().isInside(connection)) {
          batch.add(prepared, preparedSql);
          addedToBatch();
        }
        break;
      case CLEAR_BATCH:
        if (!ThreadState.current().isInside(connection)) {
          batch.clear();
          batchCleared();
        }
        break;
      case FORGET:
        forget();
        break;
      default:
        break;
    }
  }

  private void cancel() throws SQLException {
    if (onReplica.cancel()) {
      return;
    }
    RedirectedResultSet open = openResult();
    if (open != null) {
      open.shadowStatement().cancel();
    }
  }
}
