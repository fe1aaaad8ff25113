package io.rwsplit.catalog;

import io.rwsplit.catalog.CatalogRows.Effect;
import io.rwsplit.catalog.CatalogRows.Function;
import io.rwsplit.catalog.CatalogRows.Relation;
import io.rwsplit.catalog.CatalogRows.Routine;
import io.rwsplit.catalog.CatalogRows.View;
import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Asks a database for its catalog, with the questions of {@link CatalogQueries}. */
final class CatalogReader {
  private final Statement statement;
  private final CatalogRows rows = new CatalogRows();

  private CatalogReader(Statement statement) {
    this.statement = statement;
  }

  /** What one row is good for. */
  private interface Sink {
    void row(ResultSet row) throws SQLException;
  }

  /**
   * Reads it.
   *
   * @param relations false when functions and views are enough
   */
  static CatalogRows read(Engine engine, Connection connection, boolean relations)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      CatalogReader reader = new CatalogReader(statement);
      reader.rows.hasRelations = relations;
      switch (engine) {
        case SQLITE:
          reader.sqlite(relations);
          break;
        case POSTGRESQL:
          reader.postgres(relations);
          break;
        case MARIADB:
        case MYSQL:
          reader.mysql(relations);
          break;
        default:
          reader.h2(relations);
          break;
      }
      return reader.rows;
    }
  }

  private void postgres(boolean relations) throws SQLException {
    each(CatalogQueries.POSTGRES_FUNCTIONS, 4, this::function);
    names(CatalogQueries.POSTGRES_ATTRIBUTES, rows.attributes);
    names(CatalogQueries.POSTGRES_UNLIKE, rows.unlike);
    each(CatalogQueries.POSTGRES_VIEWS, 2, this::view);
    if (!rows.functions.isEmpty()) {
      effects(CatalogQueries.POSTGRES_REACHED, rows.reached);
    }
    if (relations) {
      each(CatalogQueries.POSTGRES_RELATIONS, 3, this::relation);
      effects(CatalogQueries.POSTGRES_TRIGGERS, rows.triggerFunctions);
      effects(CatalogQueries.POSTGRES_CASCADES, rows.cascades);
      effects(CatalogQueries.POSTGRES_CHILDREN, rows.children);
      effects(CatalogQueries.POSTGRES_EXPRESSIONS, rows.expressions);
    }
  }

  private void mysql(boolean relations) throws SQLException {
    each(CatalogQueries.MYSQL_FUNCTIONS, 4, this::function);
    each(CatalogQueries.MYSQL_VIEWS, 2, this::view);
    routines();
    effects(CatalogQueries.MYSQL_TRIGGERS, rows.triggerBodies);
    if (relations) {
      each(CatalogQueries.MYSQL_RELATIONS, 3, this::relation);
      effects(CatalogQueries.MYSQL_CASCADES, rows.cascades);
    }
  }

  private void routines() throws SQLException {
    Map<String, List<Routine>> known = new HashMap<>();
    each(
        CatalogQueries.MYSQL_ROUTINES,
        4,
        row -> {
          Routine routine = new Routine(row.getString(3), row.getString(4));
          rows.routines.add(routine);
          String key = row.getString(1) + '.' + row.getString(2);
          known.computeIfAbsent(key, k -> new ArrayList<>(1)).add(routine);
        });
    if (known.isEmpty()) {
      return;
    }
    each(
        CatalogQueries.MYSQL_PARAMETERS,
        3,
        row -> {
          List<Routine> of = known.get(row.getString(1) + '.' + row.getString(2));
          if (of != null) {
            // A function and a procedure may have one name: the first that lacks it may be wrong,
            // so both have it.
            for (Routine routine : of) {
              routine.parameters.add(CatalogRows.lower(row.getString(3)));
            }
          }
        });
  }

  private void h2(boolean relations) throws SQLException {
    Set<String> standard = new HashSet<>();
    names(CatalogQueries.H2_IS_STANDARD, standard);
    if (standard.isEmpty()) {
      each(CatalogQueries.OLD_H2_FUNCTIONS, 4, this::function);
      each(CatalogQueries.OLD_H2_VIEWS, 2, this::madeView);
    } else {
      each(CatalogQueries.H2_FUNCTIONS, 4, this::function);
      each(CatalogQueries.H2_VIEWS, 2, this::view);
    }
    if (relations) {
      each(CatalogQueries.STANDARD_RELATIONS, 3, this::relation);
    }
  }

  private void sqlite(boolean relations) throws SQLException {
    // No lambda: this may be on the way to the application's first answer.
    each(
        CatalogQueries.SQLITE_SCHEMA,
        4,
        new Sink() {
          @Override
          public void row(ResultSet row) throws SQLException {
            sqliteObject(row);
          }
        });
    rows.relations.add(new Relation("sqlite_master", RelationKind.SYSTEM, false));
    rows.relations.add(new Relation("sqlite_schema", RelationKind.SYSTEM, false));
    if (relations) {
      effects(CatalogQueries.SQLITE_CASCADES, rows.cascades);
    }
  }

  private void sqliteObject(ResultSet row) throws SQLException {
    String name = row.getString(2);
    String sql = row.getString(4);
    switch (row.getString(1)) {
      case "view":
        rows.views.add(new View(name, query(sql)));
        rows.relations.add(new Relation(name, RelationKind.VIEW, false));
        break;
      case "trigger":
        rows.triggerBodies.add(new Effect(row.getString(3), sql));
        break;
      default:
        rows.relations.add(sqliteTable(name, sql == null ? "" : sql));
        break;
    }
  }

  private Relation sqliteTable(String name, String sql) {
    if (name.regionMatches(true, 0, "sqlite_", 0, 7)) {
      return new Relation(name, RelationKind.SYSTEM, true);
    }
    if (sql.regionMatches(true, 0, "CREATE VIRTUAL", 0, 14)) {
      // It may have its content in another one (FTS5).
      rows.virtual.add(new Effect(name, sql));
      return new Relation(name, RelationKind.VIRTUAL, false);
    }
    return new Relation(name, RelationKind.TABLE, true);
  }

  /** SQLite keeps the statement that made the view; its query begins after an AS. */
  static String query(String sql) {
    if (sql == null) {
      return null;
    }
    String upper = sql.toUpperCase(Locale.ROOT);
    for (int at = upper.indexOf("AS"); at > 0; at = upper.indexOf("AS", at + 1)) {
      if (at + 2 < upper.length() && !isNamePart(upper, at - 1) && !isNamePart(upper, at + 2)) {
        String query = sql.substring(at + 2).trim();
        String begin = query.toUpperCase(Locale.ROOT);
        if (begin.startsWith("SELECT") || begin.startsWith("WITH") || begin.startsWith("VALUES")) {
          return query;
        }
      }
    }
    return null;
  }

  private static boolean isNamePart(String text, int at) {
    char c = text.charAt(at);
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private void function(ResultSet row) throws SQLException {
    rows.functions.add(
        new Function(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }

  private void view(ResultSet row) throws SQLException {
    rows.views.add(new View(row.getString(1), row.getString(2)));
  }

  private void madeView(ResultSet row) throws SQLException {
    rows.views.add(new View(row.getString(1), query(row.getString(2))));
  }

  private void relation(ResultSet row) throws SQLException {
    rows.relations.add(
        new Relation(row.getString(1), RelationKind.valueOf(row.getString(2)), row.getInt(3) != 0));
  }

  private void names(String sql, Set<String> into) throws SQLException {
    each(sql, 1, row -> into.add(CatalogRows.lower(row.getString(1))));
  }

  private void effects(String sql, List<Effect> list) throws SQLException {
    each(sql, 2, row -> list.add(new Effect(row.getString(1), row.getString(2))));
  }

  private void each(String sql, int columns, Sink sink) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        for (int i = 1; i <= columns; i++) {
          rows.values.add(result.getString(i));
        }
        sink.row(result);
      }
    }
    rows.values.add("");
  }
}
