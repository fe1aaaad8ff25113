package io.rwsplit.sql;

import io.rwsplit.engine.Engine;

/** Where numbers of a SQL text end. Stateless. */
final class Numbers {
  private Numbers() {}

  /** The end of the number that begins at {@code from}; the text ends at {@code n}. */
  static int end(Engine engine, String sql, int from, int n) {
    int e = from;
    if (sql.charAt(e) == '0' && e + 1 < n && isRadix(engine, sql.charAt(e + 1) | 32)) {
      boolean underscores = engine != Engine.SQLITE && !engine.isMySqlFamily();
      e += 2;
      while (e < n && (isHex(sql.charAt(e)) || (underscores && sql.charAt(e) == '_'))) {
        e++;
      }
      return e;
    }
    e = digits(sql, e, n);
    if (e < n && sql.charAt(e) == '.') {
      e = digits(sql, e + 1, n);
    }
    if (e < n && (sql.charAt(e) | 32) == 'e') {
      int x = e + 1;
      if (x < n && (sql.charAt(x) == '+' || sql.charAt(x) == '-')) {
        x++;
      }
      int end = digits(sql, x, n);
      if (end > x) {
        e = end;
      }
    }
    return e;
  }

  /** The end of the digits and underscores that begin at {@code from}, which may be none. */
  static int digits(String sql, int from, int n) {
    int e = from;
    while (e < n && ((sql.charAt(e) >= '0' && sql.charAt(e) <= '9') || sql.charAt(e) == '_')) {
      e++;
    }
    return e;
  }

  /**
   * The letter of {@code 0x1f}, {@code 0b01} or {@code 0o17}; a bad digit is the engine's affair.
   */
  private static boolean isRadix(Engine engine, int letter) {
    return letter == 'x'
        || (letter == 'b' && engine != Engine.SQLITE)
        || (letter == 'o' && engine != Engine.SQLITE && !engine.isMySqlFamily());
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
  }
}
