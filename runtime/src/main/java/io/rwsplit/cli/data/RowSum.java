package io.rwsplit.cli.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Makes of a row's values, whatever their length, 128 bits. Used by one thread. */
final class RowSum {
  private final MessageDigest digest;

  RowSum() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The sum of the row's texts from a column on: two numbers. */
  long[] of(ResultSet row, int from, int count) throws SQLException {
    for (int i = from; i < from + count; i++) {
      String text = row.getString(i);
      byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(5).putInt(bytes.length).put(mark(text)).array());
      digest.update(bytes);
    }
    ByteBuffer sum = ByteBuffer.wrap(digest.digest());
    return new long[] {sum.getLong(), sum.getLong()};
  }

  private static byte mark(String text) {
    return (byte) (text == null ? 0 : 1);
  }

  static boolean same(long[] one, long[] other) {
    return one == null ? other == null : other != null && Arrays.equals(one, other);
  }
}
