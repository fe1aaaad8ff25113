package io.rwsplit.sql;

/**
 * The text JSqlParser is given for a digest of SQLite: operators and clauses that only SQLite has
 * are written as others that JSqlParser knows and that have the same shape, so that the fast mode
 * of the parser does for nearly all queries.
 *
 * <p>The tree serves as a proof of what a statement holds, never to run it, so only the shape
 * counts.
 */
final class ParserText {
  private ParserText() {}

  /** The text for the parser. */
  static String of(Tokens t) {
    StringBuilder b = new StringBuilder(t.size() * 6);
    int i = 0;
    while (i < t.size()) {
      int skipped = skip(t, i);
      if (skipped > 0) {
        i += skipped;
        continue;
      }
      if (b.length() > 0) {
        b.append(' ');
      }
      i += write(t, i, b);
    }
    return b.toString();
  }

  /** How many tokens at {@code i} say only how to run the query. */
  private static int skip(Tokens t, int i) {
    if (t.isWord(i, "INDEXED") && t.isWord(i + 1, "BY")) {
      return 3;
    }
    if (t.isWord(i, "NOT") && t.isWord(i + 1, "INDEXED")) {
      return 2;
    }
    if (t.isWord(i - 1, "AS") && t.isWord(i, "NOT") && t.isWord(i + 1, "MATERIALIZED")) {
      return 2;
    }
    return t.isWord(i - 1, "AS") && t.isWord(i, "MATERIALIZED") && t.isSymbol(i + 1, "(") ? 1 : 0;
  }

  /** Writes the tokens at {@code i} and returns how many they are. */
  private static int write(Tokens t, int i, StringBuilder b) {
    switch (t.type(i)) {
      case QUOTED:
        b.append('"').append(t.text(i)).append('"');
        return 1;
      case STRING:
        b.append("''");
        return 1;
      case SYMBOL:
        b.append(t.text(i).startsWith("==") ? t.text(i).substring(1) : t.text(i));
        return 1;
      case WORD:
        return word(t, i, b);
      default:
        b.append(t.text(i));
        return 1;
    }
  }

  private static int word(Tokens t, int i, StringBuilder b) {
    switch (t.text(i)) {
      case "GLOB":
      case "MATCH":
        {
          int before = t.isWord(i - 1, "NOT") ? i - 2 : i - 1;
          b.append(isOperand(t, before) ? "LIKE" : t.text(i));
          return 1;
        }
      case "ISNULL":
        b.append("IS NULL");
        return 1;
      case "NOTNULL":
        b.append("IS NOT NULL");
        return 1;
      case "NOT":
        if (t.isWord(i + 1, "NULL") && isOperand(t, i - 1)) {
          b.append("IS NOT NULL");
          return 2;
        }
        b.append("NOT");
        return 1;
      case "IS":
        {
          int next = t.isWord(i + 1, "NOT") ? i + 2 : i + 1;
          if (t.isAnyWord(next, "NULL", "TRUE", "FALSE", "DISTINCT")) {
            b.append("IS");
            return 1;
          }
          b.append(next == i + 1 ? "=" : "<>");
          return next - i;
        }
      default:
        b.append(t.text(i));
        return 1;
    }
  }

  /** True when an operand may end at {@code i}, so that an infix operator may follow. */
  private static boolean isOperand(Tokens t, int i) {
    switch (t.type(i)) {
      case NONE:
        return false;
      case SYMBOL:
        return t.isSymbol(i, ")");
      case WORD:
        return !t.isAnyWord(
            i,
            "SELECT",
            "WHERE",
            "AND",
            "OR",
            "NOT",
            "WHEN",
            "THEN",
            "ELSE",
            "CASE",
            "BY",
            "ON",
            "HAVING",
            "DISTINCT",
            "ALL",
            "LIMIT",
            "BETWEEN",
            "LIKE",
            "IN",
            "IS");
      default:
        return true;
    }
  }
}
