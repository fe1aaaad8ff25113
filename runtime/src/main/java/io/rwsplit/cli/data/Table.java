package io.rwsplit.cli.data;

import java.util.ArrayList;
import java.util.List;

/** A table as it is compared. Written by the dialect, read-only then. */
final class Table {
  final String name;
  final String quoted;
  final List<Column> columns = new ArrayList<>();

  /** Empty when rows cannot be told apart by a key. */
  final List<KeyColumn> key = new ArrayList<>();

  Table(String name, String quoted) {
    this.name = name;
    this.quoted = quoted;
  }

  /**
   * Reads keys, then columns, of a range of keys in their order.
   *
   * @param after true with a lower bound, which is not in the range
   * @param upTo true with an upper bound, which is
   * @param limit of rows; 0 for none
   */
  String range(boolean after, boolean upTo, int limit) {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (KeyColumn each : key) {
      sql.append(each.read).append(", ");
    }
    for (int i = 0; i < columns.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(columns.get(i).text);
    }
    sql.append(" FROM ").append(quoted);
    String word = " WHERE ";
    if (after) {
      sql.append(word);
      bound(sql, ">", false);
      word = " AND ";
    }
    if (upTo) {
      sql.append(word);
      bound(sql, "<", true);
    }
    for (int i = 0; i < key.size(); i++) {
      sql.append(i == 0 ? " ORDER BY " : ", ").append(key.get(i).order);
    }
    return limit == 0 ? sql.toString() : sql.append(" LIMIT ").append(limit).toString();
  }

  /** Begins with the first column alone, which the index is searched by. */
  private void bound(StringBuilder sql, String operator, boolean included) {
    sql.append('(').append(key.get(0).order).append(' ').append(operator).append("= ");
    sql.append(key.get(0).parameter).append(" AND (");
    for (int i = 0; i < key.size(); i++) {
      KeyColumn each = key.get(i);
      boolean last = i == key.size() - 1;
      sql.append(each.order).append(' ').append(operator).append(last && included ? "= " : " ");
      sql.append(each.parameter);
      if (!last) {
        sql.append(" OR (").append(each.order).append(" = ").append(each.parameter);
        sql.append(" AND (");
      }
    }
    for (int i = 1; i < key.size(); i++) {
      sql.append("))");
    }
    sql.append("))");
  }

  /** The one row with a key. */
  String one() {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < columns.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(columns.get(i).text);
    }
    sql.append(" FROM ").append(quoted);
    for (int i = 0; i < key.size(); i++) {
      sql.append(i == 0 ? " WHERE " : " AND ").append(key.get(i).order).append(" = ");
      sql.append(key.get(i).parameter);
    }
    return sql.toString();
  }
}
