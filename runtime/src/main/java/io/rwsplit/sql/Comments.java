package io.rwsplit.sql;

import io.rwsplit.engine.Engine;

/**
 * Comments of a SQL text by the rules of its engine, and the hints in them. Stateless.
 *
 * <p>In each method {@code n} is where the text ends, or where it is no longer looked at.
 */
final class Comments {
  private Comments() {}

  /** True when one begins with the char at {@code at}. */
  static boolean isAt(Engine engine, String sql, int at, int n) {
    char c = sql.charAt(at);
    char next = at + 1 < n ? sql.charAt(at + 1) : 0;
    return (c == '-' && next == '-')
        || (c == '/' && next == '*')
        || (c == '#' && engine.isMySqlFamily());
  }

  /**
   * Passes over the comment that begins at {@code at}; tells its hint, and what makes it doubtful.
   *
   * @return where it ends; -1 when none begins there
   */
  static int end(Engine engine, String sql, int at, int n, ScannedText out) {
    char c = sql.charAt(at);
    char next = at + 1 < n ? sql.charAt(at + 1) : 0;
    boolean mysql = engine.isMySqlFamily();
    if (c == '#') {
      return mysql ? line(engine, sql, at + 1, n, out) : -1;
    }
    if (c == '-' && next == '-') {
      boolean begins = !mysql || at + 2 >= n || sql.charAt(at + 2) <= ' ';
      return begins ? line(engine, sql, at + 2, n, out) : -1;
    }
    return c == '/' && next == '*' ? block(engine, sql, at + 2, n, out) : -1;
  }

  private static int line(Engine engine, String sql, int from, int n, ScannedText out) {
    int e = from;
    while (e < n && sql.charAt(e) != '\n') {
      if (sql.charAt(e) == '\r' && engine != Engine.SQLITE) {
        if (e + 1 < n && sql.charAt(e + 1) == '\n') {
          break;
        }
        if (!engine.isMySqlFamily()) {
          break;
        }
        out.doubt = true;
      }
      e++;
    }
    hint(sql, from, e, out);
    return e;
  }

  private static int block(Engine engine, String sql, int from, int n, ScannedText out) {
    boolean mysql = engine.isMySqlFamily();
    boolean sqlite = engine == Engine.SQLITE;
    if (mysql && from < n) {
      char c = sql.charAt(from);
      if (c == '!' || ((c == 'M' || c == 'm') && from + 1 < n && sql.charAt(from + 1) == '!')) {
        out.executableComment = true;
      }
    }
    int e = sql.indexOf("*/", from);
    int nested = sqlite ? -1 : sql.indexOf("/*", from);
    if (e >= 0 && nested >= 0 && nested < e) {
      out.doubt |= mysql;
      e = nested(sql, from, n);
    }
    if (e < 0 || e + 2 > n) {
      out.doubt |= !sqlite || from >= n;
      e = n;
    }
    hint(sql, from, e, out);
    return Math.min(e + 2, n);
  }

  /** Where the comment whose content begins at {@code from} is closed, or -1. */
  private static int nested(String sql, int from, int n) {
    int level = 1;
    int e = from;
    while (e + 1 < n) {
      char c = sql.charAt(e);
      char next = sql.charAt(e + 1);
      if (c == '*' && next == '/') {
        level--;
        if (level == 0) {
          return e;
        }
        e += 2;
      } else if (c == '/' && next == '*') {
        level++;
        e += 2;
      } else {
        e++;
      }
    }
    return -1;
  }

  /** Takes the hint out of a comment whose content is [from, to). */
  private static void hint(String sql, int from, int to, ScannedText out) {
    int s = from;
    while (s < to && (sql.charAt(s) <= ' ' || sql.charAt(s) == '+')) {
      s++;
    }
    if (to - s >= 8 && sql.regionMatches(true, s, Hint.PREFIX, 0, Hint.PREFIX.length())) {
      out.hint = out.hint.and(sql.substring(s, Math.min(to, s + Hint.MAX_CHARS)));
    }
  }
}
