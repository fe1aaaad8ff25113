package io.rwsplit.compare;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.Arrays;

/**
 * The values of one row in a form in which equal ones are equal, whatever server they are from:
 * numbers by value, bytes one by one, what else the driver makes of a type by that. Immutable.
 */
final class Row {
  /** How far floating-point numbers may differ that were added up in another order. */
  private static final double CLOSE = 1e-9;

  private static final int OF_A_VALUE = 16;

  private final Object[] values;
  private final int hash;
  private final int bytes;

  private Row(Object[] values, int bytes) {
    this.values = values;
    this.hash = Arrays.hashCode(values);
    this.bytes = bytes;
  }

  /** The row at which the result is. */
  static Row of(ResultSet rows, int columns) throws SQLException {
    Object[] values = new Object[columns];
    int bytes = 0;
    for (int i = 0; i < columns; i++) {
      values[i] = comparable(rows.getObject(i + 1));
      bytes += OF_A_VALUE + size(values[i]);
    }
    return new Row(values, bytes);
  }

  private static Object comparable(Object value) throws SQLException {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigDecimal) {
      BigDecimal number = (BigDecimal) value;
      return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
    if (value instanceof Float) {
      return ((Float) value).doubleValue();
    }
    if (value instanceof byte[]) {
      return ByteBuffer.wrap((byte[]) value);
    }
    if (value instanceof Blob) {
      Blob blob = (Blob) value;
      return ByteBuffer.wrap(blob.getBytes(1, (int) Math.min(Integer.MAX_VALUE, blob.length())));
    }
    if (value instanceof Clob) {
      Clob clob = (Clob) value;
      return clob.getSubString(1, (int) Math.min(Integer.MAX_VALUE, clob.length()));
    }
    if (value instanceof SQLXML) {
      return ((SQLXML) value).getString();
    }
    if (value instanceof Array || !isOfTheJdk(value)) {
      return String.valueOf(value);
    }
    return value;
  }

  /** Of others it is not known whether they have an equality. */
  private static boolean isOfTheJdk(Object value) {
    return value == null || value.getClass().getName().startsWith("java.");
  }

  private static int size(Object value) {
    if (value instanceof String) {
      return 2 * ((String) value).length();
    }
    return value instanceof ByteBuffer ? ((ByteBuffer) value).remaining() : OF_A_VALUE;
  }

  /** About how much memory it takes. */
  int bytes() {
    return bytes;
  }

  int columns() {
    return values.length;
  }

  /** True when both have the same value in a column, or sums that rounding may explain. */
  boolean isClose(Row other, int column) {
    Object mine = values[column];
    Object theirs = other.values[column];
    if (mine instanceof Double && theirs instanceof Double) {
      double a = (Double) mine;
      double b = (Double) theirs;
      return mine.equals(theirs) || Math.abs(a - b) <= CLOSE * Math.max(Math.abs(a), Math.abs(b));
    }
    return mine == null ? theirs == null : mine.equals(theirs);
  }

  boolean isClose(Row other) {
    for (int i = 0; i < values.length; i++) {
      if (!isClose(other, i)) {
        return false;
      }
    }
    return true;
  }

  /** The first value as a text. */
  String first() {
    Object value = values.length == 0 ? null : values[0];
    return value instanceof ByteBuffer ? "(bytes)" : String.valueOf(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row
        && hash == ((Row) other).hash
        && Arrays.equals(values, ((Row) other).values);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
