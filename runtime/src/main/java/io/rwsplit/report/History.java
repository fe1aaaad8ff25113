package io.rwsplit.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What was seen of a group's nodes, second by second, for some minutes: the newest {@link #KEPT}
 * samples. Written by one thread, read by any; a lock, which nobody of the application's path
 * takes.
 */
public final class History {
  /** So many samples are kept; ten minutes, one a second. */
  public static final int KEPT = 600;

  /** Of one node in one interval. Immutable. */
  public static final class Point {
    /** Of a node that was not there yet. */
    static final Point NONE = new Point(false, 0, 0, 0, 0, 0);

    final boolean lagKnown;
    final long lagNanos;
    final long executions;
    final long nanos;
    final long slowestTwentieth;
    final int connectionsInUse;

    Point(
        boolean lagKnown,
        long lagNanos,
        long executions,
        long nanos,
        long slowestTwentieth,
        int connectionsInUse) {
      this.lagKnown = lagKnown;
      this.lagNanos = lagNanos;
      this.executions = executions;
      this.nanos = nanos;
      this.slowestTwentieth = slowestTwentieth;
      this.connectionsInUse = connectionsInUse;
    }

    /** False when it was not known how far it was behind; of the master always. */
    public boolean isLagKnown() {
      return lagKnown;
    }

    /** How far it was behind at the end of the interval. */
    public long lagNanos() {
      return lagNanos;
    }

    /** Statements it has executed in the interval. */
    public long executions() {
      return executions;
    }

    /** What they took on average; 0 of none. */
    public double meanNanos() {
      return executions == 0 ? 0 : (double) nanos / executions;
    }

    /** What 95 of 100 took at most, as far as buckets tell; 0 of none. */
    public long percentile95Nanos() {
      return slowestTwentieth;
    }

    /** Connections of its pool that were lent at the end of the interval; 0 of the master. */
    public int connectionsInUse() {
      return connectionsInUse;
    }
  }

  /** All nodes in one interval. Immutable. */
  public static final class Sample {
    final long number;
    final long at;
    final long nanos;
    final Point[] points;

    Sample(long number, long at, long nanos, Point[] points) {
      this.number = number;
      this.at = at;
      this.nanos = nanos;
      this.points = points;
    }

    /** Its number, from 1; the next one's is greater by one. */
    public long number() {
      return number;
    }

    /** When it was taken, by {@link System#nanoTime()}. */
    public long at() {
      return at;
    }

    /** Length of the interval that it ends. */
    public long nanos() {
      return nanos;
    }

    /** What was seen of a replica by its index, or of {@link Timings#MASTER}. */
    public Point of(int node) {
      return node + 1 < points.length ? points[node + 1] : Point.NONE;
    }
  }

  /** By number modulo its length; guarded by itself. */
  private final Sample[] ring = new Sample[KEPT];

  private long newest;

  /** Adds a sample, as the newest. */
  void add(long at, long nanos, Point[] points) {
    synchronized (ring) {
      newest++;
      ring[(int) (newest % KEPT)] = new Sample(newest, at, nanos, points);
    }
  }

  /** The samples with a greater number, oldest first. */
  public List<Sample> after(long number) {
    List<Sample> all = new ArrayList<>();
    synchronized (ring) {
      long from = Math.max(Math.max(1, newest - KEPT + 1), number + 1);
      for (long i = from; i <= newest && i > 0; i++) {
        all.add(ring[(int) (i % KEPT)]);
      }
    }
    return all;
  }
}
