package io.rwsplit.failover;

import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The thread that asks one server for its role again and again, over a connection of its own that
 * it opens anew when it fails. A server that hangs holds up nobody else.
 */
final class RoleProbe implements Runnable {
  /** Whom the probe works for. Called by the probe's thread. */
  interface Owner {
    /** Opens a connection that gives up on a server that does not answer. */
    Connection open(int node) throws SQLException;

    /** What was found out. */
    void found(NodeState state);
  }

  private final int node;
  private final Engine engine;
  private final Owner owner;
  private final Rounds rounds;
  private RoleQuery query;
  private NodeState state;

  RoleProbe(int node, Engine engine, Owner owner, long intervalNanos) {
    this.node = node;
    this.engine = engine;
    this.owner = owner;
    this.rounds = new Rounds(intervalNanos);
    this.state = NodeState.unknown(node);
  }

  void start(Thread runner) {
    rounds.start(runner);
  }

  /** The next question comes at once. */
  void wake() {
    rounds.wake();
  }

  void stop() {
    rounds.stop();
  }

  @Override
  public void run() {
    while (rounds.next()) {
      long began = rounds.began();
      try {
        state = ask(began);
        owner.found(state);
      } catch (Throwable t) {
        // Any: without this thread nobody would know of the server again.
        state = state.silent(String.valueOf(t.getMessage()), began);
        giveUp();
      }
    }
    giveUp();
  }

  private NodeState ask(long began) {
    boolean fresh = query == null;
    try {
      if (fresh) {
        query = open();
      }
      return state.answered(query.ask(), began);
    } catch (SQLException e) {
      // A connection may break for many reasons: only a new one tells.
      if (!fresh) {
        rounds.wake();
      }
      giveUp();
      String why = e.getMessage();
      return isAnswer(e) ? state.refused(why, began) : state.silent(why, began);
    } catch (RuntimeException | LinkageError e) {
      giveUp();
      return state.silent(e.toString(), began);
    }
  }

  /** True when the server itself has said that: it is there, whatever it does. */
  private static boolean isAnswer(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      return false;
    }
    return state.startsWith("28")
        || state.startsWith("42")
        || state.startsWith("53")
        || state.startsWith("57P03")
        || state.equals("08004");
  }

  private RoleQuery open() throws SQLException {
    Connection connection = owner.open(node);
    try {
      return RoleQuery.of(engine, connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void giveUp() {
    RoleQuery old = query;
    query = null;
    if (old != null) {
      old.close();
    }
  }
}
