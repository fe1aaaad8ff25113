package io.rwsplit.position;

import io.rwsplit.engine.Engine;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.ReplicationState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all servers for the state of their replication, each on a thread and a connection of its
 * own: such a question may wait for a lock that positions do not need (STOP REPLICA holds one while
 * it waits for a transaction). Thread-safe.
 */
public final class ReplicationSignals {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicationSignals.class);

  /** After a question that failed. */
  private static final long RETRY_NANOS = 1_000_000_000L;

  /** Before what follows a fault, which may fail before its first instruction. */
  private static final long ENTRY_PAUSE_NANOS = 1_000_000;

  /** Which server is the master may change: the connection to it is kept no longer than this. */
  private static final long MASTER_NANOS = 10_000_000_000L;

  /** A question that may not be asked is asked again seldom: somebody may have granted it. */
  private static final long REFUSED_NANOS = 60_000_000_000L;

  /** Whom the signals are for. */
  public interface Owner {
    /**
     * Opens a connection that gives up on a server that does not answer.
     *
     * @param replica its index; negative for the master
     */
    Connection open(int replica) throws SQLException;

    /**
     * A server has told the state of its replication; unknown when it does not any more.
     *
     * @param replica its index; negative for the master
     */
    void replication(int replica, ReplicationState state);
  }

  private final Engine engine;
  private final List<String> names;
  private final Owner owner;
  private final long intervalNanos;

  /** Null when nobody writes a heartbeat. */
  private final String heartbeat;

  private final ThreadFactory threads;

  /** The master's newest heartbeat; null when it is not known. */
  private volatile Long beat;

  /** By index. */
  private final Map<Integer, Asking> askings = new ConcurrentHashMap<>();

  private final Map<String, String> said = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /**
   * Makes what does nothing yet.
   *
   * @param names of the replicas, for log lines
   * @param intervalNanos between two questions
   * @param heartbeat a column that somebody keeps writing the time to, with its table; may be null
   */
  public ReplicationSignals(
      Engine engine,
      List<String> names,
      Owner owner,
      long intervalNanos,
      String heartbeat,
      ThreadFactory threads) {
    this.engine = engine;
    this.names = new CopyOnWriteArrayList<>(names);
    this.owner = owner;
    this.intervalNanos = intervalNanos;
    this.heartbeat = heartbeat;
    this.threads = threads;
  }

  /** Starts to ask. */
  public void start() {
    for (int i = -1; i < names.size(); i++) {
      returns(i);
    }
  }

  /** A replica joins, with the next index, and is asked once it {@link #returns}. */
  public void add(String name) {
    names.add(name);
  }

  /** A replica leaves: its thread ends. */
  public void leaves(int replica) {
    Asking asking = askings.remove(replica);
    if (asking != null) {
      asking.over = true;
    }
  }

  /** It is asked from now on, after {@link #add} or {@link #leaves}. */
  public void returns(int replica) {
    Asking asking = new Asking(replica);
    askings.put(replica, asking);
    threads.newThread(asking).start();
  }

  /** Asks no more. */
  public void stop() {
    stopped = true;
  }

  /** Asks one server again and again. */
  private final class Asking implements Runnable {
    private final int index;
    private Connection connection;
    private SignalQuery query;
    private long openedAt = System.nanoTime();

    /** Until when the state is not asked for, since this user may not. */
    private long refusedUntil;

    private boolean refused;

    /** The replica has left. */
    private volatile boolean over;

    /** The newest of the master's words on its replicas that the log has. */
    private String told = "";

    Asking(int index) {
      this.index = index;
    }

    @Override
    public void run() {
      boolean faulty = false;
      for (boolean ended = false; !ended; ) {
        try {
          if (faulty) {
            LockSupport.parkNanos(ENTRY_PAUSE_NANOS);
            insist();
            faulty = false;
            LockSupport.parkNanos(RETRY_NANOS);
          }
          while (!isOver()) {
            round();
          }
          ended = true;
        } catch (Throwable t) {
          // Also a driver's Error, and wherever it comes: the thread is to go on.
          faulty = true;
        }
      }
      close();
    }

    private void round() {
      long pause = intervalNanos;
      try {
        ask();
      } catch (SQLException e) {
        pause = failed(e);
      }
      if (!isOver()) {
        LockSupport.parkNanos(pause);
      }
    }

    private void insist() {
      for (boolean done = false; !done && !isOver(); ) {
        try {
          lost();
          done = true;
        } catch (Throwable t) {
          LockSupport.parkNanos(RETRY_NANOS);
        }
      }
    }

    private boolean isOver() {
      return stopped || over;
    }

    private void ask() throws SQLException {
      if (index < 0 && System.nanoTime() - openedAt > MASTER_NANOS) {
        close();
      }
      if (query == null) {
        openedAt = System.nanoTime();
        connection = owner.open(index);
        query =
            engine == Engine.POSTGRESQL
                ? new PostgresSignals(connection)
                : new MysqlSignals(connection);
      }
      if (index < 0) {
        beat = heartbeat == null ? null : query.heartbeat(heartbeat);
        tell(state());
        return;
      }
      Long master = beat;
      Long mine = heartbeat == null ? null : query.heartbeat(heartbeat);
      ReplicationState state = state();
      if (master != null && mine != null) {
        long behind = master - mine;
        state = state.withReported(behind <= 0 ? Lag.upToDate() : Lag.behind(0, behind));
      }
      if (!over) {
        owner.replication(index, state);
      }
    }

    private void tell(ReplicationState master) {
      String lasting = Senders.lasting(master.detail());
      if (!lasting.isEmpty() && !lasting.equals(told)) {
        told = lasting;
        LOG.info("the master {}", lasting);
      }
      owner.replication(index, master);
    }

    private ReplicationState state() throws SQLException {
      if (refused && System.nanoTime() - refusedUntil < 0) {
        return ReplicationState.unknown();
      }
      refused = false;
      try {
        return query.ask();
      } catch (SQLException e) {
        refused = isRefusal(e);
        if (!refused) {
          throw e;
        }
        refusedUntil = System.nanoTime() + REFUSED_NANOS;
        if (index >= 0) {
          say("the state of its replication is not known", e);
        }
        return ReplicationState.unknown();
      }
    }

    private boolean isRefusal(SQLException e) {
      String state = e.getSQLState();
      return state != null && state.startsWith("42");
    }

    private void say(String what, SQLException why) {
      String server = index < 0 ? "the master" : names.get(index);
      if (said.put(server + what, "") == null) {
        LOG.info("{}: {} ({}); it is done without", server, what, why.getMessage());
      }
    }

    private long failed(SQLException e) {
      lost();
      if (!isRefusal(e)) {
        return RETRY_NANOS;
      }
      say("its heartbeat cannot be read", e);
      return REFUSED_NANOS;
    }

    private void lost() {
      close();
      if (index < 0) {
        beat = null;
      }
      if (!over) {
        owner.replication(index, ReplicationState.unknown());
      }
    }

    private void close() {
      query = null;
      if (connection != null) {
        try {
          connection.close();
        } catch (SQLException | RuntimeException e) {
          LOG.debug("closing a connection failed", e);
        }
        connection = null;
      }
    }
  }
}
