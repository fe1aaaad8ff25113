package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.Random;

/**
 * Changes how a query is written and not what it says: white space, comments, case, quotes around
 * names, literals that look like code.
 */
final class SqlNoise {
  private final Engine engine;
  private final Random random;

  SqlNoise(Engine engine, Random random) {
    this.engine = engine;
    this.random = random;
  }

  /** The blank-separated tokens, written anew. */
  String of(String sql) {
    StringBuilder b = new StringBuilder();
    if (chance(10)) {
      b.append("/* rwsplit:replica */");
    }
    int style = random.nextInt(3);
    boolean busy = chance(50);
    String before = "";
    for (String token : sql.split(" ", -1)) {
      if (b.length() > 0) {
        b.append(mayTouch(before, token) && chance(40) ? "" : busy ? separator() : " ");
      }
      b.append(written(token, style));
      if (before.equals("WHERE") && chance(20)) {
        b.append(" = ").append(literal()).append(" OR ").append(token);
      }
      before = token;
    }
    return b.append(ending()).toString();
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  private boolean isMysql() {
    return engine == Engine.MYSQL || engine == Engine.MARIADB;
  }

  private static boolean mayTouch(String before, String token) {
    return before.equals("(") || before.equals(",") || token.equals(")") || token.equals(",");
  }

  /** Keywords in any case, names perhaps in quotes. */
  private String written(String token, int style) {
    if (token.matches("[tuab]") && chance(20)) {
      switch (engine) {
        case SQLITE:
          return pick("\"" + token + "\"", "`" + token + "`", "[" + token + "]");
        case POSTGRESQL:
          return "\"" + token + "\"";
        default:
          return "`" + token + "`";
      }
    }
    if (!token.matches("[A-Za-z_]+\\(?")) {
      return token;
    }
    if (style == 0) {
      return token;
    }
    StringBuilder b = new StringBuilder(token);
    for (int i = 0; i < b.length(); i++) {
      char c = Ascii.lower(token).charAt(i);
      b.setCharAt(i, style == 2 && random.nextBoolean() ? Ascii.upper("" + c).charAt(0) : c);
    }
    return b.toString();
  }

  private String separator() {
    switch (random.nextInt(12)) {
      case 0:
        return pick("\n", "\r\n", "\t", "\f", " \t \n ");
      case 1:
        return pick("/**/", "/* 'x */", "/* \" ` */", "/*-- */", "/* ; */", "/* $$ */");
      case 2:
        return pick("/*+ INDEX(t) */", "/* FOR UPDATE */", "/* rwsplit:replica=r1 */", "/***/");
      case 3:
        return pick(
            isMysql() ? " -- x\n" : " --x\n", " -- it's\n", " --\n", " -- /*\n", " --\t\"\r\n");
      case 4:
        return isMysql() ? pick(" # it's\n", "#\n", " #\"\n") : " ";
      case 5:
        return engine == Engine.POSTGRESQL ? pick("/* /* ' */ */", "/*/**/*/") : "\n";
      default:
        return " ";
    }
  }

  /** A literal that holds what would be code without its quotes. */
  private String literal() {
    String plain = pick("'it''s'", "''", "'--'", "'/*'", "'; DELETE FROM t'", "'\"'", "'`'", "'['");
    switch (engine) {
      case POSTGRESQL:
        return pick(plain, "E'it\\'s'", "E'\\\\'", "$$ ' $$", "$x$ $$ ' $x$", "U&'\\0061'", "'\\'");
      case SQLITE:
        return pick(plain, "x'00'", "'\\'", "\"it's\"", "[it's]", "`it's`");
      default:
        return pick(plain, "'it\\'s'", "\"it's\"", "'\\\\'", "_utf8'x'", "\"a\"\"b\"", "x'00'");
    }
  }

  private String ending() {
    if (chance(80)) {
      return "";
    }
    return pick(";", " ; ", "\n", " -- end", "/* end */", ";;", isMysql() ? "# end" : " ");
  }
}
