package io.rwsplit.catalog;

import io.rwsplit.sql.SessionBody;
import io.rwsplit.sql.SqlClassifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which functions of a PostgreSQL may leave something in the session that calls them, by their own
 * bodies and those of what they call. Not changed once made.
 */
final class SessionFunctions {
  /** What a text that is put together in a function must hold to leave something. */
  private static final String[] IN_TEXTS = {
    "search_path", "timezone", "time zone", "datestyle", "set_config", "set role", "set session",
    "session authorization", "temp ", "temporary ", "listen ", "prepare ", "discard ", "advisory"
  };

  private final Set<String> leaving = new HashSet<>();

  SessionFunctions(List<CatalogRows.Function> functions, SqlClassifier classifier) {
    if (!classifier.hasSessionBodies()) {
      return;
    }
    Map<String, Set<String>> calls = new HashMap<>();
    for (CatalogRows.Function function : functions) {
      boolean readable = function.language.equals("sql") || function.language.equals("plpgsql");
      boolean compiled = function.language.equals("c") || function.language.equals("internal");
      if (readable && !function.body.isEmpty()) {
        SessionBody body = classifier.sessionBody(function.body);
        if (body.changes() || (body.isDynamic() && speaksOfSessions(function.body))) {
          leaving.add(function.name);
        }
        Set<String> all = calls.get(function.name);
        if (all == null) {
          all = new HashSet<>();
          calls.put(function.name, all);
        }
        all.addAll(body.calls());
      } else if (!compiled && function.volatility.equals("v")) {
        // Another language, or a body that is kept parsed.
        leaving.add(function.name);
      }
    }
    while (spread(calls)) {
      // until nobody else calls one of them
    }
  }

  private boolean spread(Map<String, Set<String>> calls) {
    boolean found = false;
    for (Map.Entry<String, Set<String>> e : calls.entrySet()) {
      if (!leaving.contains(e.getKey())) {
        for (String call : e.getValue()) {
          if (leaving.contains(call)) {
            found |= leaving.add(e.getKey());
            break;
          }
        }
      }
    }
    return found;
  }

  private static boolean speaksOfSessions(String body) {
    String lower = body.toLowerCase(Locale.ROOT);
    for (String text : IN_TEXTS) {
      if (lower.contains(text)) {
        return true;
      }
    }
    return false;
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
