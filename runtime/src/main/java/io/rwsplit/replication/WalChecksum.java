package io.rwsplit.replication;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The running checksum of a write-ahead log.
 *
 * <p>A value is a pair of 32-bit sums packed into a long, the first sum in the upper half. Over one
 * pair of words (a, b) it becomes {@code s1' = s1 + s2 + a}, {@code s2' = s1 + 2·s2 + a + b}, which
 * is affine: over n pairs it is {@code Mⁿ·s + d} with {@code M = [[1,1],[1,2]]} and {@code d} the
 * sum of the same bytes from zero ("data term"). So a frame can be chained to another log in
 * constant time once the data term of its page is known ({@link #step}).
 */
final class WalChecksum {
  /** True when this machine's words are big-endian, and so the checksums SQLite writes here. */
  static final boolean NATIVE_BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

  private final int m00;
  private final int m01;
  private final int m10;
  private final int m11;

  /** The step over one page of {@code pageSize} bytes. */
  WalChecksum(int pageSize) {
    int[] power = {1, 0, 0, 1};
    int[] square = {1, 1, 1, 2};
    for (int n = pageSize / 8; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        power = multiply(power, square);
      }
      square = multiply(square, square);
    }
    m00 = power[0];
    m01 = power[1];
    m10 = power[2];
    m11 = power[3];
  }

  private static int[] multiply(int[] a, int[] b) {
    return new int[] {
      a[0] * b[0] + a[1] * b[2],
      a[0] * b[1] + a[1] * b[3],
      a[2] * b[0] + a[3] * b[2],
      a[2] * b[1] + a[3] * b[3]
    };
  }

  /** The sum after a page with data term {@code dataTerm}, starting from {@code sum}. */
  long step(long sum, long dataTerm) {
    int s1 = first(sum);
    int s2 = second(sum);
    return pack(m00 * s1 + m01 * s2 + first(dataTerm), m10 * s1 + m11 * s2 + second(dataTerm));
  }

  /** The sum after one pair of words. */
  static long add(long sum, int a, int b) {
    int s1 = first(sum) + a + second(sum);
    return pack(s1, second(sum) + b + s1);
  }

  /** The sum after {@code length} bytes (a multiple of 8), read as words of the given order. */
  static long add(long sum, byte[] bytes, int offset, int length, boolean bigEndian) {
    ByteBuffer words =
        ByteBuffer.wrap(bytes).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int s1 = first(sum);
    int s2 = second(sum);
    for (int i = offset, end = offset + length; i < end; i += 8) {
      s1 += words.getInt(i) + s2;
      s2 += words.getInt(i + 4) + s1;
    }
    return pack(s1, s2);
  }

  /** The sum after the first eight bytes of a frame header: page number and database size. */
  static long addFrameHeader(long sum, int page, int databaseSize, boolean bigEndian) {
    return bigEndian
        ? add(sum, page, databaseSize)
        : add(sum, Integer.reverseBytes(page), Integer.reverseBytes(databaseSize));
  }

  static long pack(int first, int second) {
    return ((long) first << 32) | (second & 0xffffffffL);
  }

  static int first(long sum) {
    return (int) (sum >>> 32);
  }

  static int second(long sum) {
    return (int) sum;
  }
}
