package io.rwsplit.route;

import io.rwsplit.topology.Replica;
import java.util.TreeMap;

/** The first by rank; equals in turn. */
final class Priority extends Chooser {
  /** The replicas of each rank, lowest first. */
  private final long[] ranks;

  private final Chooser equals = new RoundRobin();

  Priority(Replica[] replicas) {
    TreeMap<Integer, Long> byRank = new TreeMap<>();
    for (Replica replica : replicas) {
      Integer rank = replica.traits().priority();
      Long others = byRank.get(rank);
      byRank.put(rank, (others == null ? 0 : others) | 1L << replica.index());
    }
    this.ranks = new long[byRank.size()];
    int i = 0;
    for (Long bits : byRank.values()) {
      ranks[i++] = bits;
    }
  }

  @Override
  int choose(long eligible, Balancer.Load load) {
    long first = first(eligible);
    return Bits.isSingle(first) ? Bits.first(first) : equals.choose(first, load);
  }

  private long first(long eligible) {
    for (long rank : ranks) {
      if ((rank & eligible) != 0) {
        return rank & eligible;
      }
    }
    return eligible;
  }

  @Override
  double promised(int replica, long eligible) {
    long first = first(eligible);
    return (first & (1L << replica)) == 0 ? 0 : 1.0 / Long.bitCount(first);
  }

  @Override
  public String toString() {
    return "priority";
  }
}
