package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** Executions that took long: how many on each node, and the newest of them. Thread-safe. */
public final class SlowStatements {
  /** So many are kept. */
  public static final int KEPT = 50;

  /** Chars of a digest that are kept. */
  private static final int MOST_CHARS = 1_000;

  private final long threshold;

  /** By node, the master first. Never changed: another array takes its place. */
  private volatile LongAdder[] counts;

  private final AtomicLong next = new AtomicLong();
  private final AtomicReferenceArray<SlowStatement> newest = new AtomicReferenceArray<>(KEPT);

  SlowStatements(int replicas, long threshold) {
    this.threshold = threshold;
    LongAdder[] adders = new LongAdder[replicas + 1];
    for (int i = 0; i < adders.length; i++) {
      adders[i] = new LongAdder();
    }
    this.counts = adders;
  }

  /** A replica joins, with the next index. */
  void add() {
    LongAdder[] more = Arrays.copyOf(counts, counts.length + 1);
    more[counts.length] = new LongAdder();
    counts = more;
  }

  void ended(int node, Classification what, RouteReason why, long nanos) {
    if (threshold == 0 || nanos <= threshold) {
      return;
    }
    counts[node + 1].increment();
    long number = next.getAndIncrement();
    String digest = what == null ? null : what.digest();
    if (digest != null && digest.length() > MOST_CHARS) {
      digest = digest.substring(0, MOST_CHARS) + "…";
    }
    newest.set(
        (int) (number % KEPT),
        new SlowStatement(number, node, digest, why, nanos, System.nanoTime()));
  }

  /** What takes longer is slow, in nanoseconds; 0: nothing is. */
  public long threshold() {
    return threshold;
  }

  /** Slow executions on a node since the start. */
  public long count(int node) {
    return counts[node + 1].sum();
  }

  /** The newest, newest first; at most {@link #KEPT}. */
  public List<SlowStatement> newest() {
    List<SlowStatement> all = new ArrayList<>();
    for (int i = 0; i < KEPT; i++) {
      SlowStatement each = newest.get(i);
      if (each != null) {
        all.add(each);
      }
    }
    Collections.sort(all, (a, b) -> Long.compare(b.number(), a.number()));
    return all;
  }
}
