package io.rwsplit.sql;

import java.util.Locale;

/** JDBC escapes in braces, which the drivers of the servers rewrite. Stateless. */
final class JdbcEscapes {
  private JdbcEscapes() {}

  /**
   * Reads the word an escape begins with.
   *
   * @param from what follows the opening brace
   * @param n where the text ends
   * @return where to go on
   */
  static int begin(String sql, int from, int n, DigestWriter digest) {
    int start = afterSpace(sql, from, n);
    int e = endOfWord(sql, start, n);
    String escape = sql.substring(start, Math.min(e, start + 10)).toLowerCase(Locale.ROOT);
    switch (escape) {
      case "d":
      case "t":
      case "ts":
      case "oj":
        return e;
      case "limit":
      case "escape":
      case "call":
        return start;
      case "fn":
        return function(sql, e, n, digest);
      default:
        return startOfFunctionCall(sql, start, n, digest);
    }
  }

  /** Where {@code call} begins in {@code {? = call f()}}. */
  private static int startOfFunctionCall(String sql, int from, int n, DigestWriter digest) {
    int e = from;
    while (e < n && (sql.charAt(e) <= ' ' || sql.charAt(e) == '?' || sql.charAt(e) == '=')) {
      e++;
    }
    if (!sql.regionMatches(true, e, "call", 0, 4)) {
      digest.doubt();
    }
    return e;
  }

  /** {@code {fn f(…)}} is written as {@code fn$f(…)}: which function it is, is the driver's. */
  private static int function(String sql, int from, int n, DigestWriter digest) {
    int start = afterSpace(sql, from, n);
    int e = endOfWord(sql, start, n);
    if (e == start) {
      digest.doubt();
      return start;
    }
    digest.flush();
    digest.raw('f');
    digest.raw('n');
    digest.raw('$');
    digest.word(start, e);
    return e;
  }

  private static int afterSpace(String sql, int from, int n) {
    int e = from;
    while (e < n && sql.charAt(e) <= ' ') {
      e++;
    }
    return e;
  }

  private static int endOfWord(String sql, int from, int n) {
    int e = from;
    while (e < n && SqlScanner.isWordPart(sql.charAt(e))) {
      e++;
    }
    return e;
  }
}
