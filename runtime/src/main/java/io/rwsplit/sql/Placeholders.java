package io.rwsplit.sql;

import io.rwsplit.engine.Engine;

/**
 * Parameters of a SQL text ({@code ?}, {@code ?1}, {@code :name}, {@code @name}, {@code $1}), and
 * what begins like one: operators of jsonb, casts, PostgreSQL's dollar quotes. Stateless.
 */
final class Placeholders {
  private Placeholders() {}

  /**
   * Reads what begins with the question mark, colon, at or dollar sign at {@code at}.
   *
   * @param n where the text ends
   * @return where it ends
   */
  static int end(Engine engine, String sql, int at, int n, DigestWriter digest) {
    char c = sql.charAt(at);
    if (c == '?') {
      return questionMark(engine, sql, at + 1, n, digest);
    }
    if (engine == Engine.SQLITE) {
      return named(sql, at, n, digest);
    }
    if (c == '$' && !engine.isMySqlFamily()) {
      return dollar(sql, at, n, digest);
    }
    // ':' of casts, slices and ':=', '@' of operators and variables
    digest.put(c);
    return at + 1;
  }

  private static int questionMark(Engine engine, String sql, int at, int n, DigestWriter digest) {
    char next = at < n ? sql.charAt(at) : 0;
    boolean mysql = engine.isMySqlFamily();
    boolean sqlite = engine == Engine.SQLITE;
    boolean operator = next == '?' || next == '|' || next == '&';
    if (operator && !mysql && !sqlite) {
      return jsonOperator(sql, at, n, digest);
    }
    if (next == '?' || (operator && mysql)) {
      digest.doubt();
    }
    int e = at;
    while (sqlite && e < n && sql.charAt(e) >= '0' && sql.charAt(e) <= '9') {
      e++;
    }
    digest.literal(DigestWriter.PARAMETER, e, e);
    return e;
  }

  /**
   * {@code ?|} and {@code ?&} are operators of jsonb, or a parameter and an operator; pgjdbc writes
   * an operator's question mark twice. None of these readings has an effect.
   */
  private static int jsonOperator(String sql, int at, int n, DigestWriter digest) {
    int e = sql.charAt(at) == '?' ? at + 1 : at;
    if (e < n && (sql.charAt(e) == '|' || sql.charAt(e) == '&')) {
      e++;
    }
    boolean more = e < n && "+-*/<>=~!@#%^&|`?".indexOf(sql.charAt(e)) >= 0;
    if (more && sql.charAt(e) != '-') {
      digest.doubt();
    }
    digest.put('?');
    digest.blank = true;
    return e;
  }

  /** SQLite's {@code :name}, {@code @name} and {@code $name}. */
  private static int named(String sql, int at, int n, DigestWriter digest) {
    int e = at + 1;
    while (e < n && SqlScanner.isWordPart(sql.charAt(e))) {
      e++;
    }
    boolean suffixed = e < n && (sql.charAt(e) == ':' || sql.charAt(e) == '(');
    if (e == at + 1 || (suffixed && sql.charAt(at) == '$')) {
      digest.doubt();
    }
    digest.literal(DigestWriter.PARAMETER, e, e);
    return e;
  }

  /** {@code $1}, or a string in dollar quotes. */
  private static int dollar(String sql, int at, int n, DigestWriter digest) {
    char next = at + 1 < n ? sql.charAt(at + 1) : 0;
    if (next >= '0' && next <= '9') {
      int end = Numbers.digits(sql, at + 1, n);
      digest.literal(DigestWriter.PARAMETER, end, end);
      return end;
    }
    int e = at + 1;
    while (e < n && sql.charAt(e) != '$' && SqlScanner.isWordPart(sql.charAt(e))) {
      e++;
    }
    if (e >= n || sql.charAt(e) != '$') {
      digest.doubt();
      digest.put('$');
      return at + 1;
    }
    String tag = sql.substring(at, e + 1);
    int close = sql.indexOf(tag, e + 1);
    if (close < 0) {
      digest.doubt();
      return n;
    }
    if (digest.keepLiterals) {
      digest.doubt();
    }
    int end = close + tag.length();
    digest.literal(DigestWriter.STRING, at, end);
    return end;
  }
}
