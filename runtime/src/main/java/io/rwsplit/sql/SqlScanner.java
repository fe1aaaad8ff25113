package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.Locale;

/**
 * Splits a SQL text by the lexical rules of one engine, in one pass, and writes its digest.
 *
 * <p>The digest is what every later stage works on, the parser included, so that nobody else's idea
 * of a literal or a comment matters: comments are dropped, white space is one blank, string
 * literals are {@code ''}, numbers {@code 1}, parameters {@code ?}, runs of equal ones by comma are
 * one, the quoted identifiers of SQLite are all in double quotes, {@code {fn f()}} is {@code
 * fn$f()}, and trailing semicolons are gone. Texts that begin with SET, PRAGMA or ATTACH keep their
 * literals. Of an INSERT or REPLACE nothing is written after VALUES.
 *
 * <p>Where the rules depend on a setting of the server that is not known here (backslashes, ANSI
 * quotes), or the engine would refuse the text anyway, the text is marked as doubtful.
 *
 * <p>Not thread-safe: one instance per scan, or per thread. Facts from: SQLite's tokenize.c,
 * PostgreSQL "Lexical Structure" and the Parser class of pgjdbc, MySQL "Language Structure" and
 * MariaDB "Comment Syntax".
 */
final class SqlScanner {
  /** Texts longer than this, in chars, are scanned for facts but get no full digest. */
  static final int MAX_TEXT = 64 * 1024;

  /** Texts longer than this are not even scanned to their end. */
  static final int MAX_SCANNED = 8 * 1024 * 1024;

  /** Chars of digest kept of a text longer than {@link #MAX_TEXT}. */
  private static final int HEAD = 1024;

  private static final byte SPACE = CharClasses.SPACE;
  private static final byte WORD = CharClasses.WORD;
  private static final byte DIGIT = CharClasses.DIGIT;
  private static final byte SPECIAL = CharClasses.SPECIAL;
  private static final byte BAD = CharClasses.BAD;
  private static final byte[] CLASSES = CharClasses.classes();
  private static final boolean[] PARTS = CharClasses.parts();

  private static final int STRING = 1;
  private static final int NUMBER = 2;
  private static final int PARAMETER = 3;

  private final boolean sqlite;
  private final boolean mysql;
  private final boolean postgres;

  private String sql;
  private char[] source;
  private int sourceEnd;
  private int n;
  private int i;
  private ScannedText out;
  private char[] d;
  private int len;
  private int limit;
  private boolean blank;
  private boolean semicolon;
  private boolean keepLiterals;
  private boolean insert;
  private boolean muted;
  private boolean escapedSingle;
  private boolean escapedDouble;
  private int firstEscape;
  private boolean backslashes;
  private int braces;
  private int depth;
  private int lastLiteral;
  private int lastLiteralEnd;

  /** True when digests are whole: not even the rows of an INSERT are left out. */
  private final boolean whole;

  SqlScanner(Engine engine) {
    this(engine, false);
  }

  SqlScanner(Engine engine, boolean whole) {
    this.whole = whole;
    sqlite = engine == Engine.SQLITE;
    mysql = engine == Engine.MYSQL || engine == Engine.MARIADB;
    postgres = engine == Engine.POSTGRESQL || engine == Engine.H2;
  }

  /** True for a char that continues a word in every engine. */
  static boolean isWordPart(char c) {
    return c >= 128 || PARTS[c];
  }

  /** Scans {@code text} into {@code target}, whose earlier content is lost. */
  void scan(String text, ScannedText target) {
    sql = text;
    n = Math.min(text.length(), MAX_SCANNED);
    out = target;
    limit = n > MAX_TEXT ? HEAD : n;
    sourceEnd = Math.min(n, MAX_TEXT);
    out.reset(limit + 16, sourceEnd);
    source = out.source;
    text.getChars(0, sourceEnd, source, 0);
    out.truncated = n > MAX_TEXT;
    out.doubt = text.length() > MAX_SCANNED || text.indexOf('\0') >= 0;
    backslashes = !sqlite && text.indexOf('\\') >= 0;
    d = out.digest;
    len = 0;
    i = 0;
    blank = false;
    semicolon = false;
    keepLiterals = false;
    insert = false;
    muted = false;
    escapedSingle = false;
    escapedDouble = false;
    firstEscape = -1;
    braces = 0;
    depth = 0;
    lastLiteral = 0;
    lastLiteralEnd = -1;
    run();
    if (depth != 0 || braces != 0) {
      out.doubt = true;
    }
    if (firstEscape >= 0 && isAmbiguous()) {
      out.doubt = true;
    }
    out.length = len;
    if (len > 0) {
      out.statements++;
    }
    sql = null;
  }

  /** True when the text could make sense with another meaning of backslashes before quotes. */
  private boolean isAmbiguous() {
    Backslashes other = new Backslashes(sql, n, firstEscape);
    if (postgres) {
      return escapedSingle && other.makeSense(true, false);
    }
    // NO_BACKSLASH_ESCAPES, ANSI_QUOTES
    return other.makeSense(false, false) || (escapedDouble && other.makeSense(true, false));
  }

  private void run() {
    while (i < n) {
      muted |= i >= sourceEnd;
      if (muted) {
        skim();
        if (i >= n) {
          return;
        }
      }
      char c = source[i];
      byte k = c < 128 ? CLASSES[c] : WORD;
      switch (k) {
        case SPACE:
          blank = true;
          i++;
          break;
        case WORD:
          word(c);
          break;
        case DIGIT:
          number();
          break;
        case SPECIAL:
          special(c);
          break;
        case BAD:
          out.doubt = true;
          blank = true;
          i++;
          break;
        default:
          put(c);
          i++;
          break;
      }
    }
  }

  /**
   * Passes over what is not written to the digest, watching only for quotes, comments and the end
   * of the statement. Stops before the next statement when that one is to be written.
   */
  private void skim() {
    while (i < n) {
      char c = sql.charAt(i);
      byte k = c < 128 ? CLASSES[c] : WORD;
      if (semicolon && k != SPACE && c != ';' && !isComment(c)) {
        if (!out.truncated) {
          return;
        }
        semicolon = false;
        out.statements++;
      }
      if (k == DIGIT) {
        out.literals = true;
      }
      if (k != SPECIAL) {
        i++;
        continue;
      }
      switch (c) {
        case '\'':
          string('\'', mysql || (postgres && afterEscapePrefix()));
          break;
        case '"':
        case '`':
        case '-':
        case '/':
        case '#':
          special(c);
          break;
        case '[':
          if (sqlite) {
            special(c);
          } else {
            i++;
          }
          break;
        case '$':
          if (postgres && !isWordPart(sql.charAt(i - 1))) {
            parameter(c);
          } else {
            i++;
          }
          break;
        case ';':
          semicolon = true;
          i++;
          break;
        default:
          i++;
          break;
      }
    }
  }

  private boolean isComment(char c) {
    char next = i + 1 < n ? sql.charAt(i + 1) : 0;
    return (c == '-' && next == '-') || (c == '/' && next == '*') || (c == '#' && mysql);
  }

  /** True when the quote at {@code i} opens {@code E'…'}. */
  private boolean afterEscapePrefix() {
    return i > 1 && (sql.charAt(i - 1) | 32) == 'e' && !isWordPart(sql.charAt(i - 2));
  }

  /** Writes what is pending before the next token. */
  private void flush() {
    if (semicolon) {
      semicolon = false;
      if (len > 0) {
        muted = false;
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

  private void raw(char c) {
    if (muted) {
      return;
    }
    if (len < limit) {
      d[len++] = c;
    } else {
      muted = true;
    }
  }

  private void put(char c) {
    flush();
    raw(c);
  }

  /** A token that begins or ends with a word's char must not touch another such token. */
  private void checkApart() {
    if (len > 0 && !muted && isWordPart(d[len - 1])) {
      out.doubt = true;
    }
  }

  private void word(char first) {
    if (first == '\uFEFF') {
      out.doubt = true;
    }
    int start = i;
    int e = i + 1;
    char[] s = source;
    int m = sourceEnd;
    while (e < m && (s[e] >= 128 || PARTS[s[e]])) {
      e++;
    }
    i = e;
    if (e < m && s[e] == '\'' && introducer(start, e)) {
      return;
    }
    if (postgres && e - start == 1 && e < m && s[e] == '&' && (first | 32) == 'u') {
      if (e + 1 < m && s[e + 1] == '\'') {
        flush();
        checkApart();
        i = e + 1;
        string('\'', false);
        return;
      }
      // an identifier with escapes may be any name
      out.doubt = true;
    }
    flush();
    checkApart();
    if ((first | 32) == 'f' && e - start > 2 && s[start + 2] == '$') {
      out.doubt = true;
    }
    emitWord(start, e);
  }

  private void emitWord(int start, int e) {
    int at = len;
    if (!muted && len + (e - start) <= limit) {
      System.arraycopy(source, start, d, len, e - start);
      len += e - start;
    } else {
      muted = true;
    }
    if (out.firstWordEnd == 0 && !muted) {
      out.firstWordStart = at;
      out.firstWordEnd = len;
      keepLiterals =
          out.firstWordIs("SET") || out.firstWordIs("PRAGMA") || out.firstWordIs("ATTACH");
      insert = !whole && (out.firstWordIs("INSERT") || out.firstWordIs("REPLACE"));
    } else if (e - start == 10 && len <= 32 && !muted && isSetConfig(start)) {
      keepLiterals = true;
    } else if (insert
        && e - start == 6
        && !muted
        && sql.regionMatches(true, start, "VALUES", 0, 6)) {
      muted = true;
    }
  }

  /** The function of PostgreSQL that is a SET: what it sets has to be known. */
  private boolean isSetConfig(int start) {
    return sql.regionMatches(true, start, "set_config", 0, 10) && out.firstWordIs("SELECT");
  }

  /** A word that is part of the string literal after it; false when it is none. */
  private boolean introducer(int start, int e) {
    char c = (char) (sql.charAt(start) | 32);
    if (e - start == 1) {
      boolean known =
          sqlite ? c == 'x' : mysql ? c == 'x' || c == 'b' || c == 'n' : "xbne".indexOf(c) >= 0;
      if (known) {
        flush();
        checkApart();
        string('\'', postgres ? c == 'e' : mysql);
        return true;
      }
    }
    if (mysql && sql.charAt(start) == '_') {
      flush();
      checkApart();
      string('\'', true);
      return true;
    }
    return false;
  }

  private void number() {
    int e = i;
    char c = sql.charAt(e);
    if (c == '0' && e + 1 < n && isRadix(sql.charAt(e + 1) | 32)) {
      e += 2;
      while (e < n && (isHex(sql.charAt(e)) || (postgres && sql.charAt(e) == '_'))) {
        e++;
      }
    } else {
      e = digits(e);
      if (e < n && sql.charAt(e) == '.') {
        e = digits(e + 1);
      }
      if (e < n && (sql.charAt(e) | 32) == 'e') {
        int x = e + 1;
        if (x < n && (sql.charAt(x) == '+' || sql.charAt(x) == '-')) {
          x++;
        }
        int end = digits(x);
        if (end > x) {
          e = end;
        }
      }
    }
    if (e < n && isWordPart(sql.charAt(e))) {
      // 1abc: an error on SQLite, an identifier on MySQL, a number and an alias on old PostgreSQL
      out.doubt = true;
      while (e < n && isWordPart(sql.charAt(e))) {
        e++;
      }
    }
    int start = i;
    i = e;
    literal(NUMBER, start, e);
  }

  private int digits(int from) {
    int e = from;
    while (e < n && ((sql.charAt(e) >= '0' && sql.charAt(e) <= '9') || sql.charAt(e) == '_')) {
      e++;
    }
    return e;
  }

  /**
   * The letter of {@code 0x1f}, {@code 0b01} or {@code 0o17}; a bad digit is the engine's affair.
   */
  private boolean isRadix(int letter) {
    return letter == 'x' || (letter == 'b' && !sqlite) || (letter == 'o' && postgres);
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
  }

  /** Writes the stand-in of a literal, or nothing when it continues a list of its like. */
  private void literal(int type, int start, int end) {
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

  private void special(char c) {
    switch (c) {
      case '\'':
        string('\'', mysql);
        break;
      case '"':
        if (mysql) {
          string('"', true);
        } else {
          quoted('"', '"');
        }
        break;
      case '`':
        if (postgres) {
          out.doubt = true;
        }
        quoted('`', '`');
        break;
      case '[':
        if (sqlite) {
          quoted('[', ']');
        } else {
          put('[');
          i++;
        }
        break;
      case '-':
      case '/':
      case '#':
        comment(c);
        break;
      case '?':
      case ':':
      case '@':
      case '$':
        parameter(c);
        break;
      case '{':
      case '}':
        brace(c);
        break;
      default:
        punctuation(c);
        break;
    }
  }

  private void punctuation(char c) {
    if (c == '.' && i + 1 < n && CLASSES[sql.charAt(i + 1) & 127] == DIGIT && startsNumber()) {
      number();
      return;
    }
    i++;
    switch (c) {
      case ';':
        semicolon = true;
        if (depth != 0) {
          out.doubt = true;
        }
        return;
      case '(':
        depth++;
        out.depth = Math.max(out.depth, depth);
        break;
      case ')':
        depth--;
        if (depth < 0) {
          out.doubt = true;
        }
        break;
      case '\\':
        out.doubt = true;
        break;
      default:
        break;
    }
    put(c);
  }

  private boolean startsNumber() {
    if (sql.charAt(i + 1) >= 128) {
      return false;
    }
    return blank || len == 0 || !(isWordPart(d[len - 1]) || d[len - 1] == '"' || d[len - 1] == '`');
  }

  /** A string literal whose opening quote is at {@code i}. */
  private void string(char quote, boolean backslash) {
    int start = i;
    int e = backslashes ? stringWithBackslashes(quote, backslash) : plainString(quote);
    if (e < 0) {
      out.doubt = true;
      e = n;
    }
    i = e;
    literal(STRING, start, e);
  }

  /** The end of the string at {@code i}, or -1. */
  private int plainString(char quote) {
    int e = sql.indexOf(quote, i + 1);
    while (e >= 0 && e + 1 < n && sql.charAt(e + 1) == quote) {
      e = sql.indexOf(quote, e + 2);
    }
    return e < 0 || e >= n ? -1 : e + 1;
  }

  private int stringWithBackslashes(char quote, boolean escapes) {
    int e = i + 1;
    while (e < n) {
      char c = sql.charAt(e);
      if (c == quote) {
        if (e + 1 >= n || sql.charAt(e + 1) != quote) {
          return e + 1;
        }
        e += 2;
      } else if (c == '\\') {
        out.doubt |= keepLiterals;
        e = backslash(e, quote, escapes);
      } else {
        e++;
      }
    }
    return -1;
  }

  /** Skips a run of backslashes and, where they escape, the char after an odd one. */
  private int backslash(int from, char quote, boolean escapes) {
    int e = from;
    while (e < n && sql.charAt(e) == '\\') {
      e++;
    }
    if ((e - from) % 2 == 1 && e < n && sql.charAt(e) == quote) {
      escapedSingle |= quote == '\'' && (mysql || !escapes);
      escapedDouble |= quote == '"';
      firstEscape = firstEscape < 0 ? i : firstEscape;
      return escapes ? e + 1 : e;
    }
    return e;
  }

  /**
   * A quoted identifier whose opening quote is at {@code i}. A char in it that the parser could not
   * take (a doubled quote, a line's end) is written as U+FFFD, which no known name holds.
   */
  private void quoted(char open, char close) {
    flush();
    char written = sqlite ? '"' : open;
    if (len > 0 && !muted && d[len - 1] == written) {
      out.doubt = true;
    }
    raw(written);
    int e = i + 1;
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
    i = Math.min(e + 1, n);
  }

  private void comment(char c) {
    char next = i + 1 < n ? sql.charAt(i + 1) : 0;
    if (c == '#') {
      if (mysql) {
        lineComment(i + 1);
      } else {
        put(c);
        i++;
      }
      return;
    }
    if (c == '-' && next == '-') {
      if (!mysql || i + 2 >= n || sql.charAt(i + 2) <= ' ') {
        lineComment(i + 2);
        return;
      }
    } else if (c == '/' && next == '*') {
      blockComment();
      return;
    }
    put(c);
    i++;
  }

  private void lineComment(int from) {
    int e = from;
    while (e < n && sql.charAt(e) != '\n') {
      if (sql.charAt(e) == '\r' && !sqlite) {
        if (e + 1 < n && sql.charAt(e + 1) == '\n') {
          break;
        }
        if (postgres) {
          break;
        }
        out.doubt = true;
      }
      e++;
    }
    hint(from, e);
    blank = true;
    i = e;
  }

  private void blockComment() {
    int from = i + 2;
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
      e = nestedComment(from);
    }
    if (e < 0 || e + 2 > n) {
      out.doubt |= !sqlite || from >= n;
      e = n;
    }
    hint(from, e);
    blank = true;
    i = Math.min(e + 2, n);
  }

  /** Where the comment whose content begins at {@code from} is closed, or -1. */
  private int nestedComment(int from) {
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
  private void hint(int from, int to) {
    int s = from;
    while (s < to && (sql.charAt(s) <= ' ' || sql.charAt(s) == '+')) {
      s++;
    }
    if (to - s >= 8 && sql.regionMatches(true, s, Hint.PREFIX, 0, Hint.PREFIX.length())) {
      out.hint = out.hint.and(sql.substring(s, Math.min(to, s + Hint.MAX_CHARS)));
    }
  }

  private void parameter(char c) {
    char next = i + 1 < n ? sql.charAt(i + 1) : 0;
    if (c == '?') {
      i++;
      if (postgres && (next == '?' || next == '|' || next == '&')) {
        questionMark(next);
        return;
      }
      if (next == '?' || (mysql && (next == '|' || next == '&'))) {
        out.doubt = true;
      }
      while (sqlite && i < n && CLASSES[sql.charAt(i) & 127] == DIGIT && sql.charAt(i) < 128) {
        i++;
      }
      literal(PARAMETER, i, i);
    } else if (sqlite) {
      sqliteParameter();
    } else if (c == '$' && postgres) {
      dollar(next);
    } else {
      // ':' of casts, slices and ':=', '@' of operators and variables
      put(c);
      i++;
    }
  }

  /**
   * {@code ?|} and {@code ?&} are operators of jsonb, or a parameter and an operator; pgjdbc writes
   * an operator's question mark twice. None of these readings has an effect.
   */
  private void questionMark(char next) {
    if (next == '?') {
      i++;
    }
    if (i < n && (sql.charAt(i) == '|' || sql.charAt(i) == '&')) {
      i++;
    }
    boolean more = i < n && "+-*/<>=~!@#%^&|`?".indexOf(sql.charAt(i)) >= 0;
    out.doubt |= more && sql.charAt(i) != '-';
    flush();
    raw('?');
    blank = true;
  }

  private void sqliteParameter() {
    int e = i + 1;
    while (e < n && isWordPart(sql.charAt(e))) {
      e++;
    }
    if (e == i + 1
        || (e < n && (sql.charAt(e) == ':' || sql.charAt(e) == '(') && sql.charAt(i) == '$')) {
      out.doubt = true;
    }
    i = e;
    literal(PARAMETER, i, i);
  }

  private void dollar(char next) {
    if (next >= '0' && next <= '9') {
      i = digits(i + 1);
      literal(PARAMETER, i, i);
      return;
    }
    int e = i + 1;
    while (e < n && sql.charAt(e) != '$' && isWordPart(sql.charAt(e))) {
      e++;
    }
    if (e >= n || sql.charAt(e) != '$') {
      out.doubt = true;
      put('$');
      i++;
      return;
    }
    String tag = sql.substring(i, e + 1);
    int end = sql.indexOf(tag, e + 1);
    if (end < 0) {
      out.doubt = true;
      i = n;
      return;
    }
    int start = i;
    i = end + tag.length();
    if (keepLiterals) {
      out.doubt = true;
    }
    literal(STRING, start, i);
  }

  /** JDBC escapes: the drivers of the servers rewrite them, sqlite-jdbc does not. */
  private void brace(char c) {
    i++;
    if (sqlite) {
      out.doubt = true;
      put(c);
      return;
    }
    blank = true;
    if (c == '}') {
      braces--;
      if (braces < 0) {
        out.doubt = true;
      }
      return;
    }
    braces++;
    while (i < n && sql.charAt(i) <= ' ') {
      i++;
    }
    int start = i;
    int e = i;
    while (e < n && isWordPart(sql.charAt(e))) {
      e++;
    }
    String escape = sql.substring(start, Math.min(e, start + 10)).toLowerCase(Locale.ROOT);
    switch (escape) {
      case "d":
      case "t":
      case "ts":
      case "oj":
      case "limit":
      case "escape":
        i = escape.equals("escape") || escape.equals("limit") ? start : e;
        break;
      case "fn":
        i = e;
        functionEscape();
        break;
      case "call":
        break;
      default:
        i = startOfFunctionCall();
        break;
    }
  }

  /** Where {@code call} begins in {@code {? = call f()}}. */
  private int startOfFunctionCall() {
    int e = i;
    while (e < n && (sql.charAt(e) <= ' ' || sql.charAt(e) == '?' || sql.charAt(e) == '=')) {
      e++;
    }
    out.doubt |= !sql.regionMatches(true, e, "call", 0, 4);
    return e;
  }

  private void functionEscape() {
    while (i < n && sql.charAt(i) <= ' ') {
      i++;
    }
    int e = i;
    while (e < n && isWordPart(sql.charAt(e))) {
      e++;
    }
    if (e == i) {
      out.doubt = true;
      return;
    }
    flush();
    raw('f');
    raw('n');
    raw('$');
    emitWord(i, e);
    i = e;
  }
}
