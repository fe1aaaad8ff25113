package io.rwsplit.promotion;

import io.rwsplit.engine.Engine;
import io.rwsplit.failover.Rounds;
import java.sql.SQLException;

/**
 * The thread that looks at one server again and again, over a session of its own. What it knows may
 * be read by every thread.
 */
final class NodeWatch implements Runnable {
  /** A server that takes longer for a look is as good as gone. */
  private static final int PATIENCE_SECONDS = 2;

  private final int node;
  private final Engine engine;
  private final Servers servers;
  private final Rounds rounds;
  private final MasterHistory history;
  private volatile boolean asked;
  private volatile NodeReport report = NodeReport.silent("not asked yet");

  /** The newest with an answer; null before. */
  private volatile NodeReport answer;

  private volatile boolean seenAsMaster;

  /** When the first look began that failed, since the last that did not. */
  private volatile long silentSince = System.nanoTime();

  /** When the newest look began that has ended. */
  private volatile long lookedAt = System.nanoTime();

  private NodeControl control;

  NodeWatch(int node, Engine engine, Servers servers, long intervalNanos, MasterHistory history) {
    this.node = node;
    this.engine = engine;
    this.servers = servers;
    this.rounds = new Rounds(intervalNanos);
    this.history = history;
  }

  void start(Thread runner) {
    rounds.start(runner);
  }

  void wake() {
    rounds.wake();
  }

  void stop() {
    rounds.stop();
  }

  /** True once the server was asked, whatever came of it. */
  boolean isAsked() {
    return asked;
  }

  NodeReport report() {
    return report;
  }

  NodeReport lastAnswer() {
    return answer;
  }

  boolean seenAsMaster() {
    return seenAsMaster;
  }

  /** For how long it has been silent, in nanoseconds; 0 when it answered the last time. */
  long silentNanos() {
    return report.answered ? 0 : lookedAt - silentSince;
  }

  @Override
  public void run() {
    while (rounds.next()) {
      NodeReport found;
      try {
        if (control == null) {
          control = NodeControl.of(engine, servers.open(node, PATIENCE_SECONDS));
        }
        found = control.look();
      } catch (SQLException e) {
        giveUp();
        found =
            isRefusal(e) ? NodeReport.refusing(e.getMessage()) : NodeReport.silent(e.getMessage());
      } catch (Throwable t) {
        giveUp();
        found = NodeReport.silent(t.toString());
      }
      publish(rounds.began(), found);
    }
    giveUp();
  }

  private void publish(long began, NodeReport found) {
    if (found.answered) {
      answer = found;
      if (found.writable) {
        seenAsMaster = true;
        if (found.held != null && node == servers.master()) {
          history.add(began, found.held);
        }
      }
    } else if (report.answered || !asked) {
      silentSince = began;
    }
    lookedAt = System.nanoTime();
    report = found;
    asked = true;
  }

  /** True when it runs, and says no: then it is not dead, whatever else. */
  private static boolean isRefusal(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      return false;
    }
    return state.startsWith("28")
        || state.startsWith("3D")
        || state.startsWith("42")
        || state.startsWith("53")
        || state.equals("08004");
  }

  private void giveUp() {
    NodeControl old = control;
    control = null;
    if (old != null) {
      old.close();
    }
  }
}
