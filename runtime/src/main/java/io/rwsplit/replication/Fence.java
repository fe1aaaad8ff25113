package io.rwsplit.replication;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A full memory fence in Java 8.
 *
 * <p>A volatile write followed by a volatile read orders every access before it, mapped memory
 * included, against every access after it: HotSpot emits a store-load barrier between the two and
 * moves no access across either. Threads write to cells far apart, so that they do not wait for one
 * cache line.
 */
final class Fence {
  /** A power of two. */
  private static final int CELLS = 16;

  private static final int APART = 32;
  private static final AtomicIntegerArray CELL = new AtomicIntegerArray((CELLS + 1) * APART);

  private Fence() {}

  /** Orders all earlier loads and stores of this thread before all later ones. */
  static int full() {
    int cell = (((int) Thread.currentThread().getId() & (CELLS - 1)) + 1) * APART;
    CELL.set(cell, 1);
    return CELL.get(cell);
  }
}
