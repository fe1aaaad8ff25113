package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.statement.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no parser, and that the parser would say the same of it. */
class SimpleQueryTest {
  private static final int GENERATED = 3_000;
  private static final int MUTANTS = 6_000;
  private static final long SEED = 20_261_120L;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM item",
        "SELECT * FROM item WHERE id = ?",
        "SELECT id, name AS n, amount + 1 total FROM item WHERE parent = ? ORDER BY id DESC",
        "SELECT DISTINCT i.name FROM item AS i WHERE i.id IN (1, 2, ?) AND NOT i.a IS NULL",
        "SELECT max(id), \"name\" FROM item GROUP BY name, id HAVING count(DISTINCT id) > 3",
        "SELECT a FROM item WHERE b NOT LIKE ? OR (c BETWEEN ? AND ? AND d <> 'x') LIMIT 5 OFFSET ?"
      })
  void knowsThePlainestQueries(String sql) {
    assertEquals(new TreeSet<>(Arrays.asList("item")), tables(Engine.SQLITE, sql), sql);
  }

  @Test
  void findsEveryTable() {
    assertEquals(
        new TreeSet<>(Arrays.asList("a", "main.b", "c d", "e")),
        tables(
            Engine.SQLITE,
            "SELECT * FROM A x, main.B JOIN \"c D\" AS y ON x.id = y.id LEFT OUTER JOIN e ON 1 = 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a FROM t WHERE b IN (SELECT c FROM u)",
        "SELECT a FROM t UNION SELECT b FROM u",
        "WITH w AS (SELECT 1) SELECT * FROM w",
        "SELECT a FROM (SELECT b FROM u)",
        "SELECT a FROM ONLY t",
        "SELECT a FROM t JOIN u USING (id)",
        "SELECT a FROM t FOR UPDATE",
        "SELECT a FROM f(1)",
        "SELECT a FROM t NATURAL JOIN u",
        "SELECT mine(a) FROM t",
        "SELECT count(*) OVER w FROM t",
        "SELECT CASE WHEN a THEN b END FROM t",
        "SELECT a INTO b FROM t",
        "SELECT a FROM t IN u",
        "SELECT a FROM t WHERE b IN u",
        "SELECT a FROM t;DELETE FROM t",
        "SELECT 1",
        "VALUES (1)"
      })
  void leavesTheRestToTheParser(String sql) {
    assertNull(tables(Engine.SQLITE, sql), sql);
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SQLITE", "POSTGRESQL", "MARIADB", "MYSQL"})
  void agreesWithTheParserOnTheTables(Engine engine) throws Exception {
    int simple = 0;
    for (StatementTable.Row row : StatementTable.read(engine)) {
      simple += agree(engine, row.sql) ? 1 : 0;
    }
    assertTrue(simple > 20, "simple: " + simple);
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SQLITE", "POSTGRESQL", "MARIADB", "MYSQL"})
  void agreesWithTheParserOnRandomQueries(Engine engine) {
    long seed = Long.getLong("rwsplit.test.seed", SEED);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    StatementGenerator generator = new StatementGenerator(engine, random);
    int simple = 0;
    for (int i = 0; i < GENERATED; i++) {
      simple += agree(engine, generator.statement(null)) ? 1 : 0;
    }
    for (int i = 0; i < MUTANTS; i++) {
      agree(engine, mutant(random));
    }
    assertTrue(simple > 50, "simple: " + simple);
  }

  /** A plain query with some tokens replaced, doubled or dropped. */
  private static String mutant(Random random) {
    String[] vocabulary =
        ("SELECT FROM WHERE a b t u , . ( ) * = < ? 1 'x' \"q\" AND OR NOT IN IS NULL LIKE AS ON JOIN"
                + " LEFT OUTER INNER CROSS GROUP ORDER BY HAVING LIMIT OFFSET count max DISTINCT ALL"
                + " UNION FOR UPDATE CASE END WITH VALUES USING NATURAL OVER ROW KEY VALUE DATE"
                + " INTERVAL FULL RIGHT ONLY TABLE EXISTS ANY BINARY COLLATE NEXT CURRENT_DATE")
            .split(" ", -1);
    String start =
        new String[] {
              "SELECT a , count ( * ) AS b FROM t WHERE a = ? AND b IN ( 1 , 2 ) GROUP BY a LIMIT 1",
              "SELECT t.a , u.b c FROM t JOIN u ON t.a = u.a WHERE t.b IS NOT NULL ORDER BY c DESC",
              "SELECT * FROM t , u x WHERE a BETWEEN ? AND 1 OR NOT b LIKE 'x'"
            }
            [random.nextInt(3)];
    List<String> tokens = new ArrayList<>(Arrays.asList(start.split(" ", -1)));
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      int at = 1 + random.nextInt(tokens.size() - 1);
      String word = vocabulary[random.nextInt(vocabulary.length)];
      switch (random.nextInt(3)) {
        case 0:
          tokens.set(at, word);
          break;
        case 1:
          tokens.add(at, word);
          break;
        default:
          tokens.remove(at);
          break;
      }
    }
    return String.join(" ", tokens);
  }

  /** True when the query is simple; then the parser must have no objection and the same tables. */
  private static boolean agree(Engine engine, String sql) {
    Dialect dialect = Dialect.of(engine);
    ScannedText text = new ScannedText();
    Tokens tokens = scan(engine, sql, text);
    if (tokens == null || SimpleQuery.tables(dialect, tokens) == null) {
      return false;
    }
    TokenProof proof = new TokenProof(dialect, tokens);
    proof.run();
    if (new TextRules(dialect).refusal(tokens, proof) != null) {
      return false;
    }
    String digest = new String(text.digest, 0, text.length);
    String forParser = dialect.isSqlite() ? ParserText.of(tokens) : digest;
    Statement tree = new ParserThread.Parse().parse(forParser, text.depth);
    if (tree != null) {
      TreeProof second = new TreeProof(dialect);
      second.run(tree);
      assertNull(second.objection(), sql);
      assertEquals(second.tables(), SimpleQuery.tables(dialect, tokens), sql);
    }
    return true;
  }

  private static Set<String> tables(Engine engine, String sql) {
    Tokens tokens = scan(engine, sql, new ScannedText());
    assertNotNull(tokens, sql);
    return SimpleQuery.tables(Dialect.of(engine), tokens);
  }

  private static Tokens scan(Engine engine, String sql, ScannedText text) {
    new SqlScanner(engine).scan(sql, text);
    return text.doubt ? null : Tokens.of(new String(text.digest, 0, text.length));
  }
}
