package io.rwsplit.replication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The stored columns of a table and the key by which its rows are read in ranges: the rowid, or the
 * primary key of a table without one, with the collations and directions of its index. Immutable.
 */
final class TableShape {
  private static final String[] ROWIDS = {"rowid", "_rowid_", "oid"};

  /** One column of the key. */
  static final class Key {
    /** The column with its collation, as SQL. */
    final String sql;

    final boolean descending;

    Key(String sql, boolean descending) {
      this.sql = sql;
      this.descending = descending;
    }
  }

  final String name;
  final String quoted;
  final List<String> columns = new ArrayList<String>();
  final List<Key> key = new ArrayList<Key>();

  private TableShape(String name) {
    this.name = name;
    this.quoted = quote(name);
  }

  /**
   * Reads it.
   *
   * @return a shape with an empty key when the rows cannot be told apart: all names of the rowid
   *     are those of columns
   */
  static TableShape of(SqliteSession session, String table) throws SQLException {
    TableShape shape = new TableShape(table);
    List<String> names = new ArrayList<String>();
    String integerKey = null;
    int keys = 0;
    try (Statement statement = session.newStatement();
        ResultSet column = statement.executeQuery("PRAGMA table_xinfo(" + shape.quoted + ")")) {
      while (column.next()) {
        String name = column.getString("name");
        names.add(name.toLowerCase(Locale.ROOT));
        if (column.getInt("pk") > 0) {
          keys++;
          boolean integer = "INTEGER".equalsIgnoreCase(column.getString("type"));
          integerKey = integer ? name : null;
        }
        // 2 is a generated column that is computed when it is read, perhaps by the application.
        if (column.getInt("hidden") != 2) {
          shape.columns.add(quote(name));
        }
      }
    }
    for (String rowid : ROWIDS) {
      if (!names.contains(rowid)) {
        if (shape.has(session, rowid)) {
          shape.key.add(new Key(rowid, false));
        } else {
          shape.primaryKey(session);
        }
        return shape;
      }
    }
    if (keys == 1 && integerKey != null) {
      shape.key.add(new Key(quote(integerKey), false));
    }
    return shape;
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private boolean has(SqliteSession session, String rowid) throws SQLException {
    try (Statement statement = session.newStatement();
        ResultSet none =
            statement.executeQuery("SELECT " + rowid + " FROM " + quoted + " LIMIT 0")) {
      return none.getMetaData().getColumnCount() == 1;
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("no such column")) {
        return false;
      }
      throw e;
    }
  }

  private void primaryKey(SqliteSession session) throws SQLException {
    String index = null;
    try (Statement statement = session.newStatement();
        ResultSet each = statement.executeQuery("PRAGMA index_list(" + quoted + ")")) {
      while (each.next()) {
        index = "pk".equals(each.getString("origin")) ? each.getString("name") : index;
      }
    }
    if (index == null) {
      return;
    }
    try (Statement statement = session.newStatement();
        ResultSet each = statement.executeQuery("PRAGMA index_xinfo(" + quote(index) + ")")) {
      while (each.next()) {
        if (each.getInt("key") != 0) {
          String sql = quote(each.getString("name")) + " COLLATE " + quote(each.getString("coll"));
          key.add(new Key(sql, each.getInt("desc") != 0));
        }
      }
    }
  }

  String order() {
    StringBuilder sql = new StringBuilder(" ORDER BY ");
    for (int i = 0; i < key.size(); i++) {
      sql.append(i > 0 ? ", " : "").append(key.get(i).sql);
      sql.append(key.get(i).descending ? " DESC" : "");
    }
    return sql.toString();
  }

  /**
   * Rows behind a key, or before it and itself. Begins with a bound on the first column, which
   * SQLite looks up in the index.
   *
   * @param from number of the parameter that the key's first column is bound to
   */
  String condition(boolean behind, int from) {
    StringBuilder sql = new StringBuilder();
    Key first = key.get(0);
    boolean greater = behind != first.descending;
    sql.append(first.sql).append(greater ? " >= ?" : " <= ?").append(from);
    sql.append(" AND (");
    for (int i = 0; i < key.size(); i++) {
      Key column = key.get(i);
      boolean last = i == key.size() - 1;
      String operator = behind != column.descending ? ">" : "<";
      sql.append(column.sql).append(' ').append(operator).append(last && !behind ? "=" : "");
      sql.append(" ?").append(i + from);
      if (!last) {
        sql.append(" OR (").append(column.sql).append(" = ?").append(i + from).append(" AND (");
      }
    }
    for (int i = 0; i < 2 * (key.size() - 1) + 1; i++) {
      sql.append(')');
    }
    return sql.toString();
  }
}
