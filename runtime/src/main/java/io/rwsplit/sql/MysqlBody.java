package io.rwsplit.sql;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the body of a stored function, procedure or trigger of MariaDB or MySQL may leave in its
 * session. User variables do not count: what reads them stays on the master anyway. Facts from
 * "Stored Objects" of MySQL's manual and "Stored Routines" of MariaDB's knowledge base.
 */
final class MysqlBody {
  /** What a SET has to stand behind to be one of variables. */
  private static final String[] CHANGES_TABLES = {
    "UPDATE", "INSERT", "REPLACE", "LOAD", "ALTER", "CREATE"
  };

  /** After these, and a semicolon, a statement begins. */
  private static final String[] BEFORE_STATEMENTS = {
    "BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT"
  };

  /** What a text that is put together must hold to leave something. */
  private static final String[] IN_TEXTS = {
    "time_zone", "sql_mode", "set names", "character set", "charset", "set session", "set @@",
    "set global", "set role", "temporary", "get_lock", "autocommit", "transaction", "collation",
    "lc_time_names", "group_concat_max_len", "handler "
  };

  private final Tokens t;
  private final Set<String> declared = new TreeSet<>();
  private final Set<String> assigned = new TreeSet<>();
  private boolean changes;

  private MysqlBody(Tokens t) {
    this.t = t;
  }

  /** {@code text} is what the tokens were made of, strings and all. */
  static SessionBody of(Tokens tokens, String text) {
    return new MysqlBody(tokens).read(text);
  }

  private SessionBody read(String text) {
    Set<String> calls = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    boolean dynamic = false;
    boolean begins = false;
    boolean ends = false;
    for (int i = 0; i < t.size(); i++) {
      if (!t.isName(i)) {
        continue;
      }
      names.add(t.name(i));
      if (t.isSymbol(i + 1, "(")) {
        calls.add(t.name(i));
      }
      if (t.type(i) == TokenType.WORD && !t.isSymbol(i - 1, ".")) {
        word(i);
        dynamic |= t.isWord(i, "EXECUTE");
        begins |= t.isWord(i, "START") && t.isWord(i + 1, "TRANSACTION");
        ends |= t.isAnyWord(i, "COMMIT");
      }
    }
    assigned.removeAll(declared);
    changes |=
        calls.contains("get_lock")
            || (begins && !ends)
            || (dynamic && SessionBody.holdsAny(text, IN_TEXTS));
    return new SessionBody(changes, begins, calls, names, assigned);
  }

  private void word(int i) {
    switch (t.text(i)) {
      case "DECLARE":
        for (int k = i + 1; t.isName(k); k += 2) {
          declared.add(t.name(k));
          if (!t.isSymbol(k + 1, ",")) {
            break;
          }
        }
        break;
      case "FOR":
        // MariaDB declares the variable of a loop by its use.
        if (t.isWord(i + 2, "IN")) {
          declared.add(t.name(i + 1));
        }
        break;
      case "TEMPORARY":
        changes |= t.isAnyWord(i - 1, "CREATE", "REPLACE");
        break;
      case "HANDLER":
        changes |= t.isWord(i + 2, "OPEN");
        break;
      case "SET":
        if (setsVariables(i)) {
          assignments(i + 1);
        }
        break;
      default:
        break;
    }
  }

  /** False for the SET of an UPDATE and its like, and for CHARACTER SET. */
  private boolean setsVariables(int set) {
    if (t.isAnyWord(set - 1, "CHARACTER", "CHAR")) {
      return false;
    }
    for (int i = set - 1; i >= 0; i--) {
      if (t.isSymbol(i, ";") || t.isAnyWord(i, BEFORE_STATEMENTS)) {
        return true;
      }
      if (t.isAnyWord(i, CHANGES_TABLES) && !t.isSymbol(i + 1, "(")) {
        return false;
      }
    }
    return true;
  }

  private void assignments(int from) {
    int depth = 0;
    boolean target = true;
    for (int i = from; i < t.size() && !t.isSymbol(i, ";"); i++) {
      if (target) {
        target(i);
        target = false;
      }
      if (t.isSymbol(i, "(")) {
        depth++;
      } else if (t.isSymbol(i, ")")) {
        depth--;
      }
      target = depth == 0 && t.isSymbol(i, ",");
    }
  }

  private void target(int i) {
    if (t.isSymbol(i, "@")) {
      return;
    }
    boolean row = t.isAnyWord(i, "NEW", "OLD") && t.isSymbol(i + 1, ".");
    if (!row) {
      // NAMES, ROLE, TRANSACTION, SESSION and @@ are declared nowhere.
      assigned.add(t.isName(i) ? t.name(i) : "");
    }
  }
}
