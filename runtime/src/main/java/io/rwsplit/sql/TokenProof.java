package io.rwsplit.sql;

import java.util.Set;
import java.util.TreeSet;

/**
 * The first net under a query: what its tokens alone forbid.
 *
 * <p>Every word that could begin a write, a lock or a store, and every name before a parenthesis,
 * has to be accounted for; a finding that may write outweighs one that only ties the statement to
 * the master. Quoted names and literals cannot be keywords. One instance per statement; not
 * thread-safe.
 *
 * <p>What passes cannot have an effect: the engines let a query change something only through one
 * of these keywords or through a function, an operator or a view. Views, and operators and casts
 * that an administrator defined, cannot be seen in a text.
 */
final class TokenProof {
  private final Dialect dialect;
  private final Tokens t;
  private final Set<String> functions = new TreeSet<>();
  private final Set<String> tables = new TreeSet<>();
  private final Set<String> names = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private final Nesting nesting;
  private final CallSites calls;
  private Reason reason;
  private String detail;
  private boolean mayWrite;
  private boolean from;

  TokenProof(Dialect dialect, Tokens tokens) {
    this.dialect = dialect;
    this.t = tokens;
    this.nesting = new Nesting(tokens);
    this.calls = new CallSites(dialect, tokens, nesting);
  }

  /** Looks at every token; the result is in the accessors. */
  void run() {
    for (int i = 0; i < t.size(); i++) {
      switch (t.type(i)) {
        case WORD:
          word(i);
          break;
        case QUOTED:
          name(i);
          break;
        case STRING:
          string(i);
          break;
        case SYMBOL:
          symbol(i);
          break;
        default:
          break;
      }
    }
  }

  /** What was found, or null when nothing was. */
  Reason reason() {
    return outweighed() ? Reason.UNKNOWN_FUNCTION : reason;
  }

  /** The word or name that was found, or null. */
  String detail() {
    return outweighed() ? unknown.iterator().next() : detail;
  }

  /** True when what was found may write. */
  boolean mayWrite() {
    return mayWrite || !unknown.isEmpty();
  }

  private boolean outweighed() {
    return !mayWrite && !unknown.isEmpty();
  }

  /** True when nothing was found but functions in no table. */
  boolean isPureBut() {
    return reason == null && !unknown.isEmpty();
  }

  /** The functions in no table, of an engine with a catalog of functions. */
  Set<String> unknownFunctions() {
    return unknown;
  }

  /** Lower-case names that call nothing. */
  Set<String> names() {
    return names;
  }

  private void unknownFunction(String name) {
    if (dialect.hasFunctionCatalog()) {
      unknown.add(name);
    } else {
      found(Reason.UNKNOWN_FUNCTION, name, true);
    }
  }

  /** True when some table is read. */
  boolean readsTable() {
    return from;
  }

  /** Lower-case names of all functions called. */
  Set<String> functions() {
    return functions;
  }

  /** Tables that stand after IN without parentheses, which a parser takes for columns. */
  Set<String> tablesAfterIn() {
    return tables;
  }

  private void found(Reason newReason, String newDetail, boolean writes) {
    if (reason == null || (writes && !mayWrite)) {
      reason = newReason;
      detail = newDetail;
      mayWrite = writes;
    }
  }

  private boolean afterDot(int i) {
    return t.isSymbol(i - 1, ".");
  }

  private boolean beforeParenthesis(int i) {
    return t.isSymbol(i + 1, "(");
  }

  private void word(int i) {
    String w = t.text(i);
    if (afterDot(i)) {
      if (w.equals("NEXTVAL")) {
        found(Reason.SIDE_EFFECT_FUNCTION, "nextval", true);
      } else if (w.equals("CURRVAL") || w.equals("LASTVAL")) {
        found(Reason.SESSION_STATE_FUNCTION, Ascii.lower(w), false);
      }
      name(i);
      return;
    }
    if (!w.equals("FROM") || isFromClause(i)) {
      nesting.word(w);
    }
    switch (w) {
      case "INSERT":
      case "REPLACE":
        if (!(beforeParenthesis(i) && (dialect.isMysql() || w.equals("REPLACE")))) {
          found(Reason.DML_IN_CTE, w, true);
        }
        break;
      case "UPDATE":
        if (t.isWord(i - 1, "FOR") || (t.isWord(i - 1, "KEY") && t.isWord(i - 2, "NO"))) {
          found(Reason.LOCKING_READ, "FOR UPDATE", false);
        } else {
          found(Reason.DML_IN_CTE, w, true);
        }
        break;
      case "DELETE":
      case "MERGE":
      case "UPSERT":
      case "RETURNING":
      case "TRUNCATE":
        if (!(w.equals("TRUNCATE") && beforeParenthesis(i))
            && !(w.equals("RETURNING") && returnsJson())) {
          found(Reason.DML_IN_CTE, w, true);
        }
        break;
      case "INTO":
        found(Reason.SELECT_INTO, w, true);
        break;
      case "CALL":
      case "EXECUTE":
      case "PROCEDURE":
        found(Reason.CALL, w, true);
        break;
      case "FOR":
        forClause(i);
        break;
      case "LOCK":
        if (t.isWord(i + 1, "IN")) {
          found(Reason.LOCKING_READ, "LOCK IN SHARE MODE", false);
        }
        break;
      case "NEXT":
      case "PREVIOUS":
        if (t.isWord(i + 1, "VALUE")) {
          found(Reason.SIDE_EFFECT_FUNCTION, "next value for", true);
        }
        break;
      case "SQL_CALC_FOUND_ROWS":
        found(Reason.SESSION_STATE_FUNCTION, "sql_calc_found_rows", false);
        break;
      case "FROM":
        from |= isFromClause(i);
        break;
      default:
        sqliteWord(i, w);
        break;
    }
    if (dialect.isSessionKeyword(w) && !beforeParenthesis(i) && !t.isWord(i - 1, "AS")) {
      found(Reason.SESSION_STATE_FUNCTION, Ascii.lower(w), false);
    }
    name(i);
  }

  private void sqliteWord(int i, String w) {
    if (!dialect.isSqlite()) {
      return;
    }
    switch (w) {
      case "IN":
        if (t.isName(i + 1)) {
          boolean qualified = t.isSymbol(i + 2, ".");
          tables.add(qualified ? t.name(i + 1) + "." + t.name(i + 3) : t.name(i + 1));
        }
        break;
      case "REGEXP":
        found(Reason.UNKNOWN_FUNCTION, "regexp", true);
        break;
      case "RAISE":
        if (beforeParenthesis(i)) {
          found(Reason.UNKNOWN_FUNCTION, "raise", true);
        }
        break;
      case "COLLATE":
        if (!dialect.isCollation(t.name(i + 1))) {
          found(Reason.UNKNOWN_COLLATION, t.name(i + 1), false);
        }
        break;
      default:
        break;
    }
  }

  /** RETURNING of JSON functions names a type; anything else returns what a write has changed. */
  private boolean returnsJson() {
    return dialect.isPostgres() && dialect.isJsonConstructor(nesting.owner());
  }

  private void forClause(int i) {
    if (t.isAnyWord(i + 1, "SHARE", "KEY", "NO", "READ", "BROWSE")) {
      found(Reason.LOCKING_READ, "FOR " + t.text(i + 1), false);
      return;
    }
    boolean known =
        t.isWord(i + 1, "UPDATE")
            || t.isWord(i - 1, "VALUE")
            || (isFromFunction(nesting.owner()) && !dialect.isSqlite())
            || (dialect.isPostgres() && t.isWord(i - 1, "COLLATION") && beforeParenthesis(i))
            || (dialect.isMysql()
                && t.isAnyWord(i + 1, "JOIN", "ORDER", "GROUP", "SYSTEM_TIME", "ORDINALITY"));
    if (!known) {
      found(Reason.UNKNOWN_SYNTAX, "FOR", true);
    }
  }

  private boolean isFromClause(int i) {
    if (t.isWord(i - 1, "DISTINCT") && t.isAnyWord(i - 2, "IS", "NOT")) {
      return false;
    }
    if (isFromFunction(nesting.owner()) || t.isWord(i - 1, "SYSTEM_TIME")) {
      return false;
    }
    return !(dialect.isMysql() && t.isWord(i + 1, "DUAL"));
  }

  private static boolean isFromFunction(String owner) {
    switch (owner) {
      case "extract":
      case "trim":
      case "substring":
      case "substr":
      case "mid":
      case "overlay":
      case "position":
        return true;
      default:
        return false;
    }
  }

  /** A name: what it may call, and what it may stand for. */
  private void name(int i) {
    if (beforeParenthesis(i)) {
      if (calls.isCall(i)) {
        function(i);
      }
      return;
    }
    String name = t.name(i);
    names.add(name);
    if (dialect.isSqlite() && name.startsWith("pragma_")) {
      function(i);
    } else if (dialect.showsSession(t, i)) {
      found(Reason.SESSION_STATE_TABLE, name, false);
    } else if (dialect.isSqlite()
        && t.isSymbol(i + 1, ".")
        && !afterDot(i)
        && name.equals("temp")) {
      found(Reason.TEMP_TABLE, name, false);
    } else if (dialect.isPostgres() && name.startsWith("pg_temp")) {
      found(Reason.TEMP_TABLE, name, false);
    }
  }

  private void function(int i) {
    String name = t.name(i);
    boolean catalogued = t.isName(i - 2) && t.name(i - 2).equals("pg_catalog");
    if (afterDot(i) && !(dialect.isPostgres() && catalogued)) {
      String qualified = t.name(i - 2) + "." + name;
      functions.add(qualified);
      unknownFunction(qualified);
      return;
    }
    Dialect.FunctionKind kind = dialect.function(name);
    if (t.type(i) == TokenType.WORD && t.isApart(i) && dialect.isSpaceSensitive(name)) {
      kind = Dialect.FunctionKind.UNKNOWN;
    }
    functions.add(name.startsWith("fn$") ? name.substring(3) : name);
    if (kind == Dialect.FunctionKind.SIDE_EFFECT) {
      found(Reason.SIDE_EFFECT_FUNCTION, name, true);
    } else if (kind == Dialect.FunctionKind.SESSION) {
      found(Reason.SESSION_STATE_FUNCTION, name, false);
    } else if (kind == Dialect.FunctionKind.UNKNOWN) {
      unknownFunction(name);
    }
  }

  /** A string where a name could be: SQLite, and MySQL with ANSI_QUOTES, take it for one. */
  private void string(int i) {
    if (dialect.isPostgres()) {
      return;
    }
    boolean named =
        t.isAnyWord(i - 1, "JOIN", "TABLE")
            || (t.isWord(i - 1, "FROM") && isFromClause(i - 1))
            || t.isSymbol(i - 1, ".")
            || t.isSymbol(i + 1, ".")
            || (dialect.isSqlite() && (t.isWord(i - 1, "IN") || isListedTable(i)))
            || beforeParenthesis(i);
    if (named) {
      found(Reason.UNKNOWN_SYNTAX, "a literal in the place of a name", true);
    }
  }

  /** True for {@code FROM a, 'b'}. */
  private boolean isListedTable(int i) {
    return nesting.clause().equals("FROM") && (t.isSymbol(i - 1, ",") || t.isSymbol(i - 1, "("));
  }

  private void symbol(int i) {
    String s = t.text(i);
    if (s.equals("(")) {
      nesting.open(i);
      if (t.type(i - 1) == TokenType.NUMBER || t.type(i - 1) == TokenType.PARAMETER) {
        found(Reason.UNKNOWN_SYNTAX, "(", true);
      }
      return;
    }
    if (s.equals(")")) {
      nesting.close();
      return;
    }
    if (dialect.isMysql() && (s.indexOf('@') >= 0 || s.contains(":"))) {
      boolean system = s.contains("@@");
      found(
          system ? Reason.SETTING_READ : Reason.USER_VARIABLE,
          s + t.text(i + 1),
          s.contains(":") && system);
      return;
    }
    if (!dialect.isOperator(s)) {
      found(Reason.UNKNOWN_OPERATOR, s, true);
    }
  }
}
