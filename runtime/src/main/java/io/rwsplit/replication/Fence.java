package io.rwsplit.replication;

/**
 * A full memory fence in Java 8.
 *
 * <p>A volatile write followed by a volatile read orders every access before it, mapped memory
 * included, against every access after it: HotSpot emits a store-load barrier between the two and
 * moves no access across either.
 */
final class Fence {
  private static volatile int cell;

  private Fence() {}

  /** Orders all earlier loads and stores of this thread before all later ones. */
  static int full() {
    cell = 1;
    return cell;
  }
}
