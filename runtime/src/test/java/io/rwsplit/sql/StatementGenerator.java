package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.Random;

/**
 * Random queries over the tables of {@link SqliteTruthTest}: CTEs, subqueries in every clause, set
 * operations, windows, odd white space, comments, hints and case, and at most one poisoned fragment
 * at a random place.
 *
 * <p>Tokens are separated by one blank while a query is built; no literal holds a blank.
 */
final class StatementGenerator {
  /** What makes a query no read, by the place it can stand in. */
  static final class Poison {
    final String fragment;
    final boolean query;

    /** {@code query}: stands for a whole subquery, else for an expression. */
    Poison(String fragment, boolean query) {
      this.fragment = fragment;
      this.query = query;
    }

    @Override
    public String toString() {
      return fragment;
    }
  }

  private final Engine engine;
  private final Random random;
  private Poison poison;
  private boolean placed;
  private int ctes;

  StatementGenerator(Engine engine, Random random) {
    this.engine = engine;
    this.random = random;
  }

  /** A query; with the poison in it unless that is null. */
  String statement(Poison newPoison) {
    String sql;
    do {
      poison = newPoison;
      placed = false;
      ctes = 0;
      sql = query(3, 2);
    } while (newPoison != null && !placed);
    return decorate(sql);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  /** A SELECT of {@code columns} columns, perhaps with CTEs or set operations. */
  private String query(int depth, int columns) {
    if (poison != null && poison.query && !placed && chance(20)) {
      placed = true;
      return poison.fragment;
    }
    String sql = select(depth, columns);
    while (depth > 0 && chance(15)) {
      sql +=
          " "
              + pick("UNION", "UNION ALL", "EXCEPT", "INTERSECT")
              + " "
              + select(depth - 1, columns);
    }
    if (depth > 0 && chance(20)) {
      String name = "w" + ctes++;
      sql = "WITH " + name + " AS ( " + query(depth - 1, columns) + " ) " + sql;
    }
    if (chance(20)) {
      sql += " ORDER BY 1";
      if (chance(50)) {
        sql += " LIMIT " + random.nextInt(9);
      }
    }
    return sql;
  }

  private String select(int depth, int columns) {
    StringBuilder b = new StringBuilder("SELECT");
    if (chance(10)) {
      b.append(" DISTINCT");
    }
    for (int i = 0; i < columns; i++) {
      b.append(i == 0 ? " " : " , ").append(expression(depth));
      if (chance(20)) {
        b.append(" AS c").append(i);
      }
    }
    b.append(" FROM ").append(from(depth));
    if (chance(60)) {
      b.append(" WHERE ").append(condition(depth));
    }
    if (chance(10)) {
      b.append(" GROUP BY t.b");
      if (chance(50)) {
        b.append(" HAVING ").append(condition(depth - 1));
      }
    }
    return b.toString();
  }

  private String from(int depth) {
    String first = "t";
    switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0:
        return first + " JOIN u ON u.id = t.a";
      case 1:
        return first + " LEFT JOIN u ON " + condition(depth - 1);
      case 2:
        return first + " , u AS x";
      case 3:
        return first + " CROSS JOIN ( " + query(depth - 1, 1) + " ) AS s";
      default:
        return first;
    }
  }

  private String condition(int depth) {
    if (depth <= 0) {
      return "t.a = " + random.nextInt(9);
    }
    switch (random.nextInt(9)) {
      case 0:
        return condition(depth - 1) + " AND " + condition(depth - 1);
      case 1:
        return "( " + condition(depth - 1) + " OR " + condition(depth - 1) + " )";
      case 2:
        return "NOT " + condition(depth - 1);
      case 3:
        return "EXISTS ( " + query(depth - 1, 1) + " )";
      case 4:
        return expression(depth - 1) + " IN ( " + query(depth - 1, 1) + " )";
      case 5:
        return expression(depth - 1) + " BETWEEN 1 AND " + expression(depth - 1);
      case 6:
        return expression(depth - 1) + pick(" IS NULL", " IS NOT NULL", " LIKE 'a%'");
      case 7:
        return expression(depth - 1) + " IN ( 1 , 2 , 'DELETE' )";
      default:
        return expression(depth - 1)
            + " "
            + pick("=", "<", ">", "<>", "<=")
            + " "
            + expression(depth - 1);
    }
  }

  private String expression(int depth) {
    if (poison != null && !poison.query && !placed && chance(10)) {
      placed = true;
      return poison.fragment;
    }
    if (depth <= 0) {
      return pick("t.a", "t.b", "t.name", "1", "'x'", "2.5", "NULL");
    }
    switch (random.nextInt(10)) {
      case 0:
        return "( "
            + expression(depth - 1)
            + " "
            + pick("+", "-", "*")
            + " "
            + expression(depth - 1)
            + " )";
      case 1:
        return chance(40)
            ? "coalesce ( " + expression(depth - 1) + " , " + expression(depth - 1) + " )"
            : "upper ( " + expression(depth - 1) + " )";
      case 2:
        return "( " + query(depth - 1, 1) + " )";
      case 3:
        return "CASE WHEN "
            + condition(depth - 1)
            + " THEN "
            + expression(depth - 1)
            + " ELSE 0 END";
      case 4:
        return "CAST( " + expression(depth - 1) + " AS CHAR(9) )";
      case 5:
        return "sum( t.c ) OVER ( PARTITION BY t.b ORDER BY " + expression(0) + " )";
      case 6:
        return "lower ( " + expression(depth - 1) + " )";
      default:
        return expression(0);
    }
  }

  /** The same tokens with odd case, white space, comments and hints. */
  private String decorate(String sql) {
    StringBuilder b = new StringBuilder();
    if (chance(20)) {
      b.append("/* rwsplit:replica */ ");
    }
    boolean shout = chance(30);
    for (String token : sql.split(" ", -1)) {
      if (b.length() > 0) {
        b.append(separator());
      }
      boolean keyword = token.matches("[A-Z]+");
      b.append(keyword && !shout && chance(50) ? Ascii.lower(token) : token);
    }
    if (chance(10)) {
      b.append(" ;");
    }
    if (chance(10)) {
      b.append(" -- INSERT INTO t");
    }
    return b.toString();
  }

  private String separator() {
    if (chance(90)) {
      return " ";
    }
    String line = engine == Engine.SQLITE || engine == Engine.POSTGRESQL ? " --x\n" : " -- x\n";
    return pick(
        "\n", "\t", "  ", "/**/", "/* 'c */", " /*+ DELETE */ ", "/* rwsplit:replica=r */", line);
  }
}
