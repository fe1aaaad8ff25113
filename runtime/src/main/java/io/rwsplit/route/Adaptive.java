package io.rwsplit.route;

import io.rwsplit.topology.Replica;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The better of two that are drawn by weight ("The Power of Two Choices in Randomized Load
 * Balancing", Mitzenmacher): what counts is the time to the first row, times the connections in use
 * for the weight, times the lag.
 *
 * <p>Drawing by weight instead of dividing the score by it keeps idle replicas at the parts their
 * weights say; dividing would send every read of an idle system to the heaviest. Differences below
 * a quarter are noise: the first drawn is taken. One draw in {@link #UNSEEN} is taken without a
 * look, so that a replica that was slow is measured again.
 */
final class Adaptive extends Chooser {
  private static final double NOISE = 1.25;
  private static final int UNSEEN = 32;

  private final Replica[] replicas;

  /** True when all have the same weight. */
  private final boolean even;

  Adaptive(Replica[] replicas) {
    this.replicas = replicas;
    boolean same = true;
    for (Replica replica : replicas) {
      same &= replica.traits().share() == replicas[0].traits().share();
    }
    this.even = same;
  }

  @Override
  boolean measures() {
    return true;
  }

  @Override
  int choose(long eligible, Balancer.Load load) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int first = draw(eligible, random);
    if (random.nextInt(UNSEEN) == 0) {
      return first;
    }
    int second = draw(eligible & ~(1L << first), random);
    double time = time(first);
    double otherTime = time(second);
    if (time == 0 || otherTime == 0) {
      // One was never measured: the rest decides.
      time = 1;
      otherTime = 1;
    }
    return time * burden(first, load) > NOISE * otherTime * burden(second, load) ? second : first;
  }

  private int draw(long from, ThreadLocalRandom random) {
    if (even || Bits.isSingle(from)) {
      return Bits.nth(from, random.nextInt(Long.bitCount(from)));
    }
    int total = 0;
    for (long rest = from; rest != 0; rest &= rest - 1) {
      total += replicas[Bits.first(rest)].traits().share();
    }
    int left = random.nextInt(total);
    for (long rest = from; ; rest &= rest - 1) {
      int replica = Bits.first(rest);
      left -= replicas[replica].traits().share();
      if (left < 0) {
        return replica;
      }
    }
  }

  private double time(int replica) {
    return replicas[replica].latency().nanos();
  }

  private double burden(int replica, Balancer.Load load) {
    Replica of = replicas[replica];
    return (1 + (double) load.inUse(replica) / of.traits().share()) * (2 - of.freshness());
  }

  @Override
  double promised(int replica, long eligible) {
    return Double.NaN;
  }

  @Override
  double score(int replica, Balancer.Load load) {
    double time = time(replica);
    return (time == 0 ? 1 : time) * burden(replica, load);
  }

  @Override
  public String toString() {
    return "adaptive";
  }
}
