package io.rwsplit.sql;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the body of a function, a procedure or a trigger may leave in the session that runs it:
 * settings, temporary tables, locks, and whatever else outlives the statement. Of PostgreSQL; for
 * MariaDB and MySQL see {@link MysqlBody}. Immutable.
 */
public final class SessionBody {
  private static final SessionBody UNREAD =
      new SessionBody(
          true,
          false,
          Collections.<String>emptySet(),
          Collections.<String>emptySet(),
          Collections.<String>emptySet());

  private static final Set<String> LASTING =
      Dialect.words(
          "setseed pg_advisory_lock pg_advisory_lock_shared pg_try_advisory_lock",
          "pg_try_advisory_lock_shared");

  /** What a text that is put together in a function must hold to leave something. */
  private static final String[] IN_TEXTS = {
    "search_path", "timezone", "time zone", "datestyle", "set_config", "set role", "set session",
    "session authorization", "temp ", "temporary ", "listen ", "prepare ", "discard ", "advisory"
  };

  private final boolean changes;
  private final boolean begins;
  private final Set<String> calls;
  private final Set<String> names;
  private final Set<String> assigned;

  SessionBody(
      boolean changes, boolean begins, Set<String> calls, Set<String> names, Set<String> assigned) {
    this.changes = changes;
    this.begins = begins;
    this.calls = Collections.unmodifiableSet(calls);
    this.names = Collections.unmodifiableSet(names);
    this.assigned = Collections.unmodifiableSet(assigned);
  }

  /** Of a body whose tokens cannot be told: it may do anything. */
  static SessionBody unread() {
    return UNREAD;
  }

  /** {@code text} is what the tokens were made of, strings and all. */
  static SessionBody of(Tokens t, String text) {
    Set<String> calls = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    boolean changes = false;
    boolean dynamic = false;
    for (int i = 0; i < t.size(); i++) {
      if (!t.isName(i)) {
        continue;
      }
      names.add(t.name(i));
      if (t.isSymbol(i + 1, "(")) {
        changes |= isLasting(t, i);
        calls.add(t.name(i));
      }
      dynamic |= t.isWord(i, "EXECUTE");
      changes |= leaves(t, i);
    }
    changes |= dynamic && holdsAny(text, IN_TEXTS);
    return new SessionBody(changes, false, calls, names, Collections.<String>emptySet());
  }

  /** True when what is called at {@code i} changes its session beyond the transaction. */
  static boolean isLasting(Tokens t, int i) {
    String name = t.name(i);
    return LASTING.contains(name) || (name.equals("set_config") && !isLocal(t, i + 1));
  }

  /** True for {@code set_config(…, true)}, which ends with the transaction. */
  private static boolean isLocal(Tokens t, int open) {
    int close = t.close(open);
    return t.isWord(close - 1, "TRUE") && t.isSymbol(close - 2, ",");
  }

  private static boolean leaves(Tokens t, int i) {
    if (t.isAnyWord(i, "TEMP", "TEMPORARY")) {
      return t.isAnyWord(i - 1, "CREATE", "REPLACE", "LOCAL", "GLOBAL", "INTO");
    }
    if (t.isWord(i, "HOLD")) {
      return t.isWord(i - 1, "WITH");
    }
    boolean first =
        i == 0
            || t.isSymbol(i - 1, ";")
            || t.isSymbol(i - 1, ">>")
            || t.isAnyWord(i - 1, "BEGIN", "THEN", "ELSE", "LOOP");
    if (!first) {
      return false;
    }
    return t.isWord(i, "SET")
        ? !t.isAnyWord(i + 1, "LOCAL", "TRANSACTION", "CONSTRAINTS")
        : t.isAnyWord(i, "LISTEN", "PREPARE", "DISCARD", "RESET");
  }

  /** True when a text that the body puts together may leave something. */
  static boolean holdsAny(String body, String[] texts) {
    String lower = body.toLowerCase(Locale.ROOT);
    for (String text : texts) {
      if (lower.contains(text)) {
        return true;
      }
    }
    return false;
  }

  /** True when it may leave something by itself. */
  public boolean changes() {
    return changes;
  }

  /** True when it begins a transaction and may fail before it ends it. */
  public boolean begins() {
    return begins;
  }

  /** Lower-case names, without their schemas, of what is called. */
  public Set<String> calls() {
    return calls;
  }

  /** All names in it, in lower case. */
  public Set<String> names() {
    return names;
  }

  /**
   * Lower-case names that are given values and are not declared in it: settings of the session,
   * where they are no parameters.
   */
  public Set<String> assigned() {
    return assigned;
  }
}
