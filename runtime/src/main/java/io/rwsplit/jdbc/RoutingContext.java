package io.rwsplit.jdbc;

import io.rwsplit.catalog.Catalog;
import io.rwsplit.catalog.CatalogSnapshot;
import io.rwsplit.circuit.CircuitRules;
import io.rwsplit.circuit.PassThrough;
import io.rwsplit.compare.ReadSampler;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.engine.Engine;
import io.rwsplit.observe.Observer;
import io.rwsplit.replication.OpenRead;
import io.rwsplit.replication.PublishedCommit;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.report.RouteLog;
import io.rwsplit.report.Timings;
import io.rwsplit.route.Balancer;
import io.rwsplit.route.ReadRules;
import io.rwsplit.route.Rollout;
import io.rwsplit.route.RouteReason;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.topology.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** What all connections of one group share. Thread-safe. */
public abstract class RoutingContext {
  /** Trying a statement twice costs the application time. */
  private static final long UNFIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** As good as for ever; but a mistake of a replica's must not last. */
  private static final long REFUSED_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final long NOTED_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * How often a step is tried that nobody else could take: two faults in it are outlasted, the
   * second in what follows the first. Such tries are loops in the catch clause itself, or around
   * it: what stands in a method of its own could fail at its entry.
   */
  static final int TRIES = 3;

  final Engine engine;
  final SqlClassifier classifier;
  volatile Balancer balancer;

  /** By index, never changed: where one joins, another array takes its place. */
  volatile Replica[] replicas;

  final RouteCounters counters;

  /** Null where nobody can ask how long statements take. */
  final Timings timings;

  final RouteLog log;
  final MasterGate gate;

  /** Reads that the master could answer and a replica could not: it serves them for a while. */
  final NotedStatements unfit = new NotedStatements(UNFIT_NANOS);

  /** Reads that a replica took for writes. */
  final NotedStatements refused = new NotedStatements(REFUSED_NANOS);

  /** Reads after which somebody has asked what only the session knows that ran them. */
  final NotedStatements askedAfter = new NotedStatements(REFUSED_NANOS);

  /** Reads that take long to their first row, so that the replica goes on meanwhile. */
  final NotedStatements slowStarts = new NotedStatements(NOTED_NANOS);

  final ReadRules rules;

  /** Writes of all connections that may not be committed yet; null when they bind no others. */
  final OpenWrites openWrites;

  final TicketSpace tickets = new TicketSpace();

  /** Null when a write binds the reads of all tables. */
  final TableScope tables;

  /** What is told of all executions when nothing is routed; null when reads are. */
  final Observer observer;

  /** Gets a part of the reads that replicas may serve; null, mostly, when none are compared. */
  volatile ReadSampler sampler;

  /** Null where a text shows all that a read can do. */
  private final Catalog catalog;

  /** Whether nothing is routed, and why. */
  final PassThrough passing;

  private final WriteTracker tracker;

  /** The driver's statements do not know {@code isClosed}; found by asking, so late at worst. */
  private boolean hidesClosed;

  /** How many of {@link Rollout#ALL} reads that may go to a replica do. */
  private volatile int readPercent = Rollout.ALL;

  /** Number of the term in which the master is what it is; never changes where it never does. */
  private volatile long term;

  protected RoutingContext(
      Engine engine,
      SqlClassifier classifier,
      Balancer balancer,
      Replica[] replicas,
      RouteCounters counters,
      RouteLog log,
      MasterGate gate,
      WriteTracker tracker,
      ReadRules rules,
      Catalog catalog,
      CircuitRules circuit,
      Observer observer) {
    this.engine = engine;
    this.classifier = classifier;
    this.balancer = balancer;
    this.replicas = replicas;
    this.counters = counters;
    this.timings = counters.timings();
    this.log = log;
    this.gate = gate;
    this.tracker = tracker;
    this.rules = rules;
    this.catalog = catalog;
    this.passing = new PassThrough(circuit, tracker, new CircuitLog());
    this.observer = observer;
    this.tables =
        rules.isByTable() && catalog != null
            ? new TableScope(catalog, classifier, rules.writesBindAll())
            : null;
    this.openWrites = rules.writesBindAll() ? new OpenWrites(tracker) : null;
  }

  /**
   * A replica failed a read that the master then runs, or whose first rows are delivered already.
   *
   * @return what the failure speaks of
   */
  protected abstract FailureCause replicaFailed(int replica, SQLException failure);

  /** A replica has failed a read that the master has answered: it speaks of the replica. */
  protected abstract void replicaDisagrees(
      int replica, Classification statement, SQLException failure);

  /** False while the master is known to give no answers. */
  protected abstract boolean masterAnswers();

  /** A note of what one connection to a replica reads; null where positions are not known. */
  protected abstract OpenRead openRead(int replica);

  /**
   * Writes a commit to a file of its own; takes some seconds at most.
   *
   * @throws IOException when it cannot be had
   */
  protected abstract Path writePast(OpenRead read, PublishedCommit commit) throws IOException;

  /**
   * A replica failed in the middle of a result.
   *
   * @param how the rest was had all the same; null when it was not
   * @param why it was not; null otherwise
   */
  protected abstract void failedMidway(int replica, String how, Throwable why);

  /** A statement of the application has failed on the master. Must throw nothing. */
  protected abstract void masterFailed(Throwable failure);

  /** A statement that touches SQLite's journal is about to run on the master. */
  protected abstract void journalStatement(ManagedConnection connection, Classification statement);

  /** A statement that touches SQLite's journal was compiled. */
  protected abstract void journalStatementPrepared(
      ManagedConnection connection, Classification statement);

  /** A statement that touches SQLite's journal has ended. */
  protected abstract void journalStatementEnded(
      ManagedConnection connection, Classification statement, boolean succeeded);

  /** The application has closed or aborted its connection. */
  protected abstract void connectionClosed(ManagedConnection connection);

  /** Says a fault of rwsplit itself; the driver ran the statement as written. */
  protected abstract void say(String where, Throwable fault);

  /** A fault of rwsplit itself; the driver ran the statement as written. Throws nothing. */
  protected final void fault(String where, Throwable fault) {
    try {
      passing.fault(fault);
      say(where, fault);
    } catch (Throwable t) {
      // Out of memory or stack: to say so would end the same way.
      passing.ticketMissed = true;
      passing.reason = RouteReason.FAULT;
    }
  }

  /** What the configuration asks of reads. */
  protected final ReadRules rules() {
    return rules;
  }

  /** Replicas are chosen by other rules from now on. */
  public final void balance(Balancer other) {
    balancer = other;
  }

  /** A part of the reads goes there too from now on. */
  protected final void samples(ReadSampler into) {
    sampler = into;
  }

  /**
   * One more replica may serve once it is in service.
   *
   * @param more those of before and the new one, by index; not changed any more
   * @param other chooses among them
   */
  protected final void joins(Replica[] more, Balancer other) {
    // In this order: whoever finds it eligible is to find a balancer that knows it.
    balancer = other;
    replicas = more;
  }

  protected final RouteLog routeLog() {
    return log;
  }

  /** The classifier of the group's engine. */
  protected final SqlClassifier classifier() {
    return classifier;
  }

  /** True when a text is proven to be a read, by all that is known now. */
  final boolean isRead(String sql) {
    return resolved(classifier.classify(sql), System.nanoTime()).isRead();
  }

  /**
   * The statement once more, with what is known of the functions and views of the database.
   *
   * @param now by {@link System#nanoTime()}
   */
  final Classification resolved(Classification statement, long now) {
    return catalog == null ? statement : catalog.resolve(statement, now);
  }

  /** What is known of the schema, and holds; else null. */
  final CatalogSnapshot catalog() {
    return catalog == null ? null : catalog.current();
  }

  /** For a new connection; null where nothing that is called leaves anything in its session. */
  final LeftBehind leftBehind(SessionState session) {
    return catalog == null || !classifier.hasSessionBodies()
        ? null
        : new LeftBehind(catalog, classifier, session);
  }

  /** For a new connection; null when nobody asks for the schema. */
  final SchemaWatch schemaWatch() {
    boolean relations = rules.isByTable() || rules.tiers().needsCatalog();
    return catalog == null ? null : new SchemaWatch(catalog, relations);
  }

  /** The current thread has written to the master by no statement. */
  protected final void wrotePastStatements() {
    long unused = ThreadState.current().in(this).wrote(tracker);
  }

  /** Takes the tickets of writes whose results were closed since, for sessions elsewhere. */
  protected final void settleOpenWrites() {
    if (openWrites != null) {
      boolean unused = openWrites.any(ThreadState.current());
    }
  }

  /**
   * The group was over in this JVM, and begins anew: replicas must have all that was written until
   * now, since nothing is left of what threads have seen.
   */
  protected final void beginsAgain() {
    tickets.floor = tracker.wrote();
  }

  /** The group is over. */
  protected final void isOver() {
    tickets.over = true;
  }

  final WriteTracker tracker() {
    return tracker;
  }

  /** Another term of the master has begun: connections of earlier ones are good for nothing. */
  protected final void termBegins(long number) {
    term = number;
  }

  /** True while there is no master that answers; for reads that no replica could serve else. */
  protected boolean isMasterGone() {
    return false;
  }

  /** The master has failed a statement with an error of its own or of the network. */
  protected void masterFailed(SQLException failure) {}

  /** Number of the master's term. */
  protected final long term() {
    return term;
  }

  /** Why all statements go to the master, the switch that an operator has, and the circuit. */
  public final PassThrough passThrough() {
    return passing;
  }

  /** How much of the reads that may go to a replica do, in hundredths of a percent. */
  public final int readPercent() {
    return readPercent;
  }

  /** So much of the reads that may go to a replica do from now on, in hundredths of a percent. */
  public final void readPercent(int hundredths) {
    readPercent = hundredths;
  }

  /** True for a closed statement; false also where a driver of JDBC 3 cannot be asked. */
  final boolean isClosed(Statement statement) throws SQLException {
    if (hidesClosed) {
      return false;
    }
    try {
      return statement.isClosed();
    } catch (AbstractMethodError e) {
      hidesClosed = true;
      return false;
    }
  }

  /** Bit i is set when replica i is in service and holds the write of the ticket. */
  final long eligible(long ticket) {
    WriteTracker positions = tracker;
    Replica[] all = replicas;
    long eligible = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i].inService() && positions.covers(i, ticket)) {
        eligible |= 1L << i;
      }
    }
    return eligible;
  }

  /** True when a replica in service may hold the write of the ticket before the time is over. */
  final boolean mayCatchUp(long ticket, long nanos) {
    Replica[] all = replicas;
    for (int i = 0; i < all.length; i++) {
      if (all[i].inService() && tracker.mayCatchUp(i, ticket, nanos)) {
        return true;
      }
    }
    return false;
  }

  final boolean anyInService() {
    for (Replica replica : replicas) {
      if (replica.inService()) {
        return true;
      }
    }
    return false;
  }
}
