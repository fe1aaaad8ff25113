package io.rwsplit.replication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Compares two schemas, and lists the tables whose rows are stored. Stateless. */
final class SchemaComparison {
  private SchemaComparison() {}

  static void compare(SqliteSession master, SqliteSession replica, CheckReport found)
      throws SQLException {
    Map<String, String> theirs = read(master);
    Map<String, String> ours;
    try {
      ours = read(replica);
    } catch (SQLException e) {
      found.add(Difference.Kind.UNREADABLE, "schema", e.getMessage());
      return;
    }
    for (Map.Entry<String, String> object : theirs.entrySet()) {
      String own = ours.remove(object.getKey());
      if (own == null) {
        found.add(Difference.Kind.SCHEMA, object.getKey(), "is not on the replica");
      } else if (!own.equals(object.getValue())) {
        found.add(Difference.Kind.SCHEMA, object.getKey(), "has another definition");
      }
    }
    for (String more : ours.keySet()) {
      found.add(Difference.Kind.SCHEMA, more, "is not on the master");
    }
  }

  private static Map<String, String> read(SqliteSession session) throws SQLException {
    Map<String, String> objects = new TreeMap<String, String>();
    String all = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master";
    try (Statement statement = session.newStatement();
        ResultSet rows = statement.executeQuery(all)) {
      while (rows.next()) {
        objects.put(
            rows.getString(1) + " " + rows.getString(2),
            rows.getString(3) + "|" + rows.getInt(4) + "|" + rows.getString(5));
      }
    }
    return objects;
  }

  static String version(SqliteSession session) throws SQLException {
    return session.text("PRAGMA schema_version");
  }

  /** The first table in the order of names behind {@code name}; null when there is none. */
  static String tableBehind(SqliteSession session, String name) throws SQLException {
    String quoted = "'" + name.replace("'", "''") + "'";
    return session.text(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name > "
            + quoted
            + " ORDER BY name LIMIT 1");
  }

  static boolean hasTable(SqliteSession session, String name) throws SQLException {
    String quoted = "'" + name.replace("'", "''") + "'";
    return session.text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = " + quoted)
        != null;
  }
}
