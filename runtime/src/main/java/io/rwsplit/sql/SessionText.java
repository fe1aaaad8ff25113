package io.rwsplit.sql;

import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a text that the master has run may have left in its session by what it names: functions,
 * procedures, tables with triggers, views. Which of these leave something, the catalog says.
 * Immutable.
 */
public final class SessionText {
  private static final Set<String> NONE = Collections.<String>emptySet();
  private static final SessionText CHANGES = new SessionText(true, NONE, NONE);

  /** Words after CREATE among which stands what is made. */
  private static final int HEAD = 6;

  private final boolean changes;
  private final Set<String> names;
  private final Set<String> called;

  private SessionText(boolean changes, Set<String> names, Set<String> called) {
    this.changes = changes;
    this.names = names;
    this.called = called;
  }

  static SessionText of(SqlClassifier classifier, Dialect dialect, Classification c, String sql) {
    if (!maySpeakOfOthers(c)) {
      return null;
    }
    boolean calls = c.kind() == StatementKind.CALL;
    for (Classification part : c.parts()) {
      calls |= part.kind() == StatementKind.CALL;
    }
    if (!calls) {
      boolean ddl = c.kind() == StatementKind.DDL && c.digest() != null;
      return ddl && !evaluates(Tokens.of(c.digest()))
          ? null
          : new SessionText(false, names(classifier, sql), NONE);
    }
    return c.digest() == null ? CHANGES : ofCalls(classifier, dialect, c, sql);
  }

  /** Everything that may be a name in it; digests lack the rows of an INSERT. */
  private static Set<String> names(SqlClassifier classifier, String sql) {
    if (sql == null) {
      return null;
    }
    Set<String> names = classifier.allNames(sql);
    return names == null ? words(sql) : names;
  }

  private static boolean maySpeakOfOthers(Classification c) {
    switch (c.kind()) {
      case DML:
      case DDL:
      case CALL:
      case MULTI:
      case UNKNOWN:
      case MASTER_READ:
      case LOCKING_READ:
      case SESSION:
        return true;
      default:
        return false;
    }
  }

  /** False for a DDL that only makes or drops what may be called later. */
  static boolean evaluates(Tokens t) {
    if (!t.isWord(0, "CREATE")) {
      return t.isAnyWord(0, "ALTER", "REFRESH", "TRUNCATE", "COPY") && !makesRoutine(t);
    }
    return !makesRoutine(t) && (has(t, "TABLE") || has(t, "MATERIALIZED"));
  }

  private static boolean has(Tokens t, String word) {
    int k = t.find(1, word);
    return k > 0 && k < HEAD;
  }

  private static boolean makesRoutine(Tokens t) {
    return has(t, "FUNCTION") || has(t, "PROCEDURE") || has(t, "TRIGGER") || has(t, "EVENT");
  }

  private static SessionText ofCalls(
      SqlClassifier classifier, Dialect dialect, Classification c, String sql) {
    Tokens t = Tokens.of(c.digest());
    if (c.kind() == StatementKind.CALL && dialect.isPostgres() && t.isWord(0, "DO")) {
      return ofBlock(classifier, body(sql));
    }
    if (t.isWord(0, "BEGIN")) {
      return sql == null ? CHANGES : ofBlock(classifier, sql);
    }
    Set<String> called = new HashSet<>();
    for (int i = 0; i < t.size(); i++) {
      boolean first = i == 0 || t.isSymbol(i - 1, ";");
      if (t.isWord(i, "CALL") && t.isName(i + 1)) {
        int k = i + 1;
        while (t.isSymbol(k + 1, ".") && t.isName(k + 2)) {
          k += 2;
        }
        called.add(t.name(k).toLowerCase(Locale.ROOT));
      } else if (first && t.isAnyWord(i, "EXECUTE", "EXEC", "BEGIN", "DO")) {
        // What PostgreSQL prepares has its names in its own text.
        boolean known = dialect.isPostgres() ? t.isWord(i, "EXECUTE") : t.isWord(i, "DO");
        if (!known) {
          return CHANGES;
        }
      }
    }
    return new SessionText(false, names(classifier, sql), called);
  }

  private static SessionText ofBlock(SqlClassifier classifier, String body) {
    if (body == null) {
      return CHANGES;
    }
    SessionBody block = classifier.sessionBody(body);
    boolean changes = block.changes() || block.begins() || !block.assigned().isEmpty();
    return changes ? CHANGES : new SessionText(false, block.names(), NONE);
  }

  /** The text between the quotes of a DO; null when that cannot be told. */
  private static String body(String sql) {
    if (sql == null) {
      return null;
    }
    int dollar = sql.indexOf('$');
    int quote = sql.indexOf('\'');
    int from = dollar < 0 ? quote : quote < 0 ? dollar : Math.min(dollar, quote);
    int comment = Math.max(sql.indexOf("--"), sql.indexOf("/*"));
    if (from < 1 || (comment >= 0 && comment < from)) {
      return null;
    }
    if (from == dollar) {
      int open = sql.indexOf('$', from + 1);
      int close = open < 0 ? -1 : sql.indexOf(sql.substring(from, open + 1), open + 1);
      return close < 0 ? null : sql.substring(open + 1, close);
    }
    int close = sql.lastIndexOf('\'');
    boolean plain = close > from && Character.isWhitespace(sql.charAt(from - 1));
    return plain ? sql.substring(from + 1, close).replace("''", "'") : null;
  }

  /** Everything in the text that may be a name, in lower case. */
  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    int n = text.length();
    for (int i = 0; i < n; i++) {
      int from = i;
      while (i < n && SqlScanner.isWordPart(text.charAt(i))) {
        i++;
      }
      if (i > from) {
        words.add(text.substring(from, i).toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  /** True when it may leave something whatever it names, or what it names cannot be told. */
  public boolean changes() {
    return changes;
  }

  /** Words in lower case, the names in it among them; null when they cannot be told. */
  public Set<String> names() {
    return names;
  }

  /** Lower-case names, without their schemas, of the procedures that it calls. */
  public Set<String> called() {
    return called;
  }
}
