package io.rwsplit.core;

import io.rwsplit.engine.Engine;
import io.rwsplit.route.PlainTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads from the master's catalog which names are plain tables, over a connection of our own. Used
 * by the monitor thread.
 */
final class MasterCatalog {
  /** A server that takes longer over its catalog has not answered. */
  private static final int SECONDS = 5;

  private final Engine engine;
  private final AppDriver driver;
  private final PlainTables tables;

  MasterCatalog(Engine engine, AppDriver driver, PlainTables tables) {
    this.engine = engine;
    this.driver = driver;
    this.tables = tables;
  }

  /**
   * Reads it; when that fails, nothing is known.
   *
   * @param allowed false while the application may want the master for itself
   */
  void read(boolean allowed) {
    long version = tables.version();
    Set<String> names = null;
    if (allowed) {
      try (Connection connection = open();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(query(engine))) {
        names = plain(rows);
      } catch (SQLException e) {
        names = null;
      }
    }
    tables.known(version, names);
  }

  private Connection open() throws SQLException {
    return engine == Engine.SQLITE ? driver.openMaster() : driver.openObserver(-1, SECONDS);
  }

  /** A name that stands for anything else, too, is none. */
  private static Set<String> plain(ResultSet rows) throws SQLException {
    Set<String> plain = new HashSet<>();
    Set<String> others = new HashSet<>();
    while (rows.next()) {
      String name = rows.getString(1).toLowerCase(Locale.ROOT);
      if (rows.getInt(2) != 0) {
        plain.add(name);
      } else {
        others.add(name);
      }
    }
    plain.removeAll(others);
    return Collections.unmodifiableSet(plain);
  }

  /** Name, and 1 for a plain table, 0 for what may read other tables. */
  private static String query(Engine engine) {
    switch (engine) {
      case SQLITE:
        // A virtual table may have its content in another one (FTS5).
        return "SELECT name, type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AS plain"
            + " FROM sqlite_master WHERE type IN ('table', 'view')";
      case POSTGRESQL:
        // A parent or partitioned table reads its children.
        return "SELECT relname AS name,"
            + " CASE WHEN relkind = 'r' AND NOT relhassubclass THEN 1 ELSE 0 END AS plain"
            + " FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f')";
      case MARIADB:
      case MYSQL:
        return "SELECT table_name AS name, CASE WHEN table_type = 'BASE TABLE'"
            + " AND COALESCE(engine, '') IN ('InnoDB', 'MyISAM', 'Aria') THEN 1 ELSE 0 END AS plain"
            + " FROM information_schema.tables";
      default:
        return "SELECT table_name AS name,"
            + " CASE WHEN table_type IN ('TABLE', 'BASE TABLE') THEN 1 ELSE 0 END AS plain"
            + " FROM information_schema.tables";
    }
  }
}
