package io.rwsplit.consistency;

/**
 * Positions of a master in the order in which they were sampled, each with the tickets it covers.
 * Bounded: when there are too many, every other one is forgotten, which only makes a replica that
 * far behind look a little worse. Not thread-safe.
 */
final class MasterSamples {
  static final int CAPACITY = 1024;

  /** The newest sample is never forgotten, nor are so many before it. */
  private static final int KEPT = CAPACITY / 4;

  /** When the position was seen first, as a ticket. */
  private final long[] first = new long[CAPACITY];

  /** The newest ticket the position covers. */
  private final long[] newest = new long[CAPACITY];

  private final Position[] positions = new Position[CAPACITY];
  private int size;

  /** False when the position shows another history than the samples: the master lost something. */
  boolean isContinuedBy(Position position) {
    return size == 0 || position.includes(positions[size - 1]);
  }

  /** The master was at the position at some time after the ticket, which must not be older. */
  void add(long ticket, Position position) {
    if (size > 0 && positions[size - 1].includes(position)) {
      newest[size - 1] = Math.max(newest[size - 1], ticket);
      return;
    }
    if (size == CAPACITY) {
      thin();
    }
    first[size] = ticket;
    newest[size] = ticket;
    positions[size] = position;
    size++;
  }

  private void thin() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i % 2 == 1 || i >= size - KEPT) {
        first[kept] = first[i];
        newest[kept] = newest[i];
        positions[kept] = positions[i];
        kept++;
      }
    }
    for (int i = kept; i < size; i++) {
      positions[i] = null;
    }
    size = kept;
  }

  /** The newest ticket that a replica at the position covers; 0 when it covers none. */
  long coveredBy(Position reached) {
    int covered = indexCoveredBy(reached);
    return covered < 0 ? 0 : newest[covered];
  }

  /**
   * When the oldest position that the replica misses was seen, as a ticket, which may be 0;
   * negative when it misses none.
   */
  long missingSince(Position reached) {
    int missing = indexCoveredBy(reached) + 1;
    return missing == size ? -1 : first[missing];
  }

  /** The newest position; null before the first sample. */
  Position newest() {
    return size == 0 ? null : positions[size - 1];
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      positions[i] = null;
    }
    size = 0;
  }

  /** The master's positions grow, so what a replica includes is a beginning of them. */
  private int indexCoveredBy(Position reached) {
    if (size > 0 && reached.includes(positions[size - 1])) {
      return size - 1;
    }
    int low = -1;
    int high = size - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (reached.includes(positions[middle])) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
