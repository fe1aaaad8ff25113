package io.rwsplit.catalog;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.BodyNames;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.sql.WriteNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which functions of a database are pure and which views hide what no read does, at one moment.
 * Immutable and thread-safe.
 *
 * <p>A function is pure when every overload of its name is: not volatile, and either compiled code
 * of an extension or a body in SQL or PL/pgSQL that calls only pure functions; for a stable
 * function can call a volatile one, which may then write. A view is as its query is. Names are
 * compared without their schemas, so that no search path can make a pure name mean another.
 */
public final class CatalogSnapshot {
  private final Set<String> plain = new HashSet<>();
  private boolean undecided;

  /** Null when relations were not asked for. */
  private final TableGraph graph;

  private final SessionFunctions leaving;

  private final Set<String> pure = new HashSet<>();
  private final Set<String> impure = new HashSet<>();
  private final Set<String> hiding = new HashSet<>();

  /** Relations that only the master can show. */
  private final Set<String> unlike;

  /**
   * Reads the catalog of a database, and examines it; takes as long as the parser needs for its
   * views. For explanations and tests; the router's own comes from {@link Catalog}.
   *
   * @throws SQLException when it cannot be read
   */
  public static CatalogSnapshot of(Engine engine, SqlClassifier classifier, Connection connection)
      throws SQLException {
    return new CatalogSnapshot(CatalogReader.read(engine, connection, true), classifier);
  }

  /** A view was not examined to its end: another time it may be. */
  boolean isUndecided() {
    return undecided;
  }

  /** Examines what the catalog lists; takes as long as the parser needs for the views. */
  CatalogSnapshot(CatalogRows rows, SqlClassifier classifier) {
    unlike = rows.unlike;
    leaving = new SessionFunctions(rows, classifier);
    Map<String, Set<BodyNames>> bodies = new HashMap<>();
    for (CatalogRows.Function function : rows.functions) {
      examine(function, classifier, bodies);
    }
    pure.removeAll(impure);
    Map<CatalogRows.View, Classification> views = new HashMap<>();
    for (CatalogRows.View view : rows.views) {
      Classification c = view.definition == null ? null : settled(classifier, view.definition);
      if (c == null || (!c.isRead() && c.ifPure() == null)) {
        hiding.add(view.name);
      } else {
        views.put(view, c);
      }
    }
    do {
      for (String name : rows.attributes) {
        if (impure.contains(name)) {
          hiding.add(name);
        }
      }
    } while (spread(bodies, views));
    for (CatalogRows.Relation relation : rows.relations) {
      if (relation.plain) {
        plain.add(relation.name);
      }
    }
    for (CatalogRows.Relation relation : rows.relations) {
      if (!relation.plain) {
        plain.remove(relation.name);
      }
    }
    graph = rows.hasRelations ? new TableGraph(rows, classifier, resolved(views)) : null;
  }

  /** The queries of the views that are reads; of two views of one name, neither. */
  private Map<String, Classification> resolved(Map<CatalogRows.View, Classification> views) {
    Map<String, Classification> resolved = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (Map.Entry<CatalogRows.View, Classification> e : views.entrySet()) {
      if (resolved.put(e.getKey().name, resolve(e.getValue())) != null) {
        twice.add(e.getKey().name);
      }
    }
    resolved.keySet().removeAll(twice);
    return resolved;
  }

  /**
   * True when the name, perhaps with a schema, stands for tables only that read from no other
   * relation.
   */
  public boolean isPlainTable(String name) {
    return plain.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /**
   * All tables and views whose rows a read can show, in lower case without schemas; null when that
   * cannot be told.
   *
   * @param read resolved by this
   */
  public Set<String> tablesReadBy(Classification read) {
    return graph == null ? null : graph.reads(read);
  }

  /**
   * All tables that a write changes or reads, through triggers, foreign keys, views, partitions and
   * functions; null when that cannot be told.
   *
   * @param write null when its names cannot be told
   */
  public Set<String> tablesTouchedBy(WriteNames write) {
    if (graph == null || write == null || first(hiding, write.names()) != null) {
      return null;
    }
    return graph.touches(write);
  }

  /** The parser's thread may be busy with the application's own texts. */
  private Classification settled(SqlClassifier classifier, String sql) {
    Classification c = classifier.classify(sql);
    for (int i = 0; i < 20 && c.reason() == Reason.CLASSIFYING; i++) {
      c = classifier.classify(sql);
    }
    undecided |= c.reason() == Reason.FAULT;
    return c;
  }

  private void examine(
      CatalogRows.Function function, SqlClassifier classifier, Map<String, Set<BodyNames>> bodies) {
    boolean compiled = function.language.equals("c") || function.language.equals("internal");
    boolean readable = function.language.equals("sql") || function.language.equals("plpgsql");
    if (compiled && classifier.isListedPure(function.name)) {
      // an extension's, which the dialect's own tables know better than its volatility
      return;
    }
    BodyNames body =
        readable && !function.body.isEmpty() ? classifier.namesIn(function.body) : null;
    if (function.volatility.equals("v") || !(compiled || body != null)) {
      impure.add(function.name);
      return;
    }
    pure.add(function.name);
    if (body != null) {
      bodies.computeIfAbsent(function.name, k -> new HashSet<>()).add(body);
    }
  }

  /** One round of what hides behind what; true when something new was found. */
  private boolean spread(
      Map<String, Set<BodyNames>> bodies, Map<CatalogRows.View, Classification> views) {
    boolean found = false;
    for (Map.Entry<String, Set<BodyNames>> e : bodies.entrySet()) {
      for (BodyNames body : e.getValue()) {
        boolean bad =
            !pure.containsAll(body.calls())
                || meets(hiding, body.names())
                || meets(unlike, body.names());
        if (bad && pure.remove(e.getKey())) {
          impure.add(e.getKey());
          found = true;
        }
      }
    }
    for (Map.Entry<CatalogRows.View, Classification> e : views.entrySet()) {
      if (!resolve(e.getValue()).isRead()) {
        found |= hiding.add(e.getKey().name);
      }
    }
    return found;
  }

  private static boolean meets(Set<String> few, Set<String> names) {
    return first(few, names) != null;
  }

  private static String first(Set<String> some, Set<String> names) {
    if (!some.isEmpty()) {
      for (String name : names) {
        if (some.contains(name)) {
          return name;
        }
      }
    }
    return null;
  }

  /** The relation that only the master can show, among those that are read; or null. */
  private String unlikeOf(Classification read) {
    if (unlike.isEmpty()) {
      return null;
    }
    if (!read.tablesComplete()) {
      return first(unlike, read.names());
    }
    // Not any name: a column may well have the name of its sequence.
    for (String table : read.tables()) {
      int dot = table.lastIndexOf('.');
      if (unlike.contains(dot < 0 ? table : table.substring(dot + 1))) {
        return table;
      }
    }
    return null;
  }

  /** True when nothing in the database leaves anything in a session that uses it. */
  public boolean leavesNothing() {
    return leaving.isEmpty();
  }

  /**
   * True when a text that the master has run may have left something in its session.
   *
   * @param names of functions and relations in it, in lower case, and other words; null for any
   * @param failed true when it has failed, perhaps in the middle
   */
  public boolean mayLeave(Set<String> names, boolean failed) {
    return leaving.anyLeaves(names, failed);
  }

  /** True when it knows all of these procedures, lower-case names without schemas. */
  public boolean knowsProcedures(Set<String> called) {
    return called.isEmpty() || leaving.knowsAll(called);
  }

  /** The same; what it calls may tie its session to the master from then on. */
  Classification withSession(Classification c) {
    String called = c.pin() == Pin.NONE ? leaving.first(c.unknownFunctions()) : null;
    return called == null ? c : c.pinning(Pin.SETTING, called);
  }

  /** The same, or what it turns out to be once its functions and views are known. */
  public Classification resolve(Classification c) {
    Classification read = c;
    if (c.isRead() && impure.isEmpty() && hiding.isEmpty() && unlike.isEmpty()) {
      return c;
    }
    if (!c.isRead()) {
      if (c.ifPure() == null) {
        return c;
      }
      for (String function : c.unknownFunctions()) {
        if (!pure.contains(function.substring(function.lastIndexOf('.') + 1))) {
          return withSession(c);
        }
      }
      read = c.ifPure();
    }
    String function = first(impure, read.functions());
    String view = first(hiding, read.names());
    if (function != null || view != null) {
      return read.refused(Reason.HIDDEN_EFFECT, function == null ? view : function);
    }
    String relation = unlikeOf(read);
    return relation == null ? read : read.onMaster(Reason.SESSION_STATE_TABLE, relation);
  }
}
