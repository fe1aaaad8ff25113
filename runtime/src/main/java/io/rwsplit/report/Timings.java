package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long statements take, by node and kind, and which were slow. Only where somebody can ask for
 * it: two readings of the clock and two counters are a tenth of a microsecond for each statement.
 * Thread-safe; takes no lock.
 *
 * <p>What is measured is the driver's execution call on the node itself: with most drivers to the
 * first row, with some to the last of what they fetch; not the choice of a node, nor waiting for a
 * replica to catch up.
 */
public final class Timings {
  /** The master, where else the index of a replica is asked for. */
  public static final int MASTER = -1;

  /** What was executed. */
  public enum Kind {
    /** Known to change no data. */
    READ,
    /** May change data; batches. */
    WRITE,
    /** Neither reads nor writes data: transactions, settings. */
    OTHER;

    /** In lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(Classification what) {
      if (what == null) {
        return WRITE;
      }
      switch (what.kind()) {
        case READ:
        case MASTER_READ:
        case LOCKING_READ:
          return READ;
        default:
          return what.mayWrite() ? WRITE : OTHER;
      }
    }
  }

  /** The histograms of one node. */
  private static final class OfNode {
    final Histogram reads = new Histogram();
    final Histogram writes = new Histogram();
    final Histogram others = new Histogram();

    Histogram of(Kind kind) {
      return kind == Kind.READ ? reads : kind == Kind.WRITE ? writes : others;
    }
  }

  /** The master first. Never changed: where a replica joins, another array takes its place. */
  private volatile OfNode[] nodes;

  private final SlowStatements slow;

  /**
   * @param slowNanos what takes longer is slow; 0: nothing is
   */
  public Timings(int replicas, long slowNanos) {
    OfNode[] all = new OfNode[replicas + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = new OfNode();
    }
    nodes = all;
    slow = new SlowStatements(replicas, slowNanos);
  }

  /** A replica joins, with the next index. */
  void add() {
    slow.add();
    OfNode[] more = Arrays.copyOf(nodes, nodes.length + 1);
    more[nodes.length] = new OfNode();
    nodes = more;
  }

  /**
   * An execution has ended.
   *
   * @param node index of the replica, or {@link #MASTER}
   * @param what null for a batch
   * @param why it was executed there
   */
  public void ended(int node, Classification what, RouteReason why, long nanos) {
    nodes[node + 1].of(Kind.of(what)).record(nanos);
    slow.ended(node, what, why, nanos);
  }

  /** Executions of a kind on a node. */
  public Histogram of(int node, Kind kind) {
    return nodes[node + 1].of(kind);
  }

  /** Executions of all kinds on a node by bucket of the histograms. */
  public long[] counts(int node) {
    long[] sums = new long[Histogram.buckets()];
    OfNode of = nodes[node + 1];
    of.reads.addTo(sums);
    of.writes.addTo(sums);
    of.others.addTo(sums);
    return sums;
  }

  /** Nanoseconds of all executions on a node. */
  public long nanos(int node) {
    OfNode of = nodes[node + 1];
    return of.reads.nanos() + of.writes.nanos() + of.others.nanos();
  }

  /** Those that were slow. */
  public SlowStatements slow() {
    return slow;
  }
}
