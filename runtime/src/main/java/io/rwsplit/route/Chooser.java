package io.rwsplit.route;

/**
 * A strategy: chooses one of several replicas that may serve. Implementations are thread-safe,
 * never block and allocate nothing.
 */
public abstract class Chooser {
  /**
   * Chooses a replica.
   *
   * @param eligible bit i is set when replica i may serve; at least two are
   * @param load asked only by strategies that need it
   * @return the index of a set bit
   */
  abstract int choose(long eligible, Balancer.Load load);

  /** True when reads must be measured for it. */
  boolean measures() {
    return false;
  }

  /**
   * The part of the reads it promises a replica, between 0 and 1.
   *
   * @param eligible the replicas that may serve, this one among them
   * @return NaN when it promises none
   */
  abstract double promised(int replica, long eligible);

  /**
   * What speaks against a replica at this moment: of two, the lower is taken.
   *
   * @return NaN when it does not compare replicas
   */
  double score(int replica, Balancer.Load load) {
    return Double.NaN;
  }
}
