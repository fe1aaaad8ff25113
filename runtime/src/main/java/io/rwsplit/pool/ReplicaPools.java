package io.rwsplit.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * All pools of one group of replicas: one per replica and per set of connection properties, since
 * properties change what a driver returns. Thread-safe.
 */
public final class ReplicaPools {
  /** How long a lease rests unused before HikariCP gets its connection back. */
  private static final long SWEEP_SECONDS = 30;

  /** How often it is looked for results that were forgotten. */
  private static final long LOOK_SECONDS = 1;

  /**
   * For so many sets of properties connections are kept while nobody uses them. An application may
   * connect in a way of its own for every user or job, and servers have few places.
   */
  static final int KEPT_SETS = 16;

  /** Makes the connector to a replica for an application's URL and properties. */
  public interface ConnectorFactory {
    /**
     * The connector for one replica.
     *
     * @param replica index of the replica
     * @param url the application's JDBC URL of the master
     * @param properties what the application gave its driver
     */
    Connector connector(int replica, String url, Properties properties);
  }

  private final List<String> names;
  private final int maximum;
  private final int minimumIdle;
  private final boolean readOnly;
  private final ThreadFactory threads;
  private final ConnectorFactory connectors;
  private final ScheduledThreadPoolExecutor housekeeper;
  private final AtomicInteger created = new AtomicInteger();
  private final Map<List<Object>, Family> families = new ConcurrentHashMap<>();

  /** The slots of one set of properties. */
  private static final class Family {
    final PoolSlot[] slots;
    final String url;
    final Properties properties;
    final boolean kept;

    Family(PoolSlot[] slots, String url, Properties properties, boolean kept) {
      this.slots = slots;
      this.kept = kept;
      this.url = url;
      this.properties = properties;
    }
  }

  /**
   * @param names of the replicas, in the order of their indexes
   * @param readOnly true when connections are read-only by {@code Connection.setReadOnly}
   * @param threads makes daemon threads without a context class loader
   */
  public ReplicaPools(
      List<String> names,
      int maximum,
      int minimumIdle,
      boolean readOnly,
      ThreadFactory threads,
      ConnectorFactory connectors) {
    this.names = new ArrayList<>(names);
    this.maximum = maximum;
    this.minimumIdle = minimumIdle;
    this.readOnly = readOnly;
    this.threads = threads;
    this.connectors = connectors;
    this.housekeeper = new ScheduledThreadPoolExecutor(1, threads);
    housekeeper.setRemoveOnCancelPolicy(true);
    ScheduledFuture<?> unused =
        housekeeper.scheduleWithFixedDelay(
            new Runnable() {
              @Override
              public void run() {
                sweep();
              }
            },
            SWEEP_SECONDS,
            SWEEP_SECONDS,
            TimeUnit.SECONDS);
    ScheduledFuture<?> unusedToo =
        housekeeper.scheduleWithFixedDelay(
            new Runnable() {
              @Override
              public void run() {
                lookAfter();
              }
            },
            LOOK_SECONDS,
            LOOK_SECONDS,
            TimeUnit.SECONDS);
  }

  /**
   * The slots, by replica index, for connections opened with these properties.
   *
   * @param variant what else tells sets of connections apart, for example URL parameters
   * @param properties which nobody changes any more
   */
  public PoolSlot[] slots(String variant, String url, Properties properties) {
    List<Object> key = new ArrayList<>(2);
    key.add(variant);
    key.add(properties);
    return families.computeIfAbsent(
            key,
            new Function<List<Object>, Family>() {
              @Override
              public Family apply(List<Object> absent) {
                return family(url, properties, created.getAndIncrement() < KEPT_SETS);
              }
            })
        .slots;
  }

  private Family family(String url, Properties properties, boolean kept) {
    PoolSlot[] slots = new PoolSlot[names.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new PoolSlot(pool(i, url, properties, kept));
    }
    return new Family(slots, url, properties, kept);
  }

  private ReplicaPool pool(int replica, String url, Properties properties, boolean kept) {
    Connector connector = connectors.connector(replica, url, properties);
    return new ReplicaPool(
        names.get(replica),
        connector,
        maximum,
        kept ? minimumIdle : ReplicaPool.NOTHING_KEPT,
        readOnly,
        threads,
        housekeeper);
  }

  /**
   * Ends the pools of one replica, whose database is about to be built anew: nothing is lent until
   * {@link #renew}.
   *
   * @return the pools; {@link ReplicaPool#isDrained()} tells when their last connection is closed
   */
  public List<ReplicaPool> retire(int replica) {
    List<ReplicaPool> retired = new ArrayList<>();
    for (Family family : families.values()) {
      ReplicaPool pool = family.slots[replica].pool();
      pool.close();
      retired.add(pool);
    }
    return retired;
  }

  /**
   * Breaks the connections to a replica that does not answer, so that nobody waits for it any
   * longer. Does not block.
   */
  public void abort(int replica) {
    for (Family family : families.values()) {
      family.slots[replica].pool().abort();
    }
  }

  /**
   * The longest that a read on a replica has waited for the server. Called by one thread.
   *
   * @param now of the caller's clock, in nanoseconds
   */
  public long silentNanos(int replica, long now) {
    long longest = 0;
    for (Family family : families.values()) {
      longest = Math.max(longest, family.slots[replica].pool().silentNanos(now));
    }
    return longest;
  }

  /** Puts fresh pools into the slots of a replica. */
  public void renew(int replica) {
    for (Family family : families.values()) {
      family
          .slots[replica]
          .exchange(pool(replica, family.url, family.properties, family.kept))
          .close();
    }
  }

  /** {@link #usage(int)} of every replica, by its index. */
  public int[][] usage() {
    int[][] usage = new int[names.size()][];
    for (int i = 0; i < usage.length; i++) {
      usage[i] = usage(i);
    }
    return usage;
  }

  /** Connections to a replica over all sets of properties: in use, open, and how many may be. */
  public int[] usage(int replica) {
    int inUse = 0;
    int open = 0;
    int most = 0;
    for (Family family : families.values()) {
      ReplicaPool pool = family.slots[replica].pool();
      inUse += pool.inUse();
      open += pool.open();
      most += maximum;
    }
    return new int[] {inUse, open, most};
  }

  private void lookAfter() {
    long now = System.nanoTime();
    for (Family family : families.values()) {
      for (PoolSlot slot : family.slots) {
        slot.pool().lookAfter(now);
      }
    }
  }

  private void sweep() {
    for (Family family : families.values()) {
      for (PoolSlot slot : family.slots) {
        slot.pool().sweep();
      }
    }
  }

  /**
   * Ends every pool while the JVM goes on: all connections are closed, and no thread stays.
   *
   * @param nanos how long results that the application still reads may hold it up
   */
  public void end(long nanos) {
    long deadline = System.nanoTime() + nanos;
    close();
    for (Family family : families.values()) {
      for (PoolSlot slot : family.slots) {
        slot.pool().end(deadline);
      }
    }
    families.clear();
    housekeeper.shutdownNow();
  }

  /**
   * Ends every pool, since the JVM ends: nothing is lent any more, and connections in use are
   * closed when their results are. HikariCP itself is not shut down, which would cost more than its
   * daemon threads and idle connections do that end with the JVM.
   */
  public void close() {
    housekeeper.shutdown();
    for (Family family : families.values()) {
      for (PoolSlot slot : family.slots) {
        slot.pool().close();
      }
    }
  }
}
