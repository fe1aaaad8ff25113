package io.rwsplit.route;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Chooses one of the eligible replicas. Implementations are thread-safe and never block. */
public abstract class Balancer {
  /** Most replicas a balancer can tell apart. */
  public static final int MAX_REPLICAS = 64;

  /** How busy each replica is. */
  public interface Load {
    /** Connections of ours to the replica that are executing or hold an open result. */
    int inUse(int replica);
  }

  /**
   * Chooses a replica.
   *
   * @param eligible bit i is set when replica i may serve; never 0
   * @param load asked only by strategies that need it
   * @return the index of a set bit
   */
  public abstract int choose(long eligible, Load load);

  /** Each eligible replica in turn. */
  public static Balancer roundRobin() {
    return new Balancer() {
      private final AtomicInteger next = new AtomicInteger();

      @Override
      public int choose(long eligible, Load load) {
        if (Long.bitCount(eligible) == 1) {
          return Long.numberOfTrailingZeros(eligible);
        }
        int turn = next.getAndIncrement() & Integer.MAX_VALUE;
        return nth(eligible, turn % Long.bitCount(eligible));
      }
    };
  }

  /** Any eligible replica, with equal chances. */
  public static Balancer random() {
    return new Balancer() {
      @Override
      public int choose(long eligible, Load load) {
        return nth(eligible, ThreadLocalRandom.current().nextInt(Long.bitCount(eligible)));
      }
    };
  }

  /** The eligible replica with the fewest connections in use; among equals, each in turn. */
  public static Balancer leastConnections() {
    return new Balancer() {
      private final AtomicInteger next = new AtomicInteger();

      @Override
      public int choose(long eligible, Load load) {
        int count = Long.bitCount(eligible);
        int first = (next.getAndIncrement() & Integer.MAX_VALUE) % count;
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
          int replica = nth(eligible, (first + i) % count);
          int inUse = load.inUse(replica);
          if (inUse < fewest) {
            fewest = inUse;
            best = replica;
          }
        }
        return best;
      }
    };
  }

  /** The first eligible replica in the order of the configuration. */
  public static Balancer priority() {
    return new Balancer() {
      @Override
      public int choose(long eligible, Load load) {
        return Long.numberOfTrailingZeros(eligible);
      }
    };
  }

  /** Index of the {@code n}-th set bit, counted from 0. */
  static int nth(long bits, int n) {
    long rest = bits;
    for (int i = 0; i < n; i++) {
      rest &= rest - 1;
    }
    return Long.numberOfTrailingZeros(rest);
  }
}
