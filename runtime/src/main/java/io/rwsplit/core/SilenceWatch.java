package io.rwsplit.core;

import io.rwsplit.pool.ReplicaPools;

/**
 * Finds replicas that leave reads unanswered, some twenty times within the bound. A read that has
 * waited for a quarter of it makes the replica be probed at once; when the probe waits for half of
 * it too, or fails, the replica is out of service and its connections are broken, so that those who
 * wait run their reads elsewhere. A statement that is slow on a server that answers is not touched.
 *
 * <p>Time in which this JVM stood still, or this thread got no processor, is not the replicas': a
 * step of the clock counts for two intervals at most.
 */
final class SilenceWatch implements Runnable {
  private static final int STEPS = 20;

  private final ReplicaPools pools;
  private final Nodes nodes;
  private final long bound;
  private long last = System.nanoTime();
  private long clock;

  /**
   * @param bound how long a read may wait, in nanoseconds
   */
  SilenceWatch(ReplicaPools pools, Nodes nodes, long bound) {
    this.pools = pools;
    this.nodes = nodes;
    this.bound = bound;
  }

  /** How often it is to be run. */
  long intervalNanos() {
    return bound / STEPS;
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    clock += Math.min(now - last, 2 * intervalNanos());
    last = now;
    ReplicaWatch[] watches = nodes.watches();
    for (int i = 0; i < watches.length; i++) {
      watches[i].silence(pools.silentNanos(i, clock), clock, bound);
    }
  }
}
