package io.rwsplit.sql;

import java.util.Set;

/**
 * Functions of a query that change the state of the session: locks that are held beyond the
 * statement, {@code set_config} and {@code setseed}. Facts from "Advisory Lock Functions" and
 * "Configuration Settings Functions" of PostgreSQL's manual and "Locking Functions" of MySQL's.
 */
final class SessionFunctions {
  /** Take a lock that outlives statement and transaction. */
  private static final Set<String> LOCKING =
      Dialect.words(
          "pg_advisory_lock pg_advisory_lock_shared pg_try_advisory_lock",
          "pg_try_advisory_lock_shared get_lock");

  /** Give back one of them. */
  private static final Set<String> UNLOCKING =
      Dialect.words("pg_advisory_unlock pg_advisory_unlock_shared release_lock");

  /** Give back all of them. */
  private static final Set<String> UNLOCKING_ALL =
      Dialect.words("pg_advisory_unlock_all release_all_locks");

  /** The name under which one lock is given back; without a name all are. */
  static final String ONE_LOCK = "1";

  private SessionFunctions() {}

  /** Adds what the functions of a refused query do to the session. */
  static void effects(Classification.Builder b, Dialect dialect, Tokens t, Set<String> functions) {
    if (dialect.isPostgres() && functions.contains("set_config")) {
      setConfig(b, t);
      return;
    }
    if (dialect.isPostgres() && functions.contains("setseed")) {
      // Which numbers random() gives from now on.
      b.pin(Pin.SETTING, "seed");
      return;
    }
    for (String function : functions) {
      if (LOCKING.contains(function)) {
        b.pin(Pin.ADVISORY_LOCK, ONE_LOCK);
        return;
      }
    }
    for (String function : functions) {
      if (UNLOCKING_ALL.contains(function)) {
        b.unpin(Pin.ADVISORY_LOCK, null);
        return;
      }
      if (UNLOCKING.contains(function)) {
        b.unpin(Pin.ADVISORY_LOCK, ONE_LOCK);
      }
    }
  }

  /** What MySQL's DO of some expressions leaves. */
  static Classification ofDo(Classification c, Tokens t) {
    boolean unlocks = false;
    boolean unlocksAll = false;
    for (int i = 0; i < t.size(); i++) {
      if (t.isSymbol(i + 1, "(")) {
        if (LOCKING.contains(t.name(i))) {
          return c.pinning(Pin.ADVISORY_LOCK, ONE_LOCK);
        }
        unlocks |= UNLOCKING.contains(t.name(i));
        unlocksAll |= UNLOCKING_ALL.contains(t.name(i));
      }
    }
    return unlocks || unlocksAll ? c.unpinning(Pin.ADVISORY_LOCK, unlocksAll ? null : ONE_LOCK) : c;
  }

  /** {@code SELECT set_config('name', 'value'|?, true|false)}, and nothing else in the text. */
  private static void setConfig(Classification.Builder b, Tokens t) {
    b.pin(Pin.SETTING, "set_config").detail("set_config");
    int k = t.isSymbol(2, ".") ? 3 : 1;
    boolean alone =
        t.close(k + 1) == k + 7
            && t.type(k + 2) == TokenType.STRING
            && t.isSymbol(k + 3, ",")
            && (t.type(k + 4) == TokenType.STRING || t.type(k + 4) == TokenType.PARAMETER)
            && t.isSymbol(k + 5, ",")
            && t.isAnyWord(k + 6, "TRUE", "FALSE")
            && (t.size() == k + 8 || (t.isWord(k + 8, "AS") && t.size() == k + 10));
    if (!alone || t.text(k + 2).isEmpty()) {
      return;
    }
    String name = Ascii.lower(t.text(k + 2));
    boolean local = t.isWord(k + 6, "TRUE");
    if (t.type(k + 4) == TokenType.STRING) {
      b.setting(name, t.join(k + 4, k + 5)).local(local);
    } else {
      b.settingByParameter(name, local);
    }
  }
}
