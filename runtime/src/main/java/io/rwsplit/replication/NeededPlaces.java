package io.rwsplit.replication;

import java.util.Arrays;

/**
 * Places in the order of frames whose state somebody may ask for: those of open reads, and all from
 * the oldest that a read may begin at. Not thread-safe.
 */
final class NeededPlaces {
  private long[] points = new long[8];
  private int count;
  private long from = Long.MAX_VALUE;
  private boolean sorted = true;

  void add(long place) {
    if (count == points.length) {
      points = Arrays.copyOf(points, count * 2);
    }
    points[count++] = place;
    sorted = false;
  }

  void allFrom(long place) {
    from = Math.min(from, place);
  }

  /** The first needed place; {@link Long#MAX_VALUE} when there is none. */
  long first() {
    sort();
    return count == 0 ? from : Math.min(from, points[0]);
  }

  /**
   * Forgets the oldest place; those from which all are needed only when no other is left.
   *
   * @param end beyond all places
   * @return the place below which places are forgotten now
   */
  long removeFirst(long end) {
    sort();
    if (count == 0) {
      from = Long.MAX_VALUE;
      return end;
    }
    long removed = points[0];
    System.arraycopy(points, 1, points, 0, --count);
    return removed + 1;
  }

  /** True when a place in {@code [start, end)} is needed. */
  boolean anyIn(long start, long end) {
    if (from < end) {
      return true;
    }
    sort();
    int at = Arrays.binarySearch(points, 0, count, start);
    int next = at >= 0 ? at : -at - 1;
    return next < count && points[next] < end;
  }

  private void sort() {
    if (!sorted) {
      Arrays.sort(points, 0, count);
      sorted = true;
    }
  }
}
