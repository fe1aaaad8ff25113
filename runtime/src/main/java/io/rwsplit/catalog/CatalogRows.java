package io.rwsplit.catalog;

import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The functions and views that users and extensions have made, as the catalog lists them. Facts:
 * PostgreSQL "pg_proc", "pg_class" and "Function Volatility Categories"; MariaDB and MySQL
 * "Information Schema VIEWS" and "ROUTINES", which list what the user may use; SQLite "The Schema
 * Table".
 */
final class CatalogRows {
  /** PostgreSQL gives what {@code initdb} makes lower numbers than this. */
  private static final String USER_OBJECTS = "oid >= 16384";

  private static final String POSTGRES_FUNCTIONS =
      "SELECT p.proname, p.provolatile, l.lanname, p.prosrc FROM pg_catalog.pg_proc p"
          + " JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p."
          + USER_OBJECTS;

  private static final String POSTGRES_VIEWS =
      "SELECT c.relname, CASE WHEN c.relkind = 'v' THEN pg_catalog.pg_get_viewdef(c.oid) END"
          + " FROM pg_catalog.pg_class c WHERE c."
          + USER_OBJECTS
          + " AND (c.relkind IN ('v', 'f') OR c.relrowsecurity)";

  private static final String MYSQL_VIEWS =
      "SELECT table_name, view_definition FROM information_schema.views"
          + " WHERE table_schema NOT IN ('sys', 'mysql', 'performance_schema', 'information_schema')";

  /** Where the server has no function of its own of that name, a stored one may be meant. */
  private static final String MYSQL_FUNCTIONS =
      "SELECT routine_name, 'v', 'sql', NULL FROM information_schema.routines"
          + " WHERE routine_type = 'FUNCTION' AND routine_schema NOT IN ('sys', 'mysql')";

  private static final String SQLITE_VIEWS =
      "SELECT name, sql FROM sqlite_master WHERE type = 'view'";

  /** One overload of one function. */
  static final class Function {
    final String name;

    /** As PostgreSQL's {@code provolatile}. */
    final String volatility;

    final String language;
    final String body;

    Function(String name, String volatility, String language, String body) {
      this.name = lower(name);
      this.volatility = volatility;
      this.language = language;
      this.body = body == null ? "" : body;
    }
  }

  /** One view, or a table that is read through functions. */
  static final class View {
    final String name;

    /** A query; null when it is not known or none. */
    final String definition;

    View(String name, String definition) {
      this.name = lower(name);
      this.definition = definition;
    }
  }

  final List<Function> functions;
  final List<View> views;

  CatalogRows(List<Function> functions, List<View> views) {
    this.functions = Collections.unmodifiableList(functions);
    this.views = Collections.unmodifiableList(views);
  }

  /** Reads them over a connection to the master. */
  static CatalogRows read(Engine engine, Connection connection) throws SQLException {
    List<Function> functions = new ArrayList<>();
    List<View> views = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      String ofFunctions = functionsOf(engine);
      if (ofFunctions != null) {
        try (ResultSet rows = statement.executeQuery(ofFunctions)) {
          while (rows.next()) {
            functions.add(
                new Function(
                    rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
          }
        }
      }
      try (ResultSet rows = statement.executeQuery(viewsOf(engine))) {
        while (rows.next()) {
          views.add(new View(rows.getString(1), query(engine, rows.getString(2))));
        }
      }
    }
    return new CatalogRows(functions, views);
  }

  private static String functionsOf(Engine engine) {
    switch (engine) {
      case POSTGRESQL:
        return POSTGRES_FUNCTIONS;
      case MYSQL:
      case MARIADB:
        return MYSQL_FUNCTIONS;
      default:
        return null;
    }
  }

  private static String viewsOf(Engine engine) {
    switch (engine) {
      case POSTGRESQL:
        return POSTGRES_VIEWS;
      case SQLITE:
        return SQLITE_VIEWS;
      default:
        return MYSQL_VIEWS;
    }
  }

  /** SQLite keeps the statement that made the view. */
  private static String query(Engine engine, String definition) {
    if (engine != Engine.SQLITE || definition == null) {
      return definition;
    }
    int as = definition.toUpperCase(Locale.ROOT).indexOf(" AS ");
    return as < 0 ? null : definition.substring(as + 4);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
