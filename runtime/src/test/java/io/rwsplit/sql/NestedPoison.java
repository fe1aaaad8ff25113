package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Queries around one fragment: an expression or a query, put into clauses, subqueries, CTEs, set
 * operations, calls and conditions, several deep.
 *
 * <p>Tokens are separated by one blank, and only there may {@link SqlNoise} change anything. No
 * literal of the templates holds a blank.
 */
final class NestedPoison {
  /** A hole of a template. */
  private static final String HOLE = "%";

  private final Random random;
  private final List<String> expressions;
  private final List<String> clauses;
  private final List<String> operands;
  private final List<String> queries;

  NestedPoison(Engine engine, Random random) {
    boolean sqlite = engine == Engine.SQLITE;
    boolean postgres = engine == Engine.POSTGRESQL;
    this.random = random;
    expressions =
        list(
            "( % )",
            "coalesce( 1 , % )",
            "nullif( % , 2 )",
            "upper( lower( % ) )",
            "CASE WHEN % = 1 THEN 2 ELSE 3 END",
            "CASE a WHEN 1 THEN % END",
            "CAST( % AS CHAR(9) )",
            "1 + %",
            "- %",
            "NOT ( % )",
            "% IN ( 1 , 2 )",
            "1 IN ( % )",
            "% BETWEEN 1 AND 2",
            "a BETWEEN % AND 9",
            "% IS NOT NULL",
            "% LIKE 'x'",
            "'x' LIKE ( % )",
            "sum( a ) OVER ( PARTITION BY % ORDER BY b )",
            "count( DISTINCT % )",
            "max( % )",
            "( SELECT % FROM u )",
            "EXISTS ( SELECT 1 FROM u WHERE id = % )",
            "( WITH q AS ( SELECT % AS z FROM u ) SELECT z FROM q )");
    clauses =
        list(
            "SELECT % FROM t",
            "SELECT DISTINCT a , % FROM t",
            "SELECT a , b , % AS c FROM t AS x",
            "SELECT a FROM t WHERE a = %",
            "SELECT a FROM t WHERE a = 1 OR % > 2 AND b = 3",
            "SELECT a FROM t GROUP BY a HAVING max( b ) > %",
            "SELECT a FROM t GROUP BY a , %",
            "SELECT a FROM t ORDER BY % DESC",
            "SELECT a FROM t ORDER BY 1 LIMIT 5 OFFSET %",
            "SELECT a FROM t LIMIT %",
            "SELECT * FROM t LEFT JOIN u ON t.a = u.id AND % = 1",
            "SELECT * FROM t CROSS JOIN ( SELECT % AS z FROM u ) AS s",
            "SELECT a FROM t WINDOW w AS ( ORDER BY % )");
    operands =
        list(
            "( % )",
            "EXISTS ( % )",
            "NOT EXISTS ( % )",
            "a IN ( % )",
            "a NOT IN ( % )",
            "coalesce( ( % ) , 1 )",
            "1 = ( % )");
    queries =
        list(
            "WITH x AS ( % ) SELECT * FROM x",
            "WITH x ( c ) AS ( SELECT 1 ) , y AS ( % ) SELECT * FROM x , y",
            "WITH RECURSIVE r ( n ) AS ( SELECT 1 UNION ALL % ) SELECT n FROM r",
            "SELECT * FROM ( % ) AS s",
            "SELECT * FROM t JOIN ( % ) AS s ON s.a = t.a",
            "SELECT a FROM t UNION ALL %",
            "SELECT a FROM t EXCEPT SELECT a FROM ( % ) AS s",
            "SELECT a FROM t WHERE a IN ( % ) ORDER BY 1");
    if (!sqlite) {
      queries.addAll(
          list(
              "( % )",
              "( ( % ) )",
              "( % ) UNION SELECT 1",
              "( SELECT a FROM t ) INTERSECT ( % )",
              "SELECT * FROM t , LATERAL ( % ) AS l",
              "SELECT a FROM t WHERE a > ALL ( % )"));
    }
    if (postgres) {
      expressions.addAll(
          list(
              "( % ) :: text",
              "ARRAY[ % , 1 ]",
              "( ARRAY[ 1 ] ) [ % ]",
              "ROW( % , 1 )",
              "a OPERATOR(pg_catalog.+) %",
              "count( * ) FILTER ( WHERE % = 1 )",
              "% IS DISTINCT FROM 1",
              "extract( year FROM % )",
              "substring( name FROM % FOR 2 )"));
      clauses.addAll(
          list(
              "SELECT DISTINCT ON ( a ) % FROM t",
              "SELECT DISTINCT ON ( % ) a FROM t",
              "SELECT * FROM ROWS FROM ( generate_series( 1 , % ) ) AS g",
              "SELECT * FROM t TABLESAMPLE SYSTEM ( % )",
              "SELECT a FROM t FETCH FIRST ( % ) ROWS ONLY",
              "SELECT a FROM t GROUP BY GROUPING SETS ( ( a ) , ROLLUP ( % ) )",
              "VALUES ( 1 , % )"));
      queries.addAll(
          list(
              "WITH x AS NOT MATERIALIZED ( % ) SELECT * FROM x",
              "SELECT ARRAY( % ) FROM t", "SELECT a FROM t WHERE a = ANY ( % )"));
    }
  }

  private static List<String> list(String... of) {
    return new ArrayList<>(Arrays.asList(of));
  }

  /** A query with the expression in it; {@code depth} steps from it. */
  String aroundExpression(String expression, int depth) {
    String e = expression;
    for (int i = random.nextInt(depth + 1); i > 0; i--) {
      e = fill(expressions, e);
    }
    return aroundQuery(fill(clauses, e), depth / 2);
  }

  /** A query with the query in it; {@code depth} steps from it. */
  String aroundQuery(String query, int depth) {
    String q = query;
    for (int i = random.nextInt(depth + 1); i > 0; i--) {
      q = random.nextInt(3) == 0 ? fill(clauses, fill(operands, q)) : fill(queries, q);
    }
    return q;
  }

  private String fill(List<String> templates, String content) {
    String template = templates.get(random.nextInt(templates.size()));
    return template.replace(HOLE, content);
  }
}
