package io.rwsplit.sql;

/**
 * The ends of the string literals of a text with backslashes, and whether a server with another
 * meaning of them could find others.
 *
 * <p>Not thread-safe: for one text.
 */
final class EscapedStrings {
  private final boolean mysql;
  private boolean inSingle;
  private boolean inDouble;

  /** Where the first string with a backslash before a quote opens; -1 when there is none. */
  private int first = -1;

  EscapedStrings(boolean mysql) {
    this.mysql = mysql;
  }

  /**
   * The end of the string whose opening quote is at {@code open}, or -1.
   *
   * @param escapes true when a backslash before a quote escapes it, as the server is set up by
   *     default
   */
  int end(String sql, int open, int n, char quote, boolean escapes) {
    int e = open + 1;
    while (e < n) {
      char c = sql.charAt(e);
      if (c == quote) {
        if (e + 1 >= n || sql.charAt(e + 1) != quote) {
          return e + 1;
        }
        e += 2;
      } else if (c == '\\') {
        e = backslash(sql, open, e, n, quote, escapes);
      } else {
        e++;
      }
    }
    return -1;
  }

  /** Skips a run of backslashes and, where they escape, the char after an odd one. */
  private int backslash(String sql, int open, int from, int n, char quote, boolean escapes) {
    int e = from;
    while (e < n && sql.charAt(e) == '\\') {
      e++;
    }
    if ((e - from) % 2 == 1 && e < n && sql.charAt(e) == quote) {
      inSingle |= quote == '\'' && (mysql || !escapes);
      inDouble |= quote == '"';
      first = first < 0 ? open : first;
      return escapes ? e + 1 : e;
    }
    return e;
  }

  /** True when the text could make sense with another meaning of backslashes before quotes. */
  boolean isAmbiguous(String sql, int n) {
    if (first < 0) {
      return false;
    }
    Backslashes other = new Backslashes(sql, n, first);
    if (!mysql) {
      return inSingle && other.makeSense(true, false);
    }
    // NO_BACKSLASH_ESCAPES, ANSI_QUOTES
    return other.makeSense(false, false) || (inDouble && other.makeSense(true, false));
  }
}
