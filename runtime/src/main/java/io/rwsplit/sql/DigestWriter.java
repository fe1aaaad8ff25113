package io.rwsplit.sql;

/**
 * Writes the digest of one text: words and chars as they come, a stand-in for each literal, one for
 * a list of them, one blank for what separates tokens, and nothing after the last statement.
 *
 * <p>Not thread-safe: belongs to one {@link SqlScanner}, which reads the text.
 */
final class DigestWriter {
  /** Kinds of literals. */
  static final int STRING = 1;

  static final int NUMBER = 2;
  static final int PARAMETER = 3;

  /** True when digests are whole: not even the rows of an INSERT are left out. */
  private final boolean whole;

  private String sql;
  private ScannedText out;
  private char[] d;
  private int len;
  private int limit;

  /** White space or a comment is to be written before the next token. */
  boolean blank;

  /** A semicolon is, if another statement follows. */
  boolean semicolon;

  /** Nothing is written until the next statement, or at all. */
  boolean muted;

  /** Literals are what the statement is about: a SET, a PRAGMA. */
  boolean keepLiterals;

  private boolean insert;

  /** The rows of an INSERT are being left out. */
  private boolean rows;

  private int lastLiteral;
  private int lastLiteralEnd;

  DigestWriter(boolean whole) {
    this.whole = whole;
  }

  /** Begins the digest of {@code text}, of at most {@code chars} chars, for which there is room. */
  void begin(String text, ScannedText target, int chars) {
    sql = text;
    out = target;
    d = target.digest;
    limit = chars;
    len = 0;
    blank = false;
    semicolon = false;
    muted = false;
    keepLiterals = false;
    insert = false;
    rows = false;
    lastLiteral = 0;
    lastLiteralEnd = -1;
  }

  void end() {
    out.length = len;
    if (len > 0) {
      out.statements++;
    }
    sql = null;
  }

  /** Writes what is pending before the next token. */
  void flush() {
    if (semicolon) {
      semicolon = false;
      if (len > 0) {
        muted = false;
        rows = false;
        out.statements++;
        raw(';');
      }
      blank = false;
    }
    if (blank) {
      blank = false;
      if (len > 0) {
        raw(' ');
      }
    }
  }

  void raw(char c) {
    if (muted) {
      return;
    }
    if (len < limit) {
      d[len++] = c;
    } else {
      muted = true;
    }
  }

  void put(char c) {
    flush();
    raw(c);
  }

  /** A token that begins or ends with a word's char must not touch another such token. */
  void checkApart() {
    if (len > 0 && !muted && SqlScanner.isWordPart(d[len - 1])) {
      out.doubt = true;
    }
  }

  /** True when a dot that is written now does not follow a name. */
  boolean isApartFromName() {
    return blank
        || len == 0
        || !(SqlScanner.isWordPart(d[len - 1]) || d[len - 1] == '"' || d[len - 1] == '`');
  }

  /** The word that is [start, end) of the text. */
  void word(int start, int end) {
    int at = len;
    if (!muted && len + (end - start) <= limit) {
      System.arraycopy(out.source, start, d, len, end - start);
      len += end - start;
    } else {
      muted = true;
    }
    if (out.firstWordEnd == 0 && !muted) {
      out.firstWordStart = at;
      out.firstWordEnd = len;
      keepLiterals =
          out.firstWordIs("SET") || out.firstWordIs("PRAGMA") || out.firstWordIs("ATTACH");
      insert = !whole && (out.firstWordIs("INSERT") || out.firstWordIs("REPLACE"));
    } else if (end - start == 10 && len <= 32 && !muted && isSetConfig(start)) {
      keepLiterals = true;
    } else if (insert
        && end - start == 6
        && !muted
        && sql.regionMatches(true, start, "VALUES", 0, 6)) {
      muted = true;
      rows = true;
    }
  }

  /**
   * Writes the call whose parenthesis is at {@code open}, when it stands in rows that are left out
   * and may outlive its statement in the session.
   */
  void calls(int open) {
    if (!rows) {
      return;
    }
    int end = open;
    while (end > 0 && sql.charAt(end - 1) <= ' ') {
      end--;
    }
    if (end > 0 && (sql.charAt(end - 1) == '"' || sql.charAt(end - 1) == '`')) {
      end--;
    }
    int start = end;
    while (start > 0 && SqlScanner.isWordPart(sql.charAt(start - 1))) {
      start--;
    }
    if (leavesSomething(start, end) && len + (end - start) + 3 <= limit) {
      rows = false;
      d[len++] = ' ';
      sql.getChars(start, end, d, len);
      len += end - start;
      d[len++] = '(';
      d[len++] = ')';
    }
  }

  private boolean leavesSomething(int start, int end) {
    if (end - start < 7) {
      return false;
    }
    switch (sql.charAt(start) | 32) {
      case 's':
        return isWord(start, end, "set_config") || isWord(start, end, "setseed");
      case 'p':
        return sql.regionMatches(true, start, "pg_advisory_lock", 0, 16)
            || sql.regionMatches(true, start, "pg_try_advisory_lock", 0, 20);
      case 'g':
        return isWord(start, end, "get_lock");
      default:
        return false;
    }
  }

  private boolean isWord(int start, int end, String word) {
    return end - start == word.length() && sql.regionMatches(true, start, word, 0, word.length());
  }

  /** The function of PostgreSQL that is a SET: what it sets has to be known. */
  private boolean isSetConfig(int start) {
    return sql.regionMatches(true, start, "set_config", 0, 10) && out.firstWordIs("SELECT");
  }

  /** The stand-in of a literal, or nothing when it continues a list of its like. */
  void literal(int type, int start, int end) {
    if (keepLiterals && type != PARAMETER) {
      flush();
      if (type == NUMBER) {
        checkApart();
      }
      for (int x = start; x < end; x++) {
        raw(sql.charAt(x));
      }
      return;
    }
    out.literals |= type != PARAMETER;
    if (type == lastLiteral && !semicolon && !muted && onlyCommaSince()) {
      len = lastLiteralEnd;
      blank = false;
      return;
    }
    flush();
    if (type == STRING) {
      if (len > 0 && !muted && d[len - 1] == '\'') {
        out.doubt = true;
      }
      raw('\'');
      raw('\'');
    } else {
      checkApart();
      raw(type == NUMBER ? '1' : '?');
    }
    lastLiteral = type;
    lastLiteralEnd = len;
  }

  private boolean onlyCommaSince() {
    int x = lastLiteralEnd;
    if (x < len && d[x] == ' ') {
      x++;
    }
    return x < len && d[x] == ',' && (x == len - 1 || (x == len - 2 && d[x + 1] == ' '));
  }

  /**
   * A quoted identifier whose opening quote is at {@code from}, in quotes {@code written}. A char
   * in it that the parser could not take (a doubled quote, a line's end) is written as U+FFFD,
   * which no known name holds.
   *
   * @return where it ends; {@code n} with a doubt where it is not closed
   */
  int quoted(int from, int n, char open, char close, char written) {
    flush();
    if (len > 0 && !muted && d[len - 1] == written) {
      out.doubt = true;
    }
    raw(written);
    int e = from + 1;
    while (e < n) {
      char c = sql.charAt(e);
      if (c == close) {
        if (open == '[' || e + 1 >= n || sql.charAt(e + 1) != close) {
          break;
        }
        e++;
      }
      raw(c == written || c == close || c < ' ' ? '\uFFFD' : c);
      e++;
    }
    out.doubt |= e >= n;
    raw(written);
    return Math.min(e + 1, n);
  }

  /** Another setting of the server, or an error, would split the text otherwise. */
  void doubt() {
    out.doubt = true;
  }
}
