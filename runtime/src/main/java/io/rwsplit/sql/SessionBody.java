package io.rwsplit.sql;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the body of a function of PostgreSQL's may leave in the session that calls it: settings,
 * temporary tables, locks, and whatever else outlives the statement. Immutable.
 */
public final class SessionBody {
  private static final SessionBody UNREAD =
      new SessionBody(true, false, Collections.<String>emptySet());

  private static final Set<String> LASTING =
      Dialect.words(
          "setseed pg_advisory_lock pg_advisory_lock_shared pg_try_advisory_lock",
          "pg_try_advisory_lock_shared");

  private final boolean changes;
  private final boolean isDynamic;
  private final Set<String> calls;

  private SessionBody(boolean changes, boolean isDynamic, Set<String> calls) {
    this.changes = changes;
    this.isDynamic = isDynamic;
    this.calls = calls;
  }

  /** Of a body whose tokens cannot be told: it may do anything. */
  static SessionBody unread() {
    return UNREAD;
  }

  static SessionBody of(Tokens t) {
    Set<String> calls = new TreeSet<>();
    boolean changes = false;
    boolean dynamic = false;
    for (int i = 0; i < t.size(); i++) {
      if (!t.isName(i)) {
        continue;
      }
      if (t.isSymbol(i + 1, "(")) {
        String name = t.name(i);
        changes |= LASTING.contains(name) || (name.equals("set_config") && !isLocal(t, i + 1));
        calls.add(name);
      }
      dynamic |= t.isWord(i, "EXECUTE");
      changes |= leaves(t, i);
    }
    return new SessionBody(changes, dynamic, Collections.unmodifiableSet(calls));
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

  /** True when it may leave something by itself, as far as its text is no string. */
  public boolean changes() {
    return changes;
  }

  /** True when it runs a text that it makes. */
  public boolean isDynamic() {
    return isDynamic;
  }

  /** Lower-case names, without their schemas, of what is called. */
  public Set<String> calls() {
    return calls;
  }
}
