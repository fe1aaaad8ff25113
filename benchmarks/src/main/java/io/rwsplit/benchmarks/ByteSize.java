package io.rwsplit.benchmarks;

import java.util.Locale;

/** A number of bytes, written as {@code 10m} or {@code 1g}. Immutable. */
final class ByteSize {
  private final long bytes;

  private ByteSize(long bytes) {
    this.bytes = bytes;
  }

  static ByteSize of(long bytes) {
    return new ByteSize(bytes);
  }

  /**
   * @throws IllegalArgumentException when it is not a number with k, m or g of at least a mebibyte
   */
  static ByteSize parse(String text) {
    if (!text.matches("[1-9][0-9]{0,5}[kmg]")) {
      throw new IllegalArgumentException(text);
    }
    int shift = 10 * ("kmg".indexOf(text.charAt(text.length() - 1)) + 1);
    long bytes = Long.parseLong(text.substring(0, text.length() - 1)) << shift;
    if (bytes < 1 << 20) {
      throw new IllegalArgumentException(text);
    }
    return new ByteSize(bytes);
  }

  long bytes() {
    return bytes;
  }

  double megabytes() {
    return bytes / 1e6;
  }

  @Override
  public String toString() {
    int unit = bytes >= 1 << 30 ? 30 : 20;
    double number = (double) bytes / (1L << unit);
    String digits = number == Math.rint(number) ? "%.0f" : "%.1f";
    return String.format(Locale.ROOT, digits + (unit == 30 ? "g" : "m"), number);
  }
}
