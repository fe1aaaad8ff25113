package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.topology.Replica;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The replicas of a running group by index, and who watches each. A replica keeps its index from
 * its first day to the group's end, and one that joins gets the next. Thread-safe: whoever asks
 * gets arrays that are never changed.
 */
final class Nodes implements Supplier<Replica[]> {
  /** Sets of replicas are bits of a long. */
  static final int MOST = Long.SIZE;

  private final Settings settings;
  private final AppDriver driver;
  private final ReplicaPools pools;

  /** What speaks against one of which nothing is known yet; may be null. */
  private final String waiting;

  private final boolean positions;

  /** Never longer than {@link #watches}. */
  private volatile Replica[] replicas;

  private volatile ReplicaWatch[] watches;

  /**
   * Watches that do nothing yet.
   *
   * @param waiting what speaks against a replica at first; null for nothing
   * @param positions true where its position is asked for before it serves
   */
  Nodes(
      Settings settings,
      AppDriver driver,
      Replica[] replicas,
      ReplicaPools pools,
      String waiting,
      boolean positions) {
    this.settings = settings;
    this.driver = driver;
    this.pools = pools;
    this.waiting = waiting;
    this.positions = positions;
    this.replicas = replicas;
    ReplicaWatch[] made = new ReplicaWatch[replicas.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = watch(replicas[i], settings);
    }
    this.watches = made;
  }

  /** The replicas, by index. */
  @Override
  public Replica[] get() {
    return replicas;
  }

  Replica replica(int index) {
    return replicas[index];
  }

  /** Who watches each, by index. */
  ReplicaWatch[] watches() {
    return watches;
  }

  ReplicaWatch watch(int index) {
    return watches[index];
  }

  /** What tells of pools that open no connections; does nothing by itself. */
  PoolWatch poolWatch() {
    return new PoolWatch(pools, this, settings);
  }

  /** A watch that does nothing yet. */
  ReplicaWatch watch(Replica replica, Settings newest) {
    ReadProbe probe = new ReadProbe(driver, replica.index(), settings.engine());
    DaemonThreads threads = new DaemonThreads("" + replica.name() + "-probe");
    ReplicaWatch watch = new ReplicaWatch(replica, settings, probe, waiting, threads);
    if (newest.balance().isDrained(replica.name())) {
      watch.drain(Adjustments.DRAINED);
    }
    if (positions) {
      watch.position(ServerPositions.WAITING);
      watch.whenSilent(
          new Runnable() {
            @Override
            public void run() {
              pools.abort(replica.index());
            }
          });
    }
    return watch;
  }

  /** These and one more, with the next index. */
  Replica[] with(Replica one) {
    Replica[] more = Arrays.copyOf(replicas, replicas.length + 1);
    more[replicas.length] = one;
    return more;
  }

  /** A replica joins that is watched already. */
  void add(Replica replica) {
    replicas = with(replica);
  }

  /** Somebody watches a replica that has left, or the one that joins next. */
  void put(int index, ReplicaWatch watch) {
    ReplicaWatch[] others = Arrays.copyOf(watches, Math.max(watches.length, index + 1));
    others[index] = watch;
    watches = others;
  }
}
