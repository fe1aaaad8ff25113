package io.rwsplit.pool;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

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

  /** Guards the names, who is retired, and which slots there are. */
  private final Object lock = new Object();

  private final List<String> names;

  /** Replicas of which nothing is lent now. */
  private final BitSet retired = new BitSet();

  private final int maximum;
  private final int minimumIdle;
  private final boolean readOnly;
  private final ThreadFactory threads;
  private final ConnectorFactory connectors;
  private final ScheduledThreadPoolExecutor housekeeper;
  private final AtomicInteger created = new AtomicInteger();
  private final Map<List<Object>, Family> families = new ConcurrentHashMap<>();

  /** How often a connection could not be opened, by replica; they only become more. */
  private final List<AtomicLong> failures = new CopyOnWriteArrayList<>();

  /** The slots of one set of properties. */
  private static final class Family {
    final PoolSlots slots;
    final String url;
    final Properties properties;
    final boolean kept;

    Family(PoolSlots slots, String url, Properties properties, boolean kept) {
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
    for (int i = 0; i < names.size(); i++) {
      failures.add(new AtomicLong());
    }
    this.maximum = maximum;
    this.minimumIdle = minimumIdle;
    this.readOnly = readOnly;
    this.threads = threads;
    this.connectors = connectors;
    this.housekeeper = new ScheduledThreadPoolExecutor(1, threads);
    housekeeper.setRemoveOnCancelPolicy(true);
    housekeeping(
        SWEEP_SECONDS,
        new Runnable() {
          @Override
          public void run() {
            sweep();
          }
        });
    housekeeping(
        LOOK_SECONDS,
        new Runnable() {
          @Override
          public void run() {
            lookAfter();
          }
        });
  }

  /** A fault is said, and does not end it. */
  private void housekeeping(long seconds, Runnable work) {
    ScheduledFuture<?> unused =
        housekeeper.scheduleWithFixedDelay(
            new Runnable() {
              @Override
              public void run() {
                try {
                  work.run();
                } catch (Throwable t) {
                  ReplicaPool.notSwept(t);
                }
              }
            },
            seconds,
            seconds,
            TimeUnit.SECONDS);
  }

  /**
   * The slots, by replica index, for connections opened with these properties.
   *
   * @param variant what else tells sets of connections apart, for example URL parameters
   * @param properties which nobody changes any more
   */
  public PoolSlots slots(String variant, String url, Properties properties) {
    List<Object> key = new ArrayList<>(2);
    key.add(variant);
    key.add(properties);
    Family known = families.get(key);
    return known == null ? added(key, url, properties).slots : known.slots;
  }

  /** Under the lock, so that a replica that joins or leaves meets it whole or not at all. */
  private Family added(List<Object> key, String url, Properties properties) {
    synchronized (lock) {
      Family family = families.get(key);
      if (family == null) {
        family = family(url, properties, created.getAndIncrement() < KEPT_SETS);
        families.put(key, family);
      }
      return family;
    }
  }

  private Family family(String url, Properties properties, boolean kept) {
    PoolSlot[] slots = new PoolSlot[names.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new PoolSlot(pool(i, url, properties, kept));
    }
    return new Family(new PoolSlots(slots), url, properties, kept);
  }

  /** Makes no connection, also later when the replica is retired. */
  private ReplicaPool pool(int replica, String url, Properties properties, boolean kept) {
    Connector connector = connectors.connector(replica, url, properties);
    ReplicaPool pool =
        new ReplicaPool(
            names.get(replica),
            connector,
            maximum,
            kept ? minimumIdle : ReplicaPool.NOTHING_KEPT,
            readOnly,
            threads,
            housekeeper,
            new Openings(failures.get(replica)));
    if (retired.get(replica)) {
      pool.close();
    }
    return pool;
  }

  /** A replica joins, with the next index: nothing is lent of it until {@link #renew}. */
  public void add(String name) {
    synchronized (lock) {
      int replica = names.size();
      names.add(name);
      failures.add(new AtomicLong());
      retired.set(replica);
      for (Family family : families.values()) {
        family.slots.add(new PoolSlot(pool(replica, family.url, family.properties, family.kept)));
      }
    }
  }

  /**
   * Ends the pools of one replica, whose database is about to be built anew, or which leaves:
   * nothing is lent until {@link #renew}.
   *
   * @return the pools; {@link ReplicaPool#isDrained()} tells when their last connection is closed
   */
  public List<ReplicaPool> retire(int replica) {
    List<ReplicaPool> ended = new ArrayList<>();
    synchronized (lock) {
      retired.set(replica);
      for (Family family : families.values()) {
        ended.add(family.slots.of(replica).pool());
      }
    }
    closeAll(ended);
    return ended;
  }

  /**
   * Breaks the connections to a replica that does not answer, so that nobody waits for it any
   * longer. Does not block.
   */
  public void abort(int replica) {
    for (Family family : families.values()) {
      family.slots.of(replica).pool().abort();
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
      longest = Math.max(longest, family.slots.of(replica).pool().silentNanos(now));
    }
    return longest;
  }

  /** Puts fresh pools into the slots of a replica. */
  public void renew(int replica) {
    List<ReplicaPool> old = new ArrayList<>();
    synchronized (lock) {
      retired.clear(replica);
      for (Family family : families.values()) {
        ReplicaPool fresh = pool(replica, family.url, family.properties, family.kept);
        old.add(family.slots.of(replica).exchange(fresh));
      }
    }
    closeAll(old);
  }

  /** All of them, whatever becomes of one; then the first fault is thrown. */
  private static void closeAll(List<ReplicaPool> pools) {
    RuntimeException first = null;
    for (ReplicaPool pool : pools) {
      try {
        pool.close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** {@link #usage(int)} of every replica, by its index. */
  public int[][] usage() {
    int[][] usage = new int[size()][];
    for (int i = 0; i < usage.length; i++) {
      usage[i] = usage(i);
    }
    return usage;
  }

  private int size() {
    synchronized (lock) {
      return names.size();
    }
  }

  /** Connections to a replica over all sets of properties: in use, open, and how many may be. */
  public int[] usage(int replica) {
    int inUse = 0;
    int open = 0;
    int most = 0;
    for (Family family : families.values()) {
      ReplicaPool pool = family.slots.of(replica).pool();
      inUse += pool.inUse();
      open += pool.open();
      most += maximum;
    }
    return new int[] {inUse, open, most};
  }

  /**
   * Why connections to a replica could not be opened last, for the set of properties for which that
   * goes on longest; null when nothing was wrong.
   *
   * @param now by {@link System#nanoTime()}
   */
  public PoolTrouble trouble(int replica, long now) {
    PoolTrouble longest = null;
    for (Family family : families.values()) {
      PoolTrouble trouble = family.slots.of(replica).pool().trouble(now);
      if (trouble != null && (longest == null || isBefore(trouble, longest, now))) {
        longest = trouble;
      }
    }
    return longest;
  }

  private static boolean isBefore(PoolTrouble one, PoolTrouble other, long now) {
    return one.isFresh(now) == other.isFresh(now)
        ? one.sinceNanos() - other.sinceNanos() < 0
        : one.isFresh(now);
  }

  /** How often a connection to a replica could not be opened. */
  public long failedOpenings(int replica) {
    return failures.get(replica).get();
  }

  private void lookAfter() {
    long now = System.nanoTime();
    for (Family family : families.values()) {
      for (PoolSlot slot : family.slots.all()) {
        slot.pool().lookAfter(now);
      }
    }
  }

  private void sweep() {
    // Not at the start, which it would cost some milliseconds.
    ReplicaPool.prepareClosing();
    for (Family family : families.values()) {
      for (PoolSlot slot : family.slots.all()) {
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
      for (PoolSlot slot : family.slots.all()) {
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
      for (PoolSlot slot : family.slots.all()) {
        slot.pool().closeAtEndOfJvm();
      }
    }
  }
}
