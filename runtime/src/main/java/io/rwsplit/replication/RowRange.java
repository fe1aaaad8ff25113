package io.rwsplit.replication;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Reads rows of a table in the order of their keys, each as a checksum of its stored values, types
 * and lengths included. Used by one thread.
 *
 * <p>Texts are read as the bytes they are stored as. Of values longer than {@link #WHOLE} bytes the
 * length and the beginning count; the rest is for the comparison of pages.
 */
final class RowRange implements AutoCloseable {
  /** Bytes of a value that are read. */
  static final int WHOLE = 1 << 20;

  private static final int BEGINNING = 1 << 16;
  private static final long PRIME = 0x100000001b3L;

  private final PreparedStatement statement;
  private final ResultSet rows;
  private final int keys;
  private final int columns;

  /**
   * Opens a range.
   *
   * @param after the rows behind this key; null from the first one
   * @param upTo and not behind this one; null to the last one
   * @param limit how many at most
   */
  RowRange(SqliteSession session, TableShape shape, Object[] after, Object[] upTo, int limit)
      throws SQLException {
    keys = shape.key.size();
    columns = shape.columns.size();
    String where = "";
    if (after != null) {
      where = " WHERE " + shape.condition(true, 1);
    }
    if (upTo != null) {
      String bound = shape.condition(false, 1 + (after == null ? 0 : keys));
      where += (after == null ? " WHERE " : " AND ") + bound;
    }
    String sql = select(shape) + where + shape.order() + " LIMIT " + limit;
    statement = session.prepare(sql);
    ResultSet opened = null;
    try {
      bind(after, 1);
      bind(upTo, 1 + (after == null ? 0 : keys));
      opened = statement.executeQuery();
    } finally {
      if (opened == null) {
        statement.close();
      }
    }
    rows = opened;
  }

  private static String select(TableShape shape) {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (TableShape.Key key : shape.key) {
      sql.append(key.sql).append(", ");
    }
    for (int i = 0; i < shape.columns.size(); i++) {
      String column = shape.columns.get(i);
      String blob = "CAST(" + column + " AS BLOB)";
      sql.append(i > 0 ? ", " : "");
      sql.append("typeof(").append(column).append("), CASE WHEN typeof(").append(column);
      sql.append(") IN ('text', 'blob') THEN length(").append(blob).append(") END, ");
      sql.append("CASE WHEN typeof(").append(column).append(") IN ('text', 'blob') THEN CASE WHEN");
      sql.append(" length(").append(blob).append(") > ").append(WHOLE).append(" THEN substr(");
      sql.append(blob).append(", 1, ").append(BEGINNING).append(") ELSE ").append(blob);
      sql.append(" END ELSE ").append(column).append(" END");
    }
    return sql.append(" FROM ").append(shape.quoted).toString();
  }

  private void bind(Object[] key, int from) throws SQLException {
    for (int i = 0; key != null && i < keys; i++) {
      statement.setObject(from + i, key[i]);
    }
  }

  boolean next() throws SQLException {
    return rows.next();
  }

  Object[] key() throws SQLException {
    Object[] key = new Object[keys];
    for (int i = 0; i < keys; i++) {
      key[i] = rows.getObject(i + 1);
    }
    return key;
  }

  /** The checksum of the present row. */
  long sum() throws SQLException {
    long sum = 0xcbf29ce484222325L;
    for (int i = 0; i < columns; i++) {
      int at = keys + 3 * i + 1;
      String type = rows.getString(at);
      sum = mix(sum, type.hashCode());
      switch (type) {
        case "integer":
          sum = mix(sum, rows.getLong(at + 2));
          break;
        case "real":
          sum = mix(sum, Double.doubleToRawLongBits(rows.getDouble(at + 2)));
          break;
        case "null":
          break;
        default:
          sum = mix(sum, rows.getLong(at + 1));
          byte[] bytes = rows.getBytes(at + 2);
          for (int j = 0; bytes != null && j < bytes.length; j++) {
            sum = (sum ^ (bytes[j] & 0xff)) * PRIME;
          }
      }
    }
    return mix(sum, columns);
  }

  static long mix(long sum, long value) {
    long mixed = (sum ^ value) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 32);
  }

  /** A key for people, and to find it again. */
  static String text(Object[] key) {
    if (key == null) {
      return "";
    }
    Object[] shown = key.clone();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] instanceof byte[]) {
        shown[i] = "x" + Arrays.hashCode((byte[]) shown[i]);
      }
    }
    String text = Arrays.toString(shown);
    return text.substring(1, text.length() - 1);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
