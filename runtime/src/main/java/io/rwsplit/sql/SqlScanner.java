package io.rwsplit.sql;

import io.rwsplit.engine.Engine;

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

  private final Engine engine;
  private final boolean sqlite;
  private final boolean mysql;
  private final boolean postgres;
  private final DigestWriter digest;

  private String sql;
  private char[] source;
  private int sourceEnd;
  private int n;
  private int i;
  private ScannedText out;

  /** Of a text in which backslashes may escape quotes; else null. */
  private EscapedStrings escapes;

  private int braces;
  private int depth;

  SqlScanner(Engine engine) {
    this(engine, false);
  }

  /** {@code whole}: true when digests are whole, not even the rows of an INSERT being left out. */
  SqlScanner(Engine engine, boolean whole) {
    this.engine = engine;
    digest = new DigestWriter(whole);
    sqlite = engine == Engine.SQLITE;
    mysql = engine.isMySqlFamily();
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
    int limit = n > MAX_TEXT ? HEAD : n;
    sourceEnd = Math.min(n, MAX_TEXT);
    out.reset(limit + 16, sourceEnd);
    source = out.source;
    text.getChars(0, sourceEnd, source, 0);
    out.truncated = n > MAX_TEXT;
    out.doubt = text.length() > MAX_SCANNED || text.indexOf('\0') >= 0;
    boolean backslashes = !sqlite && text.indexOf('\\') >= 0;
    escapes = backslashes ? new EscapedStrings(mysql) : null;
    digest.begin(text, out, limit);
    i = 0;
    braces = 0;
    depth = 0;
    run();
    if (depth != 0 || braces != 0 || (backslashes && escapes.isAmbiguous(text, n))) {
      out.doubt = true;
    }
    digest.end();
    sql = null;
  }

  private void run() {
    while (i < n) {
      digest.muted |= i >= sourceEnd;
      if (digest.muted) {
        skim();
        if (i >= n) {
          return;
        }
      }
      char c = source[i];
      byte k = c < 128 ? CLASSES[c] : WORD;
      switch (k) {
        case SPACE:
          digest.blank = true;
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
          digest.blank = true;
          i++;
          break;
        default:
          digest.put(c);
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
      if (digest.semicolon && k != SPACE && c != ';' && !Comments.isAt(engine, sql, i, n)) {
        if (!out.truncated) {
          return;
        }
        digest.semicolon = false;
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
            i = Placeholders.end(engine, sql, i, n, digest);
          } else {
            i++;
          }
          break;
        case ';':
          digest.semicolon = true;
          i++;
          break;
        case '(':
          digest.calls(i);
          i++;
          break;
        default:
          i++;
          break;
      }
    }
  }

  /** True when the quote at {@code i} opens {@code E'…'}. */
  private boolean afterEscapePrefix() {
    return i > 1 && (sql.charAt(i - 1) | 32) == 'e' && !isWordPart(sql.charAt(i - 2));
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
        digest.flush();
        digest.checkApart();
        i = e + 1;
        string('\'', false);
        return;
      }
      // an identifier with escapes may be any name
      out.doubt = true;
    }
    digest.flush();
    digest.checkApart();
    if ((first | 32) == 'f' && e - start > 2 && s[start + 2] == '$') {
      out.doubt = true;
    }
    digest.word(start, e);
  }

  /** A word that is part of the string literal after it; false when it is none. */
  private boolean introducer(int start, int e) {
    char c = (char) (sql.charAt(start) | 32);
    if (e - start == 1) {
      boolean known =
          sqlite ? c == 'x' : mysql ? c == 'x' || c == 'b' || c == 'n' : "xbne".indexOf(c) >= 0;
      if (known) {
        digest.flush();
        digest.checkApart();
        string('\'', postgres ? c == 'e' : mysql);
        return true;
      }
    }
    if (mysql && sql.charAt(start) == '_') {
      digest.flush();
      digest.checkApart();
      string('\'', true);
      return true;
    }
    return false;
  }

  private void number() {
    int e = Numbers.end(engine, sql, i, n);
    if (e < n && isWordPart(sql.charAt(e))) {
      // 1abc: an error on SQLite, an identifier on MySQL, a number and an alias on old PostgreSQL
      out.doubt = true;
      while (e < n && isWordPart(sql.charAt(e))) {
        e++;
      }
    }
    int start = i;
    i = e;
    digest.literal(DigestWriter.NUMBER, start, e);
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
          quoted('"', '"', '"');
        }
        break;
      case '`':
        if (postgres) {
          out.doubt = true;
        }
        quoted('`', '`', sqlite ? '"' : '`');
        break;
      case '[':
        if (sqlite) {
          quoted('[', ']', '"');
        } else {
          digest.put('[');
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
        i = Placeholders.end(engine, sql, i, n, digest);
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
    if (c == '.' && digitFollows() && digest.isApartFromName()) {
      number();
      return;
    }
    i++;
    switch (c) {
      case ';':
        digest.semicolon = true;
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
    digest.put(c);
  }

  private boolean digitFollows() {
    return i + 1 < n && sql.charAt(i + 1) >= '0' && sql.charAt(i + 1) <= '9';
  }

  /** A string literal whose opening quote is at {@code i}. */
  private void string(char quote, boolean backslash) {
    int start = i;
    int e = escapes == null ? plainString(quote) : escapes.end(sql, i, n, quote, backslash);
    if (e < 0) {
      out.doubt = true;
      e = n;
    }
    if (escapes != null && digest.keepLiterals) {
      int first = sql.indexOf('\\', start);
      out.doubt |= first >= 0 && first < e;
    }
    i = e;
    digest.literal(DigestWriter.STRING, start, e);
  }

  /** The end of the string at {@code i}, or -1. */
  private int plainString(char quote) {
    int e = sql.indexOf(quote, i + 1);
    while (e >= 0 && e + 1 < n && sql.charAt(e + 1) == quote) {
      e = sql.indexOf(quote, e + 2);
    }
    return e < 0 || e >= n ? -1 : e + 1;
  }

  private void quoted(char open, char close, char written) {
    i = digest.quoted(i, n, open, close, written);
  }

  private void comment(char c) {
    int end = Comments.end(engine, sql, i, n, out);
    if (end < 0) {
      digest.put(c);
      i++;
    } else {
      digest.blank = true;
      i = end;
    }
  }

  /** JDBC escapes: the drivers of the servers rewrite them, sqlite-jdbc does not. */
  private void brace(char c) {
    i++;
    if (sqlite) {
      out.doubt = true;
      digest.put(c);
      return;
    }
    digest.blank = true;
    if (c == '}') {
      braces--;
      if (braces < 0) {
        out.doubt = true;
      }
      return;
    }
    braces++;
    i = JdbcEscapes.begin(sql, i, n, digest);
  }
}
