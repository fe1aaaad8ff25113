package io.rwsplit.report;

import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import java.util.Arrays;
import java.util.function.Supplier;

/** Writes the history of a group, sample by sample. Used by one thread. */
public final class Sampler implements Runnable {
  private final Supplier<Replica[]> replicas;
  private final Timings timings;
  private final ReplicaPools pools;
  private final History history;

  /** What had been counted at the newest sample, by node, the master first. */
  private long[][] counted;

  private long[] nanos;
  private long sampledAt = System.nanoTime();

  /**
   * A sampler whose first interval begins now.
   *
   * @param replicas by index; may become more
   * @param pools of the replicas
   */
  public Sampler(
      Supplier<Replica[]> replicas, Timings timings, ReplicaPools pools, History history) {
    this.pools = pools;
    this.replicas = replicas;
    this.timings = timings;
    this.history = history;
    this.counted = new long[0][];
    this.nanos = new long[0];
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    Replica[] all = replicas.get();
    int known = counted.length;
    if (known <= all.length) {
      counted = Arrays.copyOf(counted, all.length + 1);
      nanos = Arrays.copyOf(nanos, all.length + 1);
      for (int i = known; i <= all.length; i++) {
        counted[i] = new long[Histogram.buckets()];
      }
    }
    History.Point[] points = new History.Point[all.length + 1];
    for (int i = 0; i < points.length; i++) {
      points[i] = point(i - 1, all);
    }
    history.add(now, now - sampledAt, points);
    sampledAt = now;
  }

  private History.Point point(int node, Replica[] all) {
    long took = timings.nanos(node);
    long[] counts = timings.counts(node);
    long[] fresh = new long[counts.length];
    long executions = 0;
    for (int i = 0; i < counts.length; i++) {
      fresh[i] = counts[i] - counted[node + 1][i];
      executions += fresh[i];
    }
    long spent = took - nanos[node + 1];
    counted[node + 1] = counts;
    nanos[node + 1] = took;
    Lag lag = node == Timings.MASTER ? Lag.unknown() : all[node].lag();
    return new History.Point(
        lag.isKnown(),
        lag.isKnown() ? lag.nanos() : 0,
        executions,
        spent,
        percentile95(fresh, executions),
        node == Timings.MASTER ? 0 : pools.usage(node)[0]);
  }

  /** As Prometheus does it: even within a bucket; the greatest bound where there is none. */
  static long percentile95(long[] counts, long all) {
    double rank = 0.95 * all;
    long below = 0;
    for (int i = 0; i < counts.length - 1; i++) {
      if (counts[i] > 0 && below + counts[i] >= rank) {
        long from = i == 0 ? 0 : Histogram.bound(i - 1);
        return from + (long) ((Histogram.bound(i) - from) * (rank - below) / counts[i]);
      }
      below += counts[i];
    }
    return all == 0 ? 0 : Histogram.bound(counts.length - 2);
  }
}
