package io.rwsplit.sql;

import java.util.Set;

/**
 * Tells a call from the other things that a name before a parenthesis can be: a part of the
 * grammar, the definition of a name, a type.
 *
 * <p>Words that are reserved in their engine can be no function without quotes; the others only
 * where the grammar wants them, for a function may have their name. One instance per statement; not
 * thread-safe.
 */
final class CallSites {
  /** Words after which an operand begins, so that none has ended there. */
  private static final Set<String> NO_OPERANDS =
      Dialect.words(
          "SELECT DISTINCT ALL WHERE AND OR XOR NOT ON BY HAVING WHEN THEN ELSE CASE USING IN IS LIKE",
          "ILIKE GLOB MATCH BETWEEN ESCAPE OFFSET LIMIT RETURNING VALUES FROM FOR TO AS LATERAL",
          "INTERVAL PLACING SIMILAR ANY SOME UNION EXCEPT INTERSECT MINUS FETCH FIRST NEXT GROUP",
          "ORDER PARTITION RANGE ROWS GROUPS LEADING TRAILING BOTH SEPARATOR DIV MOD REGEXP RLIKE",
          "BINARY COLLATE EXISTS OVERLAPS DISTINCTROW STRAIGHT_JOIN WITH RECURSIVE SOUNDS MEMBER OF",
          "VARIADIC ONLY SQL_NO_CACHE SQL_CACHE HIGH_PRIORITY SQL_SMALL_RESULT SQL_BIG_RESULT",
          "SQL_BUFFER_RESULT ROW ARRAY");

  private final Dialect dialect;
  private final Tokens t;
  private final Nesting nesting;

  CallSites(Dialect dialect, Tokens tokens, Nesting nesting) {
    this.dialect = dialect;
    this.t = tokens;
    this.nesting = nesting;
  }

  /** True when the name at {@code i}, which stands before a parenthesis, calls a function. */
  boolean isCall(int i) {
    boolean bare = t.type(i) == TokenType.WORD && !t.isSymbol(i - 1, ".");
    return !(bare && isConstruct(i)) && !isDefinition(i);
  }

  /** True when a bare word before a parenthesis is part of the grammar and calls nothing. */
  private boolean isConstruct(int i) {
    String w = t.text(i);
    if (dialect.isTypeWord(w)) {
      return isTyped(i) || dialect.isPostgres();
    }
    if (!dialect.isParenthesisKeyword(w)) {
      return false;
    }
    switch (w) {
      case "OVER":
        return isCallBefore(i) || t.isWord(i - 1, "NULLS");
      case "FILTER":
        return isCallBefore(i);
      case "AGAINST":
        return t.isSymbol(i - 1, ")");
      case "BY":
        return t.isAnyWord(i - 1, "ORDER", "GROUP", "PARTITION");
      case "GROUP":
        return t.isWord(i - 1, "WITHIN") || nesting.owner().equals("group_concat");
      case "ZONE":
        return t.isWord(i - 1, "TIME");
      case "SYSTEM":
      case "BERNOULLI":
        return t.isWord(i - 1, "TABLESAMPLE");
      case "REPEATABLE":
        return t.isSymbol(i - 1, ")") && nesting.clause().equals("FROM");
      case "CUBE":
      case "ROLLUP":
        return nesting.clause().equals("GROUP") || nesting.owner().equals("sets");
      case "SETS":
        return t.isWord(i - 1, "GROUPING");
      case "MATERIALIZED":
        return t.isAnyWord(i - 1, "AS", "NOT");
      case "COLUMNS":
        return nesting.within("json_table");
      case "OPERATOR":
        return isBuiltInOperator(i);
      case "FIRST":
      case "NEXT":
        return t.isWord(i - 1, "FETCH");
      case "INDEX":
      case "KEY":
        return t.isAnyWord(i - 1, "USE", "FORCE", "IGNORE") || t.isAnyWord(i - 2, "FOR");
      case "PARTITION":
        return t.isName(i - 1);
      case "ANY":
      case "SOME":
        // reserved in PostgreSQL
        return dialect.isPostgres() || (isComparison(i - 1) && isQuery(i + 2));
      case "LIKE":
      case "ILIKE":
      case "GLOB":
      case "MATCH":
      case "OVERLAPS":
      case "ESCAPE":
      case "OFFSET":
      case "EXCEPT":
      case "INTERSECT":
      case "UNION":
      case "ISNULL":
      case "NOTNULL":
        return isInfix(i) || isFullTextMatch(w);
      case "JOIN":
        return nesting.clause().equals("FROM") && (isInfix(i) || isIndexHint(i));
      default:
        return true;
    }
  }

  /** True when something that can be an operand ends before {@code i}. */
  private boolean isInfix(int i) {
    int k = t.isWord(i - 1, "NOT") ? i - 2 : i - 1;
    switch (t.type(k)) {
      case QUOTED:
      case STRING:
      case NUMBER:
      case PARAMETER:
        return true;
      case SYMBOL:
        return (t.isSymbol(k, ")") && !isListBefore(k)) || t.isSymbol(k, "]");
      case WORD:
        return t.isSymbol(k - 1, ".") || !NO_OPERANDS.contains(t.text(k));
      default:
        return false;
    }
  }

  /** True for {@code FORCE INDEX FOR JOIN (i)}. */
  private boolean isIndexHint(int i) {
    return t.isWord(i - 1, "FOR") && t.isAnyWord(i - 2, "INDEX", "KEY");
  }

  private boolean isQuery(int i) {
    return t.isAnyWord(i, "SELECT", "WITH", "VALUES", "TABLE") || t.isSymbol(i, "(");
  }

  private boolean isComparison(int i) {
    String s = t.type(i) == TokenType.SYMBOL ? t.text(i) : "";
    return !s.isEmpty() && "<>!=".indexOf(s.charAt(s.length() - 1)) >= 0;
  }

  private boolean isFullTextMatch(String w) {
    return w.equals("MATCH") && dialect.isMysql();
  }

  /** True when the parenthesis before {@code i} may close the arguments of a call. */
  private boolean isCallBefore(int i) {
    return t.isSymbol(i - 1, ")") && !isListBefore(i - 1);
  }

  /**
   * True when the parenthesis at {@code close} ends what an expression may follow at once: {@code
   * DISTINCT ON (…)} and {@code OPERATOR(…)}.
   */
  private boolean isListBefore(int close) {
    int open = t.open(close);
    return (t.isWord(open - 1, "ON") && t.isWord(open - 2, "DISTINCT"))
        || t.isWord(open - 1, "OPERATOR");
  }

  /** True for {@code OPERATOR(pg_catalog.+)}. */
  private boolean isBuiltInOperator(int i) {
    return t.close(i + 1) == i + 5
        && t.name(i + 2).equals("pg_catalog")
        && t.isSymbol(i + 3, ".")
        && t.type(i + 4) == TokenType.SYMBOL;
  }

  /** True when a name before a parenthesis is defined there: a CTE, an alias, a type. */
  private boolean isDefinition(int i) {
    if (t.isWord(i - 1, "AS") || t.isSymbol(i - 1, "::")) {
      return !dialect.isSqlite() || isCastType(i);
    }
    if (dialect.isPostgres() && t.isSymbol(i - 1, ")")) {
      return nesting.clause().equals("FROM") && !isListBefore(i - 1);
    }
    if (t.isAnyWord(i - 1, "WITH", "RECURSIVE") || t.isSymbol(i - 1, ",")) {
      int close = t.close(i + 1);
      int k = close + 1;
      if (!t.isWord(k, "AS")) {
        return false;
      }
      k++;
      if (t.isWord(k, "NOT")) {
        k++;
      }
      if (t.isWord(k, "MATERIALIZED")) {
        k++;
      }
      return t.isSymbol(k, "(") && isQuery(k + 1);
    }
    return dialect.isSqlite() && isCastType(i);
  }

  /** True for the types of {@code JSON_TABLE(… COLUMNS (a varchar(9) …))} and of CONVERT. */
  private boolean isTyped(int i) {
    return dialect.isMysql()
        && ((nesting.within("json_table") && t.isName(i - 1))
            || (nesting.owner().equals("convert") && t.isSymbol(i - 1, ",")));
  }

  /** True inside {@code CAST(… AS type words (n))}. */
  private boolean isCastType(int i) {
    if (!nesting.owner().equals("cast")) {
      return false;
    }
    int k = i - 1;
    while (t.isName(k) && !t.isWord(k, "AS")) {
      k--;
    }
    return t.isWord(k, "AS");
  }
}
