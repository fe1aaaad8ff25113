package io.rwsplit.sql;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names in a statement that writes, or in the body of a trigger, a rule or a function: what it
 * can touch is among the tables of these names and behind the functions it calls. Immutable.
 *
 * <p>All names count, those of columns and keywords, too: whoever knows the tables of the database
 * picks them out. A text in which a name may be hidden has none at all.
 */
public final class WriteNames {
  /** What runs a text that is not shown, or changes the schema itself. */
  private static final Set<String> HIDING =
      Dialect.words(
          "EXECUTE EXECUTED COPY CREATE ALTER DROP PREPARE DEALLOCATE IMPORT LOAD REFRESH CLUSTER",
          "HANDLER ATTACH DETACH PRAGMA VACUUM REINDEX GRANT REVOKE RENAME");

  /** Words before a parenthesis that call nothing; none is a function of an engine. */
  private static final Set<String> SYNTAX =
      Dialect.words(
          "VALUES VALUE IN AND OR NOT XOR ON WHERE SET SELECT FROM JOIN USING WHEN THEN ELSE AS BY",
          "CONFLICT KEY RETURNING EXISTS IF ELSIF ELSEIF WHILE UNTIL RETURN CASE LIMIT OFFSET UNION",
          "EXCEPT INTERSECT ALL ANY SOME OVER FILTER LIKE BETWEEN DISTINCT HAVING IS RETURNS END BEGIN",
          "LOOP DO PARTITION WITHIN GROUP ORDER INTO EXCEPTION PERFORM QUERY ASSERT ROW ARRAY");

  /** PostgreSQL cuts longer names off. */
  private static final int MAX_NAME = 63;

  private final String target;
  private final boolean several;
  private final Set<String> names;
  private final Set<String> calls;

  private WriteNames(String target, boolean several, Set<String> names, Set<String> calls) {
    this.target = target;
    this.several = several;
    this.names = Collections.unmodifiableSet(names);
    this.calls = Collections.unmodifiableSet(calls);
  }

  /** Of one INSERT, REPLACE, UPDATE, DELETE or MERGE; null when it may hide a name. */
  static WriteNames ofStatement(Dialect dialect, Tokens t) {
    if (!t.isAnyWord(0, "INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE")) {
      return null;
    }
    int k = target(t);
    if (!t.isName(k) || t.find(0, "RETURNING") > 0) {
      return null;
    }
    while (t.isSymbol(k + 1, ".") && t.isName(k + 2)) {
      k += 2;
    }
    boolean several = dialect.isMysql() && t.isAnyWord(0, "UPDATE", "DELETE");
    return of(dialect, t, k, several);
  }

  /** Where the name of the table begins that a statement of these kinds writes, if it has one. */
  static int target(Tokens t) {
    int k = 1;
    while (t.isAnyWord(
        k,
        "INTO",
        "FROM",
        "OR",
        "REPLACE",
        "IGNORE",
        "ABORT",
        "FAIL",
        "ROLLBACK",
        "ONLY",
        "LOW_PRIORITY",
        "HIGH_PRIORITY",
        "DELAYED",
        "QUICK")) {
      k++;
    }
    return k;
  }

  /** Of a body, of which every name may be written. */
  static WriteNames ofBody(Dialect dialect, Tokens t) {
    return of(dialect, t, -1, true);
  }

  private static WriteNames of(Dialect dialect, Tokens t, int target, boolean several) {
    Set<String> names = new TreeSet<>();
    Set<String> calls = new TreeSet<>();
    for (int i = 0; i < t.size(); i++) {
      switch (t.type(i)) {
        case SYMBOL:
          if (isUnknown(dialect, t.text(i))) {
            return null;
          }
          break;
        case STRING:
          if (isName(dialect, t, i, target >= 0 && several)) {
            return null;
          }
          break;
        case WORD:
        case QUOTED:
          if (hides(dialect, t, i)) {
            return null;
          }
          if (t.isSymbol(i + 1, "(") && i != target && !isInserted(t, i)) {
            call(dialect, t, i, calls);
          } else {
            names.add(t.name(i));
          }
          break;
        default:
          break;
      }
    }
    return new WriteNames(target < 0 ? null : t.name(target), several, names, calls);
  }

  private static boolean isUnknown(Dialect dialect, String symbol) {
    boolean assigns = symbol.equals(":=") || symbol.equals(":");
    return !assigns && !dialect.isOperator(symbol) && ";{}()[],.".indexOf(symbol) < 0;
  }

  /** A string where SQLite, and MySQL with ANSI_QUOTES, take it for a name. */
  private static boolean isName(Dialect dialect, Tokens t, int i, boolean multiTable) {
    if (dialect.isPostgres()) {
      return false;
    }
    return t.isAnyWord(i - 1, "FROM", "JOIN", "INTO", "UPDATE", "USING", "TABLE", "IN")
        || t.isSymbol(i - 1, ".")
        || t.isSymbol(i + 1, ".")
        || t.isSymbol(i + 1, "(")
        || (multiTable && (t.find(i, "SET") > 0 || t.find(i, "FROM") > 0));
  }

  private static boolean hides(Dialect dialect, Tokens t, int i) {
    if (t.type(i) != TokenType.WORD || t.isSymbol(i - 1, ".")) {
      return isStrange(t.name(i));
    }
    String w = t.text(i);
    boolean calls = t.isSymbol(i + 1, "(");
    if (w.equals("TRUNCATE")) {
      return !calls;
    }
    if (w.equals("CALL")) {
      return !dialect.isPostgres();
    }
    if (w.equals("DO")) {
      // ON CONFLICT DO …; else a block of code in a string.
      return t.type(i + 1) == TokenType.STRING || t.isWord(i + 1, "LANGUAGE");
    }
    return HIDING.contains(w) || isStrange(w);
  }

  /** A name that an engine may shorten, or may write in other letters. */
  private static boolean isStrange(String name) {
    boolean strange = name.length() > MAX_NAME;
    for (int i = 0; i < name.length() && !strange; i++) {
      strange = name.charAt(i) > 127;
    }
    return strange;
  }

  /** True for the table of INSERT INTO a.b (…). */
  private static boolean isInserted(Tokens t, int i) {
    int k = i - 1;
    while (t.isSymbol(k, ".")) {
      k -= 2;
    }
    return t.isWord(k, "INTO");
  }

  private static void call(Dialect dialect, Tokens t, int i, Set<String> calls) {
    boolean bare = t.type(i) == TokenType.WORD && !t.isSymbol(i - 1, ".");
    boolean syntax =
        bare
            && (SYNTAX.contains(t.text(i))
                || dialect.isTypeWord(t.text(i))
                || dialect.isParenthesisKeyword(t.text(i)));
    // A function of a word's own name would be called so, too; a star marks what need not exist.
    calls.add(syntax ? t.name(i) + "*" : t.name(i));
  }

  /** The table or view the statement names as its target, without schema; null of a body. */
  public String target() {
    return target;
  }

  /** True when other names than the target may be written, too. */
  public boolean isSeveral() {
    return several;
  }

  /** In lower case without schemas; unmodifiable. */
  public Set<String> names() {
    return names;
  }

  /**
   * What is called, in lower case without schemas; a word of the grammar, that calls nothing unless
   * a function has its name, ends in a star. Unmodifiable.
   */
  public Set<String> calls() {
    return calls;
  }
}
