package io.rwsplit.route;

import io.rwsplit.topology.Replica;

/**
 * Each as often as it is fast: its part is inversely proportional to the mean time to the first
 * row. Parts, and not the fastest alone, so that all of an application's threads do not run to it
 * at once; and none less than a small one, so that one that was slow is measured again.
 */
final class ResponseTime extends Chooser {
  /** Of what the fastest gets, the least that another does. */
  private static final double LEAST = 0.05;

  private final Replica[] replicas;
  private final Turn turn = new Turn();

  ResponseTime(Replica[] replicas) {
    this.replicas = replicas;
  }

  @Override
  boolean measures() {
    return true;
  }

  @Override
  int choose(long eligible, Balancer.Load load) {
    double fastest = fastest(eligible);
    double total = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      total += part(Bits.first(rest), fastest);
    }
    double left = turn.next() * total;
    int chosen = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      chosen = Bits.first(rest);
      left -= part(chosen, fastest);
      if (left < 0) {
        return chosen;
      }
    }
    return chosen;
  }

  /** The shortest mean of a replica that was measured; 0 when none was. */
  private double fastest(long eligible) {
    double fastest = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      double nanos = replicas[Bits.first(rest)].latency().nanos();
      if (nanos != 0 && (fastest == 0 || nanos < fastest)) {
        fastest = nanos;
      }
    }
    return fastest;
  }

  /** Compared to the fastest; one that was not measured yet may be as fast. */
  private double part(int replica, double fastest) {
    double nanos = score(replica, null);
    return nanos == 0 ? 1 : Math.max(LEAST, Math.min(1, fastest / nanos));
  }

  @Override
  double promised(int replica, long eligible) {
    double fastest = fastest(eligible);
    double total = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      total += part(Bits.first(rest), fastest);
    }
    return part(replica, fastest) / total;
  }

  @Override
  double score(int replica, Balancer.Load load) {
    return replicas[replica].latency().nanos();
  }

  @Override
  public String toString() {
    return "response_time";
  }
}
