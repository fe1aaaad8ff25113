package io.rwsplit.sql;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Recognises the plainest queries, columns and expressions of some tables by name, so that they
 * need no parser: loading JSqlParser costs a starting JVM some 100 ms of CPU, and parsing some 50
 * µs.
 *
 * <p>Every token has to have its place in a small grammar that JSqlParser's contains: no subquery,
 * no set operation, no CTE, no CASE, CAST or window, no table in parentheses. What does not fit
 * goes to the parser. It finds the same tables as {@link TreeProof}, and proves nothing of itself:
 * {@link TokenProof} must have passed, too. One instance per statement; not thread-safe.
 */
final class SimpleQuery {
  /** Bare words that are no names here, because in some place the grammar has them as keywords. */
  private static final Set<String> KEYWORDS =
      Collections.unmodifiableSet(
          Dialect.words(
              "ALL AND ANY ARRAY AS ASC BETWEEN BINARY BY CASE CAST COLLATE CONNECT CROSS DEFAULT",
              "DESC DISTINCT DISTINCTROW DIV ELSE END ESCAPE EXCEPT EXISTS FALSE FETCH FILTER",
              "FINAL FOR FORCE FROM FULL GLOB GROUP HAVING IF IGNORE ILIKE IN INDEXED INNER",
              "INTERSECT INTERVAL INTO IS ISNULL JOIN LATERAL LEFT LIKE LIMIT LOCK MATCH MEMBER",
              "MINUS MOD NATURAL NEXT NOT NOTNULL NULL OFFSET ON ONLY OPERATOR OR ORDER OUTER",
              "OVER OVERLAPS PARTITION PIVOT PRIOR PROCEDURE QUALIFY REGEXP RETURNING RIGHT RLIKE",
              "ROW SAMPLE SELECT SET SIMILAR SOME SOUNDS START STRAIGHT_JOIN TABLE TABLESAMPLE",
              "THEN TOP TRUE UNION UNIQUE UNNEST UNPIVOT USE USING VALUE VALUES WHEN WHERE WINDOW",
              "WITH WITHIN WITHOUT XOR"));

  private static final Set<String> OPERATORS =
      Collections.unmodifiableSet(Dialect.words("= == <> != < > <= >= + - * / % ||"));

  private final Dialect dialect;
  private final Tokens t;
  private final Set<String> tables = new TreeSet<>();
  private int i;

  private SimpleQuery(Dialect dialect, Tokens tokens) {
    this.dialect = dialect;
    this.t = tokens;
  }

  /**
   * The tables and views the query reads, as {@link TreeProof} names them; null if it is not
   * simple.
   */
  static Set<String> tables(Dialect dialect, Tokens tokens) {
    SimpleQuery query = new SimpleQuery(dialect, tokens);
    return query.select() && query.i == tokens.size() ? query.tables : null;
  }

  private boolean select() {
    if (!word("SELECT")) {
      return false;
    }
    if (!word("DISTINCT")) {
      word("ALL");
    }
    do {
      if (!item()) {
        return false;
      }
    } while (symbol(","));
    return word("FROM")
        && from()
        && (!word("WHERE") || expression())
        && (!word("GROUP") || (word("BY") && expressions()))
        && (!word("HAVING") || expression())
        && (!word("ORDER") || (word("BY") && ordering()))
        && (!word("LIMIT") || limit());
  }

  private boolean item() {
    if (symbol("*")) {
      return true;
    }
    if (isName(i) && t.isSymbol(i + 1, ".") && t.isSymbol(i + 2, "*")) {
      i += 3;
      return true;
    }
    return expression() && alias();
  }

  /** An alias, if there is one. */
  private boolean alias() {
    if (word("AS")) {
      return name();
    }
    name();
    return true;
  }

  private boolean from() {
    if (!table()) {
      return false;
    }
    while (true) {
      if (symbol(",")) {
        if (!table()) {
          return false;
        }
      } else if (!t.isAnyWord(i, "JOIN", "INNER", "LEFT", "CROSS")) {
        return true;
      } else if (!join() || !table() || (word("ON") && !expression())) {
        return false;
      }
    }
  }

  private boolean join() {
    if (word("LEFT")) {
      word("OUTER");
    } else if (!word("INNER")) {
      word("CROSS");
    }
    return word("JOIN");
  }

  private boolean table() {
    int at = i;
    if (!name()) {
      return false;
    }
    if (!symbol(".")) {
      tables.add(t.name(at));
    } else if (name()) {
      tables.add(t.name(at) + "." + t.name(at + 2));
    } else {
      return false;
    }
    return alias();
  }

  private boolean ordering() {
    do {
      if (!expression()) {
        return false;
      }
      if (!word("ASC")) {
        word("DESC");
      }
    } while (symbol(","));
    return true;
  }

  private boolean limit() {
    return count() && (!(symbol(",") || word("OFFSET")) || count());
  }

  private boolean count() {
    return next(TokenType.NUMBER) || next(TokenType.PARAMETER);
  }

  private boolean expressions() {
    do {
      if (!expression()) {
        return false;
      }
    } while (symbol(","));
    return true;
  }

  /** Operands with operators between them; who binds whom does not matter here. */
  private boolean expression() {
    do {
      while (word("NOT") || symbol("-") || symbol("+")) {
        // any number of them
      }
      if (!operand() || !predicate()) {
        return false;
      }
    } while (operator());
    return true;
  }

  private boolean operator() {
    if (t.type(i) == TokenType.SYMBOL && OPERATORS.contains(t.text(i))) {
      i++;
      return true;
    }
    if (t.isWord(i, "NOT") && t.isAnyWord(i + 1, "LIKE", "BETWEEN")) {
      i += 2;
      return true;
    }
    return word("AND") || word("OR") || word("LIKE") || word("BETWEEN");
  }

  /** IS NULL and IN (…) behind an operand, if they are there. */
  private boolean predicate() {
    if (word("IS")) {
      word("NOT");
      return word("NULL");
    }
    if (t.isWord(i, "NOT") && t.isWord(i + 1, "IN")) {
      i++;
    }
    return !word("IN") || (symbol("(") && expressions() && symbol(")"));
  }

  private boolean operand() {
    if (count() || next(TokenType.STRING) || word("NULL") || word("TRUE") || word("FALSE")) {
      return true;
    }
    if (symbol("(")) {
      return expression() && symbol(")");
    }
    if (t.isSymbol(i + 1, "(")) {
      return function();
    }
    if (!name()) {
      return false;
    }
    while (symbol(".")) {
      if (!name()) {
        return false;
      }
    }
    return true;
  }

  private boolean function() {
    if (t.type(i) != TokenType.WORD
        || KEYWORDS.contains(t.text(i))
        || dialect.function(t.name(i)) != Dialect.FunctionKind.PURE) {
      return false;
    }
    i += 2;
    if (symbol(")")) {
      return true;
    }
    if (symbol("*")) {
      return symbol(")");
    }
    word("DISTINCT");
    return expressions() && symbol(")");
  }

  private boolean isName(int at) {
    return t.type(at) == TokenType.QUOTED
        || (t.type(at) == TokenType.WORD && !KEYWORDS.contains(t.text(at)));
  }

  private boolean name() {
    if (isName(i)) {
      i++;
      return true;
    }
    return false;
  }

  private boolean word(String upper) {
    if (t.isWord(i, upper)) {
      i++;
      return true;
    }
    return false;
  }

  private boolean symbol(String symbol) {
    if (t.isSymbol(i, symbol)) {
      i++;
      return true;
    }
    return false;
  }

  private boolean next(TokenType type) {
    if (t.type(i) == type) {
      i++;
      return true;
    }
    return false;
  }
}
