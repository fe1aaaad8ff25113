package io.rwsplit.route;

/** Sets of replicas as the bits of a number. Stateless. */
final class Bits {
  private Bits() {}

  /** True when there is at most one. */
  static boolean isSingle(long bits) {
    return (bits & (bits - 1)) == 0;
  }

  /** The one with the lowest index. */
  static int first(long bits) {
    return Long.numberOfTrailingZeros(bits);
  }

  /** The {@code n}-th, counted from 0. */
  static int nth(long bits, int n) {
    long rest = bits;
    for (int i = 0; i < n; i++) {
      rest &= rest - 1;
    }
    return first(rest);
  }
}
