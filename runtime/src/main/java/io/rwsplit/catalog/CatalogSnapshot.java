package io.rwsplit.catalog;

import io.rwsplit.sql.BodyNames;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
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
final class CatalogSnapshot {
  private final Set<String> pure = new HashSet<>();
  private final Set<String> impure = new HashSet<>();
  private final Set<String> hiding = new HashSet<>();

  /** Examines what the catalog lists; takes as long as the parser needs for the views. */
  CatalogSnapshot(CatalogRows rows, SqlClassifier classifier) {
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
    while (spread(bodies, views)) {
      // until nothing more is found
    }
  }

  /** The parser's thread may be busy with the application's own texts. */
  private static Classification settled(SqlClassifier classifier, String sql) {
    Classification c = classifier.classify(sql);
    for (int i = 0; i < 20 && c.reason() == Reason.CLASSIFYING; i++) {
      c = classifier.classify(sql);
    }
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
        boolean bad = !pure.containsAll(body.calls()) || meets(hiding, body.names());
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

  /** The same, or what it turns out to be once its functions and views are known. */
  Classification resolve(Classification c) {
    Classification read = c;
    if (!c.isRead()) {
      if (c.ifPure() == null) {
        return c;
      }
      for (String function : c.unknownFunctions()) {
        if (!pure.contains(function.substring(function.lastIndexOf('.') + 1))) {
          return c;
        }
      }
      read = c.ifPure();
    }
    String function = first(impure, read.functions());
    String view = first(hiding, read.names());
    return function == null && view == null
        ? read
        : read.refused(Reason.HIDDEN_EFFECT, function == null ? view : function);
  }
}
