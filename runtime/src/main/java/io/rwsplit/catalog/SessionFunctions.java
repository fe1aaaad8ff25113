package io.rwsplit.catalog;

import io.rwsplit.sql.SessionBody;
import io.rwsplit.sql.SqlClassifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which functions and procedures of a PostgreSQL, a MariaDB or a MySQL may leave something in the
 * session that calls them, by their own bodies and those of what they call, and which relations
 * lead to one of them: by triggers, defaults, views and what else is evaluated with a relation. Not
 * changed once made.
 */
final class SessionFunctions {
  private final Set<String> leaving = new HashSet<>();

  /** Those that may leave a transaction open when they fail. */
  private final Set<String> beginning = new HashSet<>();

  private final Set<String> routines = new HashSet<>();

  /** By function, what it calls and names; by relation, what it leads to. */
  private final Map<String, Set<String>> reached = new HashMap<>();

  SessionFunctions(CatalogRows rows, SqlClassifier classifier) {
    if (!classifier.hasSessionBodies()) {
      return;
    }
    for (CatalogRows.Function function : rows.functions) {
      routines.add(function.name);
      if (rows.routines.isEmpty()) {
        function(function, classifier);
      }
    }
    for (CatalogRows.Routine routine : rows.routines) {
      routines.add(routine.name);
      routine(routine, classifier);
    }
    for (CatalogRows.Effect effect : rows.triggerBodies) {
      body(effect.relation, effect.text, new HashSet<String>(), classifier);
    }
    for (CatalogRows.Effect effect : rows.reached) {
      of(effect.relation).add(effect.text.toLowerCase(Locale.ROOT));
    }
    if (!leaving.isEmpty()) {
      for (CatalogRows.View view : rows.views) {
        if (view.definition != null) {
          of(view.name).addAll(classifier.sessionBody(view.definition).names());
        }
      }
    }
    while (spread(leaving)) {
      // until nobody else reaches one of them
    }
    while (spread(beginning)) {
      // the same
    }
    reached.clear();
  }

  private Set<String> of(String name) {
    return reached.computeIfAbsent(name, k -> new HashSet<>());
  }

  private void function(CatalogRows.Function function, SqlClassifier classifier) {
    boolean readable = function.language.equals("sql") || function.language.equals("plpgsql");
    boolean compiled = function.language.equals("c") || function.language.equals("internal");
    if (readable && !function.body.isEmpty()) {
      body(function.name, function.body, new HashSet<String>(), classifier);
    } else if (!compiled && function.volatility.equals("v")) {
      // Another language, or a body that is kept parsed.
      leaving.add(function.name);
    }
  }

  private void routine(CatalogRows.Routine routine, SqlClassifier classifier) {
    if (routine.body == null) {
      leaving.add(routine.name);
    } else {
      body(routine.name, routine.body, routine.parameters, classifier);
    }
  }

  private void body(String name, String text, Set<String> parameters, SqlClassifier classifier) {
    SessionBody body = classifier.sessionBody(text);
    boolean changes = body.changes() || !parameters.containsAll(body.assigned());
    if (changes) {
      leaving.add(name);
    }
    if (body.begins()) {
      beginning.add(name);
    }
    Set<String> all = of(name);
    all.addAll(body.calls());
    all.addAll(body.names());
  }

  private boolean spread(Set<String> among) {
    boolean found = false;
    for (Map.Entry<String, Set<String>> e : reached.entrySet()) {
      if (!among.contains(e.getKey())) {
        found |= meets(among, e.getValue()) && among.add(e.getKey());
      }
    }
    return found;
  }

  private static boolean meets(Set<String> few, Collection<String> names) {
    for (String name : names) {
      if (few.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** True when nothing leaves anything. */
  boolean isEmpty() {
    return leaving.isEmpty();
  }

  /** True when one of these names, all in lower case, may leave something. Null: any name. */
  boolean anyLeaves(Set<String> names, boolean failed) {
    if (names == null) {
      return !leaving.isEmpty() || (failed && !beginning.isEmpty());
    }
    return (!leaving.isEmpty() && meets(leaving, names)) || (failed && meets(beginning, names));
  }

  /** True when all of these procedures are known. */
  boolean knowsAll(Set<String> procedures) {
    return routines.containsAll(procedures);
  }

  /** The first of these calls that may leave something; null when none may. */
  String first(Set<String> called) {
    if (!leaving.isEmpty()) {
      for (String function : called) {
        if (leaving.contains(function.substring(function.lastIndexOf('.') + 1))) {
          return function;
        }
      }
    }
    return null;
  }
}
