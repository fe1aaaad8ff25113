package io.rwsplit.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import io.rwsplit.log.OncePer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one replica for applications that opened the master with equal properties.
 *
 * <p>HikariCP creates, validates and retires the connections; leases keep them out of its hands
 * between two statements, since borrowing from it for every statement would cost as much as a small
 * query. Borrowing never blocks: no connection at hand is an answer. Thread-safe.
 *
 * <p>Not final: a test closes it in the middle of what a lease asks it.
 */
public class ReplicaPool {
  /** HikariCP's smallest; nothing of ours waits that long, see {@link #borrow}. */
  private static final long MIN_TIMEOUT_MILLIS = 250;

  /** HikariCP takes whole seconds where the driver has no network timeout. */
  private static final long QUERY_TIMEOUT_MILLIS = 1_000;

  /** Given as {@code minimumIdle}: connections nobody uses are closed soon. */
  static final int NOTHING_KEPT = -1;

  /** HikariCP's smallest, too; it looks every half a minute. */
  private static final long IDLE_MILLIS = 10_000;

  /** How often an empty pool is asked to grow: each ask costs an exception inside HikariCP. */
  private static final long GROW_INTERVAL_NANOS = 1_000_000;

  /** A pool that was not asked to grow for so long is not missed. */
  private static final long WANTED_NANOS = 300_000_000_000L;

  private static final long DRAIN_POLL_NANOS = 1_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(ReplicaPool.class);
  private static final OncePer FAULTS = new OncePer(LOG);

  /** How often a connection that cannot be lent is tried to be given up. */
  private static final int EVICTIONS = 3;

  private final String name;
  private final Connector connector;
  private final int maximum;
  private final ThreadFactory threads;
  private final ScheduledExecutorService housekeeper;
  private final Openings openings;
  private final HikariPool connections;
  private final CopyOnWriteArrayList<Lease> leases = new CopyOnWriteArrayList<>();
  private final AtomicLong grownAt = new AtomicLong(System.nanoTime() - GROW_INTERVAL_NANOS);

  private volatile ResultSet closedResult;
  private volatile boolean inPlace;
  private volatile boolean prepared;
  private volatile boolean closed;

  /** HikariCP gets nothing back any more. */
  private volatile boolean jvmEnds;

  /**
   * Makes the pool; no connection is opened by the calling thread.
   *
   * @param name of the replica, for log lines and thread names
   * @param maximum most connections
   * @param minimumIdle connections kept ready; or {@link #NOTHING_KEPT}
   * @param readOnly true when connections are read-only by {@code Connection.setReadOnly}
   * @param openings what is told how opening them goes
   */
  ReplicaPool(
      String name,
      Connector connector,
      int maximum,
      int minimumIdle,
      boolean readOnly,
      ThreadFactory threads,
      ScheduledExecutorService housekeeper,
      Openings openings) {
    this.name = name;
    this.connector = connector;
    this.maximum = maximum;
    this.threads = threads;
    this.housekeeper = housekeeper;
    this.openings = openings;
    HikariConfig config = new HikariConfig();
    config.setPoolName("rwsplit-" + name);
    config.setDataSource(new ConnectorDataSource(guarded(connector)));
    config.setConnectionTestQuery(connector.validationQuery());
    config.setMaximumPoolSize(maximum);
    config.setMinimumIdle(Math.max(0, minimumIdle));
    if (minimumIdle == NOTHING_KEPT) {
      config.setIdleTimeout(IDLE_MILLIS);
    }
    config.setConnectionTimeout(MIN_TIMEOUT_MILLIS);
    config.setValidationTimeout(
        connector.validationQuery() == null ? MIN_TIMEOUT_MILLIS : QUERY_TIMEOUT_MILLIS);
    config.setInitializationFailTimeout(-1);
    config.setThreadFactory(threads);
    config.setScheduledExecutor(housekeeper);
    config.setAutoCommit(true);
    config.setReadOnly(readOnly);
    config.validate();
    this.connections = new HikariPool(config);
  }

  /** A closed pool opens nothing, whatever HikariCP still has scheduled. */
  private Connector guarded(Connector connector) {
    return new Connector() {
      @Override
      public Connection open() throws SQLException {
        if (closed) {
          throw new SQLException("the pool of " + name + " is closed");
        }
        try {
          Connection opened = connector.open();
          openings.opened();
          return opened;
        } catch (SQLException | RuntimeException e) {
          openings.failed(e);
          throw e;
        }
      }
    };
  }

  /**
   * Why no connection could be opened last: null when one was, the pool is closed, or nobody has
   * asked it to grow for long, as after a user who is gone.
   *
   * @param now by {@link System#nanoTime()}
   */
  PoolTrouble trouble(long now) {
    return closed || now - grownAt.get() > WANTED_NANOS ? null : openings.trouble();
  }

  /** Name of the replica. */
  public String name() {
    return name;
  }

  Connector connector() {
    return connector;
  }

  /** Leases that an application connection holds now. Takes as long as the pool has leases. */
  public int inUse() {
    // Looked up, not counted: few ask, and a count would be two atomic steps for each read.
    int inUse = 0;
    for (Lease lease : leases) {
      inUse += lease.isActive() ? 1 : 0;
    }
    return inUse;
  }

  /** Connections open now. */
  public int open() {
    return connections.getTotalConnections();
  }

  /**
   * A connection to the replica, or null when none is at hand. Never blocks.
   *
   * @param preferred the lease the caller had last; may be null
   */
  public Lease borrow(Lease preferred) {
    if (closed) {
      return null;
    }
    if (preferred != null && preferred.pool() == this && preferred.tryActivate()) {
      return preferred;
    }
    if (connections.getIdleConnections() > 0) {
      Lease fresh = fromPool();
      if (fresh != null) {
        return fresh;
      }
    }
    for (Lease lease : leases) {
      if (lease.tryActivate()) {
        return lease;
      }
    }
    return leases.size() < maximum && mayGrow() ? fromPool() : null;
  }

  private boolean mayGrow() {
    long last = grownAt.get();
    long now = System.nanoTime();
    return now - last >= GROW_INTERVAL_NANOS && grownAt.compareAndSet(last, now);
  }

  /** With a timeout of 0 HikariCP hands over what is idle, or asks its own thread to open one. */
  private Lease fromPool() {
    Connection pooled = null;
    try {
      pooled = connections.getConnection(0);
      openings.lent();
      Connection physical = pooled.unwrap(Connection.class);
      prepareClosedResult(physical);
      Lease lease = new Lease(this, pooled, physical);
      leases.add(lease);
      return lease;
    } catch (SQLException e) {
      if (pooled != null) {
        connections.evictConnection(pooled);
      } else {
        noneAtHand(e.getCause());
      }
      return null;
    } catch (Throwable t) {
      Throwable fault = pooled == null ? null : t;
      // Else it would count as lent for good.
      for (int tries = 0; fault != null && tries < EVICTIONS; tries++) {
        try {
          connections.evictConnection(pooled);
          fault = null;
        } catch (Throwable again) {
          fault = again;
        }
      }
      throw t;
    }
  }

  /**
   * HikariCP tells here why it could not make a connection ready, once. Failures to open one, which
   * are SQLExceptions, are known.
   */
  private void noneAtHand(Throwable why) {
    if (why != null && !(why instanceof SQLException) && why.getCause() instanceof SQLException) {
      openings.notSetUp(why.getCause());
    }
  }

  private void prepareClosedResult(Connection physical) throws SQLException {
    if (!prepared) {
      closedResult = ReusedResult.closedWithStatement(physical);
      inPlace = closedResult != null && ReusedResult.showsAnother(physical);
      prepared = true;
    }
  }

  /**
   * True when the application gets the rows of a replica through its own statement's result object,
   * as on the bare driver; false when it gets a wrapper for each execution.
   */
  public boolean isInPlace() {
    return inPlace;
  }

  /**
   * A result of a closed statement of the driver's, for drivers whose statements have one result
   * for all executions: what it answers and throws is what the application would see on the bare
   * driver. Null for other drivers, and before the first lease.
   */
  public ResultSet closedResult() {
    return closedResult;
  }

  boolean isCurrent(Lease lease) {
    return !closed && lease.pool() == this;
  }

  /** After the last lease of a closed pool: HikariCP's own threads end too. */
  private void shutDownIfDrained() {
    if (closed && leases.isEmpty()) {
      try {
        housekeeper.execute(
            new Runnable() {
              @Override
              public void run() {
                shutdown();
              }
            });
      } catch (RejectedExecutionException e) {
        // The JVM is ending, and the housekeeper has: the pool's daemon threads end with it.
        LOG.debug("{}: pool not shut down", name, e);
      }
    }
  }

  /** Its connection is HikariCP's again. After a fault in it the lease may be given back again. */
  void takeBack(Lease lease, Connection pooled, boolean broken) {
    try {
      if (jvmEnds) {
        // HikariCP makes a proxy class at its first close, which takes milliseconds.
        pooled.unwrap(Connection.class).close();
      } else {
        if (broken || closed) {
          connections.evictConnection(pooled);
        }
        pooled.close();
      }
    } catch (SQLException | LinkageError e) {
      // LinkageError: a class of HikariCP's was first needed without memory, and never works again.
      LOG.debug("{}: closing a connection failed", name, e);
    }
    leases.remove(lease);
    shutDownIfDrained();
  }

  /** Gives back leases that nobody used since the last sweep, so that HikariCP can retire them. */
  public void sweep() {
    for (Lease lease : leases) {
      try {
        if (lease.isIdle()) {
          lease.retire();
        }
      } catch (Throwable t) {
        notSwept(t);
      }
    }
  }

  /** Has those who hold leases look whether they still need them. */
  void lookAfter(long now) {
    for (Lease lease : leases) {
      try {
        lease.lookAfter(now);
      } catch (Throwable t) {
        notSwept(t);
      }
    }
  }

  /**
   * Has HikariCP's class made ready that it needs to close a connection: if that was first tried
   * when there is no memory, no connection could be closed or replaced any more in this JVM.
   */
  static void prepareClosing() {
    try {
      Class<?> unused =
          Class.forName(
              "com.zaxxer.hikari.pool.ProxyConnection$ClosedConnection",
              true,
              HikariPool.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      LOG.debug("HikariCP has no such class", e);
    }
  }

  /** The housekeeper goes on with the next one, and later with this one again. */
  static void notSwept(Throwable fault) {
    try {
      FAULTS.warn("housekeeping", "fault in looking after connections to replicas", fault);
    } catch (Throwable t) {
      // Out of memory or stack: to say so would end the same way.
    }
  }

  /** Ends the pool: parked connections are closed now, held ones when their results are. */
  public void close() {
    closed = true;
    for (Lease lease : leases) {
      lease.retire();
    }
    shutDownIfDrained();
  }

  /** {@link #close}, as the last that happens. */
  void closeAtEndOfJvm() {
    jvmEnds = true;
    close();
  }

  /** The longest that a borrower has waited for the server, by the watcher's clock. */
  long silentNanos(long now) {
    long longest = 0;
    for (Lease lease : leases) {
      longest = Math.max(longest, lease.silentNanos(now));
    }
    return longest;
  }

  /**
   * Breaks all connections, from threads of their own: some drivers ask the server first (MariaDB's
   * {@code StandardClient.abort}).
   */
  void abort() {
    for (Lease lease : leases) {
      if (lease.beginAbort() && !lease.retire()) {
        threads
            .newThread(
                new Runnable() {
                  @Override
                  public void run() {
                    lease.abort();
                  }
                })
            .start();
      }
    }
    // Those that nobody has borrowed: HikariCP closes them on a thread of its own.
    connections.softEvictConnections();
  }

  /** True when a closed pool has no connection in use any more. */
  public boolean isDrained() {
    return closed && leases.isEmpty();
  }

  /** Closed before: waits until nobody reads, then breaks what is still read. */
  void end(long deadline) {
    while (!leases.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(DRAIN_POLL_NANOS);
    }
    for (Lease lease : leases) {
      if (lease.beginAbort()) {
        lease.abort();
      }
    }
    shutdown();
  }

  private void shutdown() {
    try {
      connections.shutdown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
