package io.rwsplit.catalog;

import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.sql.WriteNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which names the functions of a database hold, with all that they call. Not changed once made. */
final class FunctionBodies {
  /** Functions with effects, but on nothing that a read of a user's table could show. */
  private static final Set<String> OFF_TABLES =
      new HashSet<>(
          Arrays.asList(
              "nextval",
              "setval",
              "currval",
              "lastval",
              "pg_notify",
              "set_config",
              "current_setting",
              "txid_current",
              "pg_current_xact_id",
              "pg_advisory_lock",
              "pg_advisory_xact_lock",
              "pg_trigger_depth",
              "last_insert_id",
              "last_insert_rowid",
              "changes",
              "total_changes",
              "row_count",
              "found_rows",
              "raise"));

  /** One overload. */
  private static final class Body {
    /** Null when the function is compiled, or may hide a name. */
    final WriteNames names;

    /** Compiled, and without effects by its own word. */
    final boolean harmless;

    /** Compiled, and without a look at any table by its own word. */
    final boolean immutable;

    Body(WriteNames names, boolean harmless, boolean immutable) {
      this.names = names;
      this.harmless = harmless;
      this.immutable = immutable;
    }
  }

  private final SqlClassifier classifier;
  private final Map<String, List<Body>> bodies = new HashMap<>();

  FunctionBodies(List<CatalogRows.Function> functions, SqlClassifier classifier) {
    this.classifier = classifier;
    for (CatalogRows.Function function : functions) {
      boolean compiled = function.language.equals("c") || function.language.equals("internal");
      boolean readable = function.language.equals("sql") || function.language.equals("plpgsql");
      WriteNames names =
          readable && !function.body.isEmpty() ? classifier.namesOfBody(function.body) : null;
      bodies
          .computeIfAbsent(function.name, k -> new ArrayList<>(1))
          .add(
              new Body(
                  names,
                  compiled && !function.volatility.equals("v"),
                  compiled && function.volatility.equals("i")));
    }
  }

  /**
   * Collects the names in all functions that are reached from these calls.
   *
   * @param calls as {@link WriteNames#calls()}
   * @param reading true when it matters what they read, false when it matters what they write
   * @return false when one of them may touch what it does not name
   */
  boolean touched(Collection<String> calls, boolean reading, Set<String> into) {
    return touched(calls, reading, into, new HashSet<String>());
  }

  private boolean touched(
      Collection<String> calls, boolean reading, Set<String> into, Set<String> seen) {
    for (String call : calls) {
      if (!seen.add(call)) {
        continue;
      }
      boolean optional = call.endsWith("*");
      String name = optional ? call.substring(0, call.length() - 1) : call;
      List<Body> overloads = bodies.get(name);
      if (overloads == null) {
        if (!optional && !OFF_TABLES.contains(name) && !classifier.isListedPure(name)) {
          return false;
        }
        continue;
      }
      for (Body body : overloads) {
        if (body.names == null) {
          if (!(reading ? body.immutable : body.harmless)) {
            return false;
          }
          continue;
        }
        into.addAll(body.names.names());
        if (!touched(body.names.calls(), reading, into, seen)) {
          return false;
        }
      }
    }
    return true;
  }
}
