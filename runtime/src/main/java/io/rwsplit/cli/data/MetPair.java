package io.rwsplit.cli.data;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import io.rwsplit.replication.FilePositions;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A SQLite master and a replica that is being fed, met at one commit. A replica shows the states
 * that its master had some hundred microseconds ago, so the master's newest states are held, each
 * by a read transaction of its own, until the replica shows one of them. Nobody is kept from
 * writing; logs are kept from being emptied while a state is held.
 */
final class MetPair extends Pair {
  /** The master's states that are held at a time. */
  private static final int MOST = 8;

  /** Tries in a row; then all is let go of for a moment. */
  private static final int BURST = 100;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Databases databases;
  private final Dialect dialect;
  private final long patienceNanos;
  private final Held replica;
  private final List<Held> masters = new ArrayList<>();
  private final FilePositions positions;
  private Held newest;
  private int next;

  /** The replica's file has got another one's name meanwhile. */
  static final class Replaced extends SQLException {
    private static final long serialVersionUID = 1L;

    Replaced() {
      super("its file was replaced again and again: is it being copied?");
    }
  }

  /** A connection, and the state its transaction shows. */
  private static final class Held {
    final Side side;
    private final Statement statement;
    FilePositions.State state;

    /** Null without a transaction of a known place. */
    FilePositions.Place place;

    private boolean open;

    Held(Side side) throws SQLException {
      this.side = side;
      this.statement = side.connection().createStatement();
    }

    void begin() throws SQLException {
      statement.execute("BEGIN");
      open = true;
      statement.executeQuery("PRAGMA user_version").close();
    }

    void end() throws SQLException {
      place = null;
      if (open) {
        open = false;
        statement.execute("ROLLBACK");
      }
    }
  }

  private MetPair(
      Databases databases,
      Dialect dialect,
      long patienceNanos,
      Held master,
      Held replica,
      FilePositions positions) {
    this.databases = databases;
    this.dialect = dialect;
    this.patienceNanos = patienceNanos;
    this.replica = replica;
    this.positions = positions;
    this.newest = master;
    masters.add(master);
  }

  /**
   * Opens both.
   *
   * @param patienceNanos how long they may need to meet
   */
  static MetPair open(Databases databases, Dialect dialect, Node replica, long patienceNanos)
      throws SQLException {
    Node master = databases.nodes().get(0);
    Side ours = Side.open(databases, dialect, master, 0);
    Side theirs = null;
    try {
      theirs = Side.open(databases, dialect, replica, 0);
      Held held = new Held(ours);
      Held other = new Held(theirs);
      for (Held each : new Held[] {held, other}) {
        // Only who has read something has the wal-index open.
        each.begin();
        each.end();
      }
      return new MetPair(
          databases,
          dialect,
          patienceNanos,
          held,
          other,
          new FilePositions(master.url().file().toPath(), replica.url().file().toPath()));
    } catch (IOException e) {
      close(ours, theirs);
      throw new SQLException("its position cannot be read: " + e.getMessage(), e);
    } catch (SQLException | RuntimeException e) {
      close(ours, theirs);
      throw e;
    }
  }

  private static void close(Side ours, Side theirs) {
    ours.close();
    if (theirs != null) {
      theirs.close();
    }
  }

  /** True when somebody feeds the replicas of this master. */
  static boolean isFed(Databases databases) {
    return FilePositions.isFed(databases.nodes().get(0).url().file().toPath());
  }

  @Override
  Side master() {
    return newest.side;
  }

  @Override
  Side replica() {
    return replica.side;
  }

  @Override
  boolean isExact() {
    return true;
  }

  @Override
  void begin() throws SQLException {
    long deadline = System.nanoTime() + patienceNanos;
    for (int tries = 1; ; tries++) {
      Held met = meet();
      if (met != null) {
        for (Held each : masters) {
          if (each != met) {
            each.end();
          }
        }
        newest = met;
        return;
      }
      replica.end();
      if (tries % BURST == 0) {
        pause(deadline, tries / BURST);
      }
    }
  }

  private void pause(long deadline, int bursts) throws SQLException {
    end();
    if (!positions.isInPlace()) {
      throw new Replaced();
    }
    if (System.nanoTime() - deadline > 0) {
      throw new SQLException(
          isFed(databases)
              ? "it has shown no state of the master's in time: is it too far behind, or made anew?"
              : "nobody feeds it any more: was the application stopped? Call again");
    }
    LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, bursts * PAUSE_NANOS));
  }

  /** One try: the master's transaction that shows what the replica's does; null when none does. */
  private Held meet() throws SQLException {
    boolean known = hold();
    boolean applied = known && positions.isApplied(newest.state);
    FilePositions.State before = positions.replica();
    replica.begin();
    FilePositions.Place shown = positions.shownByReplica(before);
    for (Held each : masters) {
      if (shown != null && shown.equals(each.place)) {
        return each;
      }
    }
    return applied && newest.place.equals(positions.shownByMaster(newest.state)) ? newest : null;
  }

  /** Holds the master's newest state; false when a writer was in between. */
  private boolean hold() throws SQLException {
    FilePositions.State now = positions.master();
    if (newest.place != null && newest.state.isSame(now)) {
      return true;
    }
    Held taken = oldest();
    taken.end();
    taken.begin();
    taken.state = now;
    taken.place = positions.shownByMaster(now);
    newest = taken.place == null ? newest : taken;
    return taken.place != null;
  }

  private Held oldest() throws SQLException {
    if (masters.size() < MOST && newest.place != null) {
      Held added = new Held(Side.open(databases, dialect, databases.nodes().get(0), 0));
      masters.add(added);
      return added;
    }
    next = (next + 1) % masters.size();
    return masters.get(next);
  }

  @Override
  void end() {
    try {
      replica.end();
      for (Held each : masters) {
        each.end();
      }
    } catch (SQLException e) {
      // Then the next begin fails, and says why.
      return;
    }
  }

  @Override
  public void close() {
    replica.side.close();
    for (Held each : masters) {
      each.side.close();
    }
  }
}
