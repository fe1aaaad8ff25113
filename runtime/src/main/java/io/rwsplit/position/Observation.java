package io.rwsplit.position;

import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that asks one server again and again, over a connection of its own that it opens anew
 * when it fails.
 */
abstract class Observation implements Runnable {
  private static final long RETRY_NANOS = 200_000_000L;
  private static final long FAULT_PAUSE_NANOS = 50_000_000L;

  /** Before what follows a fault, which may fail before its first instruction. */
  private static final long ENTRY_PAUSE_NANOS = 1_000_000;

  /** ER_UNKNOWN_SYSTEM_VARIABLE. */
  private static final int MYSQL_NO_VARIABLE = 1193;

  final PositionSampler sampler;

  /** Negative for the master. */
  private final int index;

  private volatile Thread thread;
  private volatile boolean stopped;
  private PositionQuery query;
  private long openedIn;

  Observation(PositionSampler sampler, int index) {
    this.sampler = sampler;
    this.index = index;
  }

  /** Asks once. */
  abstract void observe(PositionQuery asked) throws SQLException, NoPosition, NotReplica;

  /** Nothing is known of the server any more. */
  abstract void lost(Throwable why);

  /** The server answers, but does not tell a position. */
  abstract void unknown(String why);

  /** The server must not be read from. */
  abstract void refused(String why);

  /** Waits until the server is to be asked again, after it has answered. */
  abstract void rest();

  final void start(Thread runner) {
    thread = runner;
    runner.start();
  }

  final void wake() {
    LockSupport.unpark(thread);
  }

  final void stop() {
    stopped = true;
    wake();
  }

  /** Only for the observing thread: its next question goes over a new connection. */
  final void reconnect() {
    if (query != null) {
      query.close();
      query = null;
    }
  }

  @Override
  public void run() {
    for (Throwable fault = null; !stopped; ) {
      try {
        if (fault != null) {
          LockSupport.parkNanos(ENTRY_PAUSE_NANOS);
          insist(fault);
          fault = null;
        }
        if (query == null) {
          query = open();
        }
        observe(query);
        rest();
      } catch (Throwable t) {
        // Also a driver's Error, and wherever it comes: without this thread every write would keep
        // reads on the master.
        fault = t;
      }
    }
    reconnect();
  }

  /** What is known must be withdrawn, whatever fails. */
  private void insist(Throwable why) {
    for (boolean done = false; !done && !stopped; ) {
      try {
        notAnswered(why);
        done = true;
      } catch (Throwable t) {
        LockSupport.parkNanos(FAULT_PAUSE_NANOS);
      }
    }
  }

  private void notAnswered(Throwable why) {
    if (why instanceof NoPosition) {
      unknown(why.getMessage());
      pause();
    } else if (why instanceof NotReplica) {
      refused(why.getMessage());
      reconnect();
      pause();
    } else if (why instanceof SQLException) {
      failed((SQLException) why);
      if (openedIn == sampler.term()) {
        pause();
      }
    } else {
      lost(why);
      reconnect();
      pause();
    }
  }

  private void failed(SQLException e) {
    lost(e);
    reconnect();
    if (isRefusal(e)) {
      unknown(e.getMessage());
    }
  }

  /** True when the server understood the question, or our name, and said no: it will go on to. */
  private static boolean isRefusal(SQLException e) {
    if (e.getErrorCode() == MYSQL_NO_VARIABLE) {
      return true;
    }
    String state = e.getSQLState();
    return state != null && (state.startsWith("42") || state.startsWith("28"));
  }

  /** The master's term when the connection was about to be opened. */
  final long opened() {
    return openedIn;
  }

  private PositionQuery open() throws SQLException {
    openedIn = sampler.term();
    Connection connection = sampler.open(index);
    try {
      if (sampler.engine() == Engine.H2) {
        return new HeartbeatPositions(connection, sampler.heartbeat());
      }
      return sampler.engine() == Engine.POSTGRESQL
          ? new PostgresPositions(connection)
          : new MysqlPositions(connection, sampler.mayChangeMaster());
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** True once nobody wants to hear of the server any more: another thread may ask it by now. */
  final boolean isStopped() {
    return stopped;
  }

  private void pause() {
    if (!stopped) {
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }
}
