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
import java.util.function.Function;

/**
 * All pools of one group of replicas: one per replica and per set of connection properties, since
 * properties change what a driver returns. Thread-safe.
 */
public final class ReplicaPools {
  /** How long a lease rests unused before HikariCP gets its connection back. */
  private static final long SWEEP_SECONDS = 30;

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
  private final Map<List<Object>, Family> families = new ConcurrentHashMap<>();

  /** The slots of one set of properties. */
  private static final class Family {
    final PoolSlot[] slots;
    final String url;
    final Properties properties;

    Family(PoolSlot[] slots, String url, Properties properties) {
      this.slots = slots;
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
  }

  /**
   * The slots, by replica index, for connections opened with these properties.
   *
   * @param variant what else tells sets of connections apart, for example URL parameters
   */
  public PoolSlot[] slots(String variant, String url, Properties properties) {
    List<Object> key = new ArrayList<>(2);
    key.add(variant);
    key.add(properties.clone());
    return families.computeIfAbsent(
            key,
            new Function<List<Object>, Family>() {
              @Override
              public Family apply(List<Object> absent) {
                return family(url, properties);
              }
            })
        .slots;
  }

  private Family family(String url, Properties properties) {
    PoolSlot[] slots = new PoolSlot[names.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new PoolSlot(pool(i, url, properties));
    }
    return new Family(slots, url, properties);
  }

  private ReplicaPool pool(int replica, String url, Properties properties) {
    Connector connector = connectors.connector(replica, url, properties);
    return new ReplicaPool(
        names.get(replica), connector, maximum, minimumIdle, readOnly, threads, housekeeper);
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
      family.slots[replica].exchange(pool(replica, family.url, family.properties)).close();
    }
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

  private void sweep() {
    for (Family family : families.values()) {
      for (PoolSlot slot : family.slots) {
        slot.pool().sweep();
      }
    }
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
