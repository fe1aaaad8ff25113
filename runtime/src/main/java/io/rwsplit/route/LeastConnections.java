package io.rwsplit.route;

import io.rwsplit.topology.Replica;

/** The one with the fewest connections in use for its weight; equals in turn, by weight. */
final class LeastConnections extends Chooser {
  private final Replica[] replicas;
  private final Chooser equals;

  LeastConnections(Replica[] replicas) {
    this.replicas = replicas;
    boolean even = true;
    for (Replica replica : replicas) {
      even &= replica.traits().share() == replicas[0].traits().share();
    }
    this.equals = even ? new RoundRobin() : new Weighted(replicas, true);
  }

  @Override
  int choose(long eligible, Balancer.Load load) {
    long best = 0;
    double fewest = Double.MAX_VALUE;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      int replica = Bits.first(rest);
      double inUse = score(replica, load);
      if (inUse < fewest) {
        fewest = inUse;
        best = 0;
      }
      if (inUse == fewest) {
        best |= 1L << replica;
      }
    }
    return Bits.isSingle(best) ? Bits.first(best) : equals.choose(best, load);
  }

  @Override
  double promised(int replica, long eligible) {
    return Double.NaN;
  }

  @Override
  double score(int replica, Balancer.Load load) {
    return (double) load.inUse(replica) / replicas[replica].traits().share();
  }

  @Override
  public String toString() {
    return "least_connections";
  }
}
