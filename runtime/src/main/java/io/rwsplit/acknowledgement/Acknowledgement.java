package io.rwsplit.acknowledgement;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What replicas must have before the application's commit returns. Thread-safe; {@link #await} is
 * the only method that blocks, and throws nothing.
 */
public abstract class Acknowledgement {
  final ReplicaProgress progress;
  final long timeoutNanos;
  final CommitWaits waits;
  final AlertLog alerts;
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder unacknowledged = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();
  private final AtomicLong longestNanos = new AtomicLong();

  Acknowledgement(ReplicaProgress progress, long timeoutNanos, AlertLog alerts) {
    this.progress = progress;
    this.timeoutNanos = timeoutNanos;
    this.waits = new CommitWaits(progress);
    this.alerts = alerts;
  }

  /** Waits, for a time at most, until the replicas have what the mode asks for. */
  public final void await(long ticket) {
    long began = System.nanoTime();
    if (reach(ticket)) {
      acknowledged.increment();
    } else {
      unacknowledged.increment();
    }
    long waited = System.nanoTime() - began;
    waitedNanos.add(waited);
    long longest = longestNanos.get();
    while (waited > longest && !longestNanos.compareAndSet(longest, waited)) {
      longest = longestNanos.get();
    }
  }

  /** Waits; true when the replicas have it that the mode asks for. */
  abstract boolean reach(long ticket);

  /** A replica has applied something, or its state has changed; never blocks. */
  public abstract void progressed();

  /** Why the replica must not be in service; null when nothing here speaks against it. */
  public String objection(int replica) {
    return null;
  }

  /** True while commits return without what the mode asks for. */
  public abstract boolean isDegraded();

  /** The mode and its present state, in words. */
  abstract String standing();

  /** Commits that returned with what the mode asks for. */
  public final long acknowledged() {
    return acknowledged.sum();
  }

  /** Commits that returned without. */
  public final long unacknowledged() {
    return unacknowledged.sum();
  }

  /** Times it was said that the mode does not hold, or cost a replica its service. */
  public final long alerts() {
    return alerts.raised();
  }

  /** One line for the summary. */
  public final String summary() {
    long commits = acknowledged() + unacknowledged();
    long mean = commits == 0 ? 0 : waitedNanos.sum() / commits;
    return standing()
        + "; commits acknowledged: "
        + acknowledged()
        + ", not: "
        + unacknowledged()
        + "; wait: "
        + micros(mean)
        + " on average, "
        + micros(longestNanos.get())
        + " at most; alerts: "
        + alerts();
  }

  private static String micros(long nanos) {
    return nanos / 1000 + " µs";
  }

  static String millis(long nanos) {
    return nanos / 1_000_000 + " ms";
  }
}
