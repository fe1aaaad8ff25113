package io.rwsplit.compare;

import io.rwsplit.consistency.Position;
import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Runs a read on the master, on a replica that has what the master had by then, and on the master
 * again. Used by one thread; {@link #cancel} may come from another.
 *
 * <p>The replica's answer is held against the master's only when both of the master's are the same.
 * Rows that change to and fro between two readings may still mislead one round, whatever they are
 * held against: so several rounds must find a difference, one after the other.
 */
final class Comparison {
  /** One round misleads in less than a sixth of cases, however rows change. */
  private static final int ROUNDS = 8;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** What one round, or all of them, have come to. Immutable. */
  static final class Outcome {
    static final Outcome SAME = new Outcome(null, null, null);

    /** Null when something was decided. */
    final Undecided undecided;

    /** Both null unless a difference was found. */
    final Rows master;

    final Rows replica;

    private Outcome(Undecided undecided, Rows master, Rows replica) {
      this.undecided = undecided;
      this.master = master;
      this.replica = replica;
    }

    static Outcome of(Undecided cause) {
      return new Outcome(cause, null, null);
    }

    boolean isDifferent() {
      return master != null;
    }

    boolean isSame() {
      return undecided == null && master == null;
    }
  }

  private final Nodes nodes;
  private final Engine engine;
  private final long limitNanos;

  /** Those of servers stay open from one read to the next; null where there is none. */
  private Link master;

  private Link replica;
  private int replicaIndex;
  private Way way;
  private long term;

  /** Somebody needs the files for himself: this round ends. */
  private volatile boolean hurried;

  private volatile Link asked;
  private volatile long askedSince;

  Comparison(Nodes nodes, Engine engine, long limitNanos) {
    this.nodes = nodes;
    this.engine = engine;
    this.limitNanos = limitNanos;
  }

  /** As many rounds as it takes. */
  Outcome decide(SampledRead read) throws InterruptedException {
    Undecided useless = Stability.useless(read.sql, engine == Engine.POSTGRESQL);
    if (useless != null) {
      return Outcome.of(useless);
    }
    long pause = FIRST_PAUSE_NANOS;
    int different = 0;
    Outcome last = null;
    for (int i = 0; i < ROUNDS; i++) {
      if (i > 0) {
        TimeUnit.NANOSECONDS.sleep(pause);
        pause = Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
      }
      last = round(read);
      different += last.isDifferent() ? 1 : 0;
      if (last.isSame() || !(last.isDifferent() || last.undecided == Undecided.CHANGING)) {
        return last;
      }
    }
    if (different < ROUNDS) {
      return Outcome.of(Undecided.CHANGING);
    }
    return Stability.limitsRows(read.sql) ? Outcome.of(Undecided.NO_TOTAL_ORDER) : last;
  }

  /** One round; its difference may be one of moments. */
  Outcome round(SampledRead read) {
    if (!nodes.isAvailable(read.replica)) {
      return Outcome.of(Undecided.UNAVAILABLE);
    }
    boolean whole = false;
    hurried = false;
    try {
      if (!open(read)) {
        return Outcome.of(Undecided.UNAVAILABLE);
      }
      Outcome outcome = onBoth(read);
      whole = outcome.undecided == null || outcome.undecided == Undecided.CHANGING;
      return nodes.term() == term ? outcome : Outcome.of(Undecided.UNAVAILABLE);
    } catch (SQLException e) {
      return Outcome.of(Undecided.UNAVAILABLE);
    } finally {
      if (!whole || nodes.areFiles()) {
        close();
      }
    }
  }

  private Outcome onBoth(SampledRead read) throws SQLException {
    Rows before = rows(master, read);
    if (before == null) {
      return Outcome.of(failure);
    }
    Boolean reached = catchUp(read.replica);
    if (Boolean.FALSE.equals(reached)) {
      return Outcome.of(hurried ? Undecided.UNAVAILABLE : Undecided.BEHIND);
    }
    Rows onReplica = rows(replica, read);
    if (onReplica == null) {
      return Outcome.of(failure == Undecided.FAILED ? Undecided.REPLICA_FAILED : failure);
    }
    Rows after = rows(master, read);
    if (after == null) {
      return Outcome.of(failure);
    }
    if (!before.isSame(after)) {
      return Outcome.of(Undecided.CHANGING);
    }
    if (after.isSame(onReplica)) {
      return Outcome.SAME;
    }
    return reached == null
        ? Outcome.of(Undecided.NO_POSITION)
        : new Outcome(null, after, onReplica);
  }

  /** Why {@link #rows} has returned null. */
  private Undecided failure;

  private Rows rows(Link on, SampledRead read) {
    askedSince = System.nanoTime();
    asked = on;
    if (hurried) {
      asked = null;
      failure = Undecided.UNAVAILABLE;
      return null;
    }
    try {
      failure = Undecided.TOO_LARGE;
      return on.read(read);
    } catch (SQLException e) {
      failure = Undecided.FAILED;
      return null;
    } finally {
      asked = null;
    }
  }

  /** Whether the replica has what the master has now; null when nobody can tell. */
  private Boolean catchUp(int index) throws SQLException {
    long deadline = System.nanoTime() + CATCH_UP_NANOS;
    Position position = master.master();
    long ticket = position == null && nodes.areFiles() ? nodes.ticket() : 0;
    if (position == null && ticket == 0) {
      return null;
    }
    while (!(position == null ? nodes.covers(index, ticket) : replica.hasReached(position))) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(POLL_NANOS);
      if (hurried || Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    return true;
  }

  private boolean open(SampledRead read) throws SQLException {
    if (!read.way.equals(way) || nodes.term() != term || replicaIndex != read.replica) {
      close();
    }
    way = read.way;
    term = nodes.term();
    replicaIndex = read.replica;
    if (master == null) {
      Connection opened = nodes.openMaster(way);
      if (opened == null) {
        return false;
      }
      master = link(opened);
    }
    if (replica == null) {
      replica = link(nodes.openReplica(read.replica, way));
    }
    return true;
  }

  private Link link(Connection opened) throws SQLException {
    try {
      return new Link(opened, engine, limitNanos);
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Gives the connections back. */
  void close() {
    if (master != null) {
      master.close();
      master = null;
    }
    if (replica != null) {
      replica.close();
      replica = null;
    }
  }

  /** Ends the round that is under way, and closes its connections. */
  void hurry() {
    hurried = true;
    cancel(0);
  }

  /**
   * Ends the statement that runs, if it has run for so long. Of files only: it waits for nobody.
   *
   * @param nanos 0: at once
   */
  void cancel(long nanos) {
    Link link = asked;
    if (link != null && nodes.areFiles() && System.nanoTime() - askedSince >= nanos) {
      try {
        link.cancel();
      } catch (SQLException e) {
        // It has just ended.
        asked = null;
      }
    }
  }
}
