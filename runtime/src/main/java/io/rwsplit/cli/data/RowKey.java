package io.rwsplit.cli.data;

import java.util.Arrays;
import java.util.List;

/** The key of a row. Immutable. */
final class RowKey {
  final Object[] values;

  RowKey(Object[] values) {
    this.values = values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey && Arrays.deepEquals(values, ((RowKey) other).values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  /** {@code id=5}. */
  String shown(List<KeyColumn> columns) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      shown.append(i == 0 ? "" : ", ").append(columns.get(i).name).append('=');
      shown.append(
          values[i] instanceof byte[] ? hex((byte[]) values[i]) : String.valueOf(values[i]));
    }
    return shown.toString();
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder("x'");
    for (byte each : bytes) {
      hex.append(Character.forDigit(each >> 4 & 15, 16)).append(Character.forDigit(each & 15, 16));
    }
    return hex.append('\'').toString();
  }
}
