package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.bootstrap.HookFactory;
import io.rwsplit.bootstrap.HookedStatement;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.consistency.Seen;
import io.rwsplit.engine.Engine;
import io.rwsplit.pool.PoolSlots;
import io.rwsplit.route.RouteReason;
import io.rwsplit.session.Mode;
import io.rwsplit.session.SessionSettings;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The hook of one application connection to the master: its session and its tickets.
 *
 * <p>Thread-safe: an application may share a connection between threads.
 */
public final class ManagedConnection extends LeasedConnection {
  /** Stands for whatever a driver sends past its statements: a write, of which no more is known. */
  private static final String PAST_STATEMENTS = "COPY";

  final OpenKeys keys = new OpenKeys();
  final DriverStatements driver = new DriverStatements();
  final NewestRead newestRead;
  final PreviousRead previousRead;

  /** The master's when it was opened, or {@link Destination#NO_TERM}. */
  private final long term;

  private final SessionState session;
  private final SessionCalls calls;
  private final ReadOnlyTransactions readOnly;

  /** Beside a rollback that is running; null when nothing has to be. */
  private final AtomicReference<StandIn> besideRollback = new AtomicReference<>();

  private final Adoption adoption = new Adoption(this);

  /**
   * Why nothing of this connection is routed, for good; null when it is. {@link RouteReason#FAULT}
   * when a fault leaves in doubt what its session holds: then each call that may have written draws
   * a ticket. Written from catch clauses, without a call: stack and memory may be short.
   */
  volatile RouteReason barred;

  /** Calls of this connection that the tracker was told of, and not of their end. */
  private final AtomicInteger publishing = new AtomicInteger();

  private volatile long ticket;

  private final ShownStates shown;

  private volatile List<OpenWrite> openWrites;

  private final GatePlace atGate;

  /** Null when nobody asks for the schema. */
  private final SchemaWatch schema;

  /** Null where nothing that is called leaves anything in its session. */
  private final LeftBehind left;

  /** Null when a write binds the reads of all tables. */
  private final SessionTables tables;

  /** Code of the application's runs inside of statements, and may write unseen. */
  private volatile boolean hasOwnFunctions;

  /**
   * @param slots pools by replica index; null when {@code barred} says why there are none
   * @param term of the master when it was opened, or {@link Destination#NO_TERM}
   */
  public ManagedConnection(
      RoutingContext context,
      PoolSlots slots,
      RouteReason barred,
      SessionState session,
      long term) {
    super(context, slots);
    this.term = term;
    this.newestRead = new NewestRead(context.engine);
    this.previousRead = new PreviousRead(context.engine);
    this.barred = barred;
    this.session = session;
    this.shown = new ShownStates(context);
    this.atGate = new GatePlace(context.gate);
    this.calls = new SessionCalls(context.engine, session);
    this.readOnly = new ReadOnlyTransactions(context, this, session);
    this.schema = context.schemaWatch();
    this.left = context.leftBehind(session);
    this.tables = context.tables == null ? null : new SessionTables(context.tables);
  }

  @Override
  public void created(Object connection, Object statement, String sql, int flags) {
    Throwable fault = null;
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("statement created", fault);
        }
        hook(statement, sql, flags);
        return;
      } catch (Throwable t) {
        barred = RouteReason.FAULT;
        fault = t;
      }
    }
    UnfollowedConnection.attach(statement, context);
    context.fault("statement created", fault);
  }

  private void hook(Object statement, String sql, int flags) {
    if (!(statement instanceof HookedStatement)) {
      return;
    }
    if (ThreadState.current().isInside(this)) {
      if (hasFault()) {
        // In doubt also whether that is so.
        UnfollowedConnection.attach(statement, context);
      }
      return;
    }
    HookedStatement hooked = (HookedStatement) statement;
    StatementHook existing = hooked.rwsplit$hook();
    if (existing == null) {
      hooked.rwsplit$hook(new ManagedStatement(this, sql, flags));
    } else if ((flags & MASTER_ONLY) != 0 && existing instanceof ManagedStatement) {
      ((ManagedStatement) existing).keepOnMaster();
    }
  }

  @Override
  public void enterCall(int call, Object connection, Object argument) {
    if (call == Call.CANCEL_QUERY) {
      // Of another thread than the connection's, and of no meaning for the session.
      cancelling();
      return;
    }
    if (term != context.term()) {
      refuse(call);
    }
    try {
      if (call == Call.CLOSE && isWrapper(connection)) {
        // The driver leaves results as they are; leases end by LeasedConnection.lookAfter.
        return;
      }
      ThreadState.current().enter(this);
      if (call == Call.ABORT) {
        aborting();
      }
      if (call == Call.CLOSE || call == Call.ABORT) {
        closing();
      }
      if (Publishing.mayPublish(call)) {
        context.tracker().writeBegins();
        publishing.incrementAndGet();
        context.tracker().publishBegins();
      }
      newestRead.over();
      besideRollback(call);
    } catch (Throwable t) {
      barred = RouteReason.FAULT;
      Throwable fault = t;
      for (int tries = 1; fault != null && tries < RoutingContext.TRIES; tries++) {
        try {
          context.fault("connection call", fault);
          closeInDoubt(call, connection);
          besideRollback(call);
          fault = null;
        } catch (Throwable again) {
          fault = again;
        }
      }
    }
  }

  /** Ends it where one is kept already, for another thread. */
  private void besideRollback(int call) {
    if ((call == Call.ROLLBACK || call == Call.ROLLBACK_TO_SAVEPOINT)
        && besideRollback.get() == null) {
      StandIn begun = StandIn.begin(this, ThreadState.current(), null);
      if (begun != null && !besideRollback.compareAndSet(null, begun)) {
        begun.end();
      }
    }
  }

  /** What is left open would stay so, and be shown. */
  private void closeInDoubt(int call, Object connection) {
    if (call == Call.ABORT) {
      aborting();
    }
    if (call == Call.ABORT || (call == Call.CLOSE && !isWrapper(connection))) {
      closing();
    }
  }

  /** Throws for a call that would publish or prepare a write on a server that is no master. */
  private void refuse(int call) {
    try {
      if (ThreadState.current().isInside(this)) {
        return;
      }
    } catch (Throwable t) {
      barred = RouteReason.FAULT;
      return;
    }
    switch (call) {
      case Call.COMMIT:
      case Call.SET_SAVEPOINT:
      case Call.PAST_STATEMENTS:
        if (session.mode() != Mode.READ_ONLY_TRANSACTION) {
          requireMaster();
        }
        break;
      case Call.SET_AUTO_COMMIT:
        if (session.isInTransaction() && session.mode() != Mode.READ_ONLY_TRANSACTION) {
          requireMaster();
        }
        break;
      default:
        break;
    }
  }

  /**
   * True for the driver's own wrapper of the connection, whose close ends one use of it: MySQL's
   * {@code ConnectionWrapper}.
   */
  private static boolean isWrapper(Object connection) {
    return connection.getClass().getName().endsWith(".ConnectionWrapper");
  }

  @Override
  public Object warnings(Object connection) {
    try {
      if (!newestRead.isOnReplica() || isClosed() || ThreadState.current().isInside(this)) {
        return this;
      }
      return newestRead.warnings(holds(newestRead.lease()));
    } catch (SQLException e) {
      // The replica is gone, and its warnings are.
      return null;
    } catch (Throwable t) {
      context.fault("warnings", t);
      return this;
    }
  }

  @Override
  public void exitCall(int call, Object connection, Object argument, Throwable failure) {
    if (call == Call.CANCEL_QUERY) {
      return;
    }
    boolean exited = false;
    boolean published = false;
    try {
      if (call == Call.CLOSE && isWrapper(connection)) {
        return;
      }
      exited(call, connection, argument, failure);
      exited = true;
      if (Publishing.mayPublish(call)) {
        publishEnded();
      }
      published = true;
      if (Publishing.mayPublish(call) || call == Call.REPLACE_DATABASE) {
        ThreadState.current().settle(this);
      }
    } catch (Throwable t) {
      barred = RouteReason.FAULT;
      context.passing.ticketMissed = true;
      context.passing.reason = RouteReason.FAULT;
      Throwable fault = t;
      for (int tries = 1; fault != null && tries < RoutingContext.TRIES; tries++) {
        try {
          context.fault("connection call", fault);
          if (call == Call.CLOSE && isWrapper(connection)) {
            return;
          }
          // Else the thread would count as being inside of the driver, and its leases as in use.
          if (!exited) {
            exited(call, connection, argument, failure);
            exited = true;
          }
          if (!published && Publishing.mayPublish(call)) {
            publishEnded();
          }
          fault = null;
        } catch (Throwable again) {
          fault = again;
        }
      }
    }
  }

  /** As often as it began: a fault may have come between. */
  private void publishEnded() {
    if (publishing.get() > 0) {
      publishing.decrementAndGet();
      try {
        context.tracker().publishEnded();
      } finally {
        context.tracker().writeEnded();
      }
    }
  }

  private void exited(int call, Object connection, Object argument, Throwable failure) {
    boolean left = false;
    try {
      StandIn.endKept(besideRollback);
      ThreadState thread = ThreadState.current();
      leave(thread);
      left = true;
      if (call == Call.CLOSE && failure == null && !isClosed(connection)) {
        used(connection, thread);
        return;
      }
      if (Publishing.endsTransaction(call, failure)) {
        atGate.transactionOver();
      }
      if (schema != null && (call == Call.CLOSE || (call == Call.ROLLBACK && failure == null))) {
        schema.becameVisible(false);
      }
      if (call == Call.CLEAR_WARNINGS) {
        return;
      }
      if (call != Call.OTHER && (!thread.isInside(this) || isDoubted())) {
        boolean visible = ended(call, connection, argument, failure);
        if (visible || (isDoubted() && Publishing.mayPublish(call))) {
          long unused = wrote(thread);
        }
      }
      if (call != Call.OTHER) {
        readOnly.sessionMoved();
      }
    } catch (Throwable t) {
      barred = RouteReason.FAULT;
      if (!left) {
        leaveInDoubt();
      }
      context.passing.ticketMissed = true;
      context.passing.reason = RouteReason.FAULT;
      context.fault("connection call", t);
      if (failure == null && (call == Call.CLOSE || call == Call.ABORT)) {
        // Nobody else gives back what the fault has left.
        giveUpLost();
      }
    }
  }

  /** The thread leaves the driver; when it cannot, it is in doubt from now on where it is. */
  void leave(ThreadState thread) {
    Throwable fault = null;
    // A thread that stays inside has all its calls taken for the driver's own.
    for (int tries = 1; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("leaving the driver", fault);
        }
        thread.leave(this);
        return;
      } catch (Throwable t) {
        barred = RouteReason.FAULT;
        fault = t;
      }
    }
    thread.leave(this);
  }

  private void leaveInDoubt() {
    boolean left = false;
    Throwable fault = null;
    // A thread that stays inside has all its calls taken for the driver's own.
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("leaving the driver", fault);
        }
        if (!left) {
          leave(ThreadState.current());
          left = true;
        }
        StandIn.endKept(besideRollback);
        return;
      } catch (Throwable t) {
        fault = t;
      }
    }
    context.fault("leaving the driver", fault);
  }

  /** True when a fault leaves in doubt also which calls are whose. */
  boolean hasFault() {
    return barred == RouteReason.FAULT;
  }

  /** True when it is in doubt what the session holds: each call may have written. */
  boolean isDoubted() {
    return barred == RouteReason.FAULT || barred == RouteReason.BEFORE_AGENT;
  }

  /**
   * A use of MariaDB's pooled connection has ended: its close only tells a pool ({@code
   * Connection.close}), and the session goes on, unless the pool has reset it meanwhile.
   */
  private void used(Object connection, ThreadState thread) {
    reopened();
    if (!thread.isInside(this) && session.autoCommitSet(autoCommit(connection))) {
      long unused = wrote(thread);
    }
  }

  private static boolean isClosed(Object connection) {
    try {
      return ((Connection) connection).isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Returns true when a write may have become visible to others by the call. */
  private boolean ended(int call, Object connection, Object argument, Throwable failure)
      throws SQLException {
    switch (call) {
      case Call.SET_AUTO_COMMIT:
        if (failure != null) {
          session.autoCommitFailed(autoCommit(connection));
          return true;
        }
        return session.autoCommitSet((Boolean) argument);
      case Call.COMMIT:
        return session.commitEnded(failure == null);
      case Call.ROLLBACK:
        if (failure == null) {
          session.rolledBack();
        }
        return false;
      case Call.SET_SAVEPOINT:
        session.savepointSet(failure != null || autoCommit(connection));
        readOnly.savepoint();
        return false;
      case Call.ROLLBACK_TO_SAVEPOINT:
        if (failure == null) {
          session.rolledBackToSavepoint();
          readOnly.rolledBackToSavepoint();
        }
        return false;
      case Call.RELEASE_SAVEPOINT:
        // SQLite commits with the outermost one, which sqlite-jdbc sets without a BEGIN.
        return context.engine == Engine.SQLITE;
      case Call.CLOSE:
      case Call.ABORT:
        readOnly.close();
        if (isDoubted() || lostCount) {
          giveUpLost();
        }
        context.connectionClosed(this);
        return session.commitEnded(false);
      case Call.REPLACE_DATABASE:
        session.pin(Pin.ANY, "replaced database");
        return true;
      case Call.RESET_SERVER:
        session.serverReset(autoCommit(connection));
        return true;
      case Call.CHANGE_USER:
        barred = RouteReason.SESSION_STATE;
        return true;
      case Call.PAST_STATEMENTS:
        Classification write = context.classifier.classify(PAST_STATEMENTS);
        executed(
            ThreadState.current(), write, SessionState.Extent.ALL, failure == null, null, null);
        if (left != null) {
          left.ranUnseen();
        }
        return false;
      default:
        if (failure == null) {
          calls.ended(call, (Connection) connection, argument);
        }
        return false;
    }
  }

  /** Of a connection that does not tell any more, what keeps its statements on the master. */
  private static boolean autoCommit(Object connection) {
    try {
      return ((Connection) connection).getAutoCommit();
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * MariaDB's driver has ended a use of the session. What it did by its own setters is known; what
   * the server has forgotten besides it does not say.
   */
  void sessionReset(Connection connection) {
    if (MariadbConfiguration.resetsSession(connection)) {
      session.serverReset(autoCommit(connection));
      readOnly.sessionMoved();
    }
  }

  /**
   * The application registered a SQL function, collation or progress handler, which no replica
   * connection has. A text that calls one of the application's own is no proven read; one that
   * replaces the engine's hides behind a known name, also in views and indexes.
   */
  void functionCreated(String name) {
    boolean progress = HookFactory.PROGRESS_HANDLER.equals(name);
    hasOwnFunctions |= !progress;
    if (progress || (name != null && context.classifier.isBuiltIn(name))) {
      session.pin(Pin.SETTING, name);
    }
  }

  /** From now on nothing of this connection is routed. */
  void bar(RouteReason why) {
    barred = why;
  }

  /** Why reads of this connection must stay on the master; null when they may leave. */
  RouteReason masterReason() {
    if (barred != null) {
      return barred;
    }
    RouteReason passing = context.passing.reason;
    if (passing != null && !readOnly.isUnderWay()) {
      return passing;
    }
    RouteReason why = session.masterReason();
    if (why != null || left == null || !left.isUndecided()) {
      return why;
    }
    return left.decide() ? session.masterReason() : RouteReason.CLASSIFYING;
  }

  /** The number of the master's term when it was opened, or {@link Destination#NO_TERM}. */
  public long term() {
    return term;
  }

  /**
   * Throws what the application must see when it needs the master, and the connection leads to a
   * server that is none, or not any more.
   */
  void requireMaster() {
    if (term != context.term()) {
      throw Sneaky.rethrow(LostMaster.error(term));
    }
  }

  boolean inTransaction() {
    return session.isInTransaction();
  }

  /** A statement ran on the master: follows the session and takes a ticket for what it wrote. */
  void executed(
      ThreadState thread,
      Classification statement,
      SessionState.Extent extent,
      boolean succeeded,
      OpenWrite openWrite,
      Touch touch) {
    if (schema != null) {
      schema.begins(statement);
    }
    boolean narrow = tables != null && isNarrow(statement, touch, openWrite);
    boolean doubted = hasFault() || (isDoubted() && !onlyReads(statement));
    boolean visible = session.executed(statement, extent, succeeded) || doubted;
    followOnReplica(statement, succeeded);
    if (!visible) {
      // As exact as it can be had: in a row of reads that the master serves for want of a replica,
      // each would else ask for a newer replica than the last, and none would ever leave.
      if (!narrow && Publishing.showsData(statement)) {
        shown.saw(thread, Seen.MASTER, context.tracker().seenOnMaster(), 0);
      }
      return;
    }
    // A write whose tables are known shows no more than they do.
    boolean shows = tables == null || !tables.isNarrow();
    long taken = wrote(thread);
    if (shows) {
      shown.saw(thread, Seen.MASTER, taken, 0);
    }
    if (openWrite != null && (!session.isInTransaction() || isDoubted())) {
      note(thread, openWrite);
    }
  }

  /**
   * A statement was run on the master: what it calls may have left something in the session.
   *
   * @param sql its text; null when that is not known any more
   */
  void mayHaveLeft(Classification statement, String sql, boolean succeeded) {
    if (left != null) {
      left.ran(statement, sql, succeeded);
    }
  }

  /** False where nothing that is called leaves anything in its session. */
  boolean leavesSomething() {
    return left != null;
  }

  private void note(ThreadState thread, OpenWrite openWrite) {
    thread.in(context).openWrite(openWrite);
    synchronized (lock) {
      List<OpenWrite> writes = new ArrayList<>(2);
      if (openWrites != null) {
        writes.addAll(openWrites);
      }
      writes.add(openWrite);
      openWrites = writes;
    }
    if (context.openWrites != null) {
      context.openWrites.add(openWrite);
    }
  }

  /**
   * Something ran on the master of which nothing is known.
   *
   * @param openWrite what it may commit when its result is closed; null when it has none
   */
  void executedUnknown(ThreadState thread, OpenWrite openWrite) {
    if (schema != null) {
      schema.becameVisible(false);
    }
    shown.saw(thread, Seen.MASTER, wrote(thread, false), 0);
    if (openWrite != null) {
      note(thread, openWrite);
    }
  }

  /** True when it is known which tables a statement has touched; notes them. */
  private boolean isNarrow(Classification statement, Touch touch, OpenWrite openWrite) {
    if (!Publishing.mayTouch(statement)) {
      return false;
    }
    // What a session has of its own may run in its writes: temporary triggers, attached databases.
    boolean plain = openWrite == null && !hasOwnFunctions && session.pins().isEmpty();
    Set<String> touched =
        plain && touch != null ? context.tables.touched(touch.before, statement, touch.sql) : null;
    tables.touched(touched, touch == null ? null : touch.before);
    return touched != null;
  }

  private void followOnReplica(Classification statement, boolean succeeded) {
    readOnly.sessionMoved();
    if (succeeded && statement.kind() == StatementKind.SAVEPOINT) {
      readOnly.savepoint();
    } else if (succeeded && statement.kind() == StatementKind.ROLLBACK_TO) {
      readOnly.rolledBackToSavepoint();
    }
  }

  /** Where the reads of the session's open transaction go, when they may leave the master. */
  ReadOnlyTransactions readOnlyTransactions() {
    return readOnly;
  }

  /** A statement without rows was run as a query, which threw. */
  void outcomeUnknown(Classification statement) {
    session.outcomeUnknown(statement);
  }

  /** The session's settings now. */
  SessionSettings settings() {
    return session.settings();
  }

  /** How reads may leave the master now. */
  Mode mode() {
    return session.mode();
  }

  /** True when the policy has to know the isolation level first. */
  boolean needsIsolation() {
    return session.needsIsolation();
  }

  /**
   * Gives a replica connection the state of the session.
   *
   * @return false when it cannot be given, and the lease was given up
   */
  boolean adopt(HeldLease lease) {
    return adoption.adopt(lease, session.settings());
  }

  /** A write has become visible on the master just now; returns its ticket. */
  long wrote(ThreadState thread) {
    return wrote(thread, true);
  }

  /**
   * As {@link #wrote(ThreadState)}.
   *
   * @param pending false when it is not what the session's statements have left to be committed
   */
  long wrote(ThreadState thread, boolean pending) {
    if (schema != null) {
      schema.becameVisible(session.isInTransaction());
    }
    long taken = thread.in(context).wrote(context.tracker());
    if (taken > ticket) {
      synchronized (lock) {
        ticket = Math.max(ticket, taken);
      }
    }
    if (tables != null) {
      tables.wrote(thread.in(context).tables(), taken, pending);
    }
    return taken;
  }

  /** The ticket that a read must be covered for, by what it reads where that matters. */
  long needed(ThreadState thread, Classification read) {
    long byTable = tables == null ? -1 : tables.needed(thread.in(context).tables(), read);
    long needed =
        byTable >= 0
            ? Math.max(byTable, Math.max(context.passing.floor(), context.tickets.floor))
            : Math.max(ticket(thread), context.tracker().newestWrite());
    return bindsWriters() ? Math.max(needed, context.tracker().newestWriteForWriters()) : needed;
  }

  /** In a transaction that may yet write, reads see what any session of this JVM has written. */
  private boolean bindsWriters() {
    return mode() == Mode.UNTIL_WRITE && !context.rules.writesBindAll();
  }

  /** The ticket a read on this connection and thread must be covered for. */
  long ticket(ThreadState thread) {
    return Math.max(context.passing.floor(), Math.max(ticket, thread.in(context).newest()));
  }

  /**
   * The replicas that hold the session's writes and show nothing older than it has read, one per
   * bit.
   */
  long eligible(ThreadState thread, long needed) {
    return shown.eligible(thread, needed);
  }

  /** Why no replica may serve a read now. */
  RouteReason lacking(ThreadState thread) {
    if (!context.anyInService()) {
      return RouteReason.NO_REPLICA;
    }
    boolean others = context.rules.writesBindAll() || bindsWriters();
    return others && eligible(thread, ticket(thread)) != 0
        ? RouteReason.JVM_WRITES
        : RouteReason.READ_YOUR_WRITES;
  }

  /**
   * A statement is about to run on the master, which must show all that a replica has shown.
   *
   * <p>A read outside of a transaction does not pass the gate: it never asks for the write lock,
   * which is what those have to be kept from who pass.
   *
   * @param what null for a batch
   * @return what {@link #leaveMaster} has to be told
   */
  int enterMaster(ThreadState thread, Classification what) {
    if (schema != null && what != null) {
      schema.begins(what);
    }
    shown.awaitOnMaster(thread);
    if (atGate.isInside() || (onlyReads(what) && !session.isInTransaction())) {
      return MasterGate.NOWHERE;
    }
    return context.gate.enter(thread.number);
  }

  private static boolean onlyReads(Classification what) {
    return what != null
        && !what.mayWrite()
        && (what.isRead() || what.kind() == StatementKind.MASTER_READ);
  }

  /** A statement on the master is over. */
  void leaveMaster(int place) {
    atGate.leave(place, session.isInTransaction());
  }

  /** What this connection and its threads have been shown. */
  ShownStates shown() {
    return shown;
  }

  /** True while a write on this connection or thread may not be committed yet. */
  boolean hasOpenWrite(ThreadState thread) {
    boolean open = thread.in(context).hasOpenWrite(thread);
    List<OpenWrite> writes = openWrites;
    if (writes != null) {
      List<OpenWrite> left = OpenWrite.stillOpen(writes, thread);
      openWrites = left.isEmpty() ? null : left;
      open |= !left.isEmpty();
    }
    if (context.openWrites != null) {
      open |= context.openWrites.any(thread);
    }
    return open;
  }
}
