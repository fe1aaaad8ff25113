package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlScannerTest {
  private static ScannedText scan(Engine engine, String sql) {
    ScannedText text = new ScannedText();
    new SqlScanner(engine).scan(sql, text);
    return text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        // white space and comments
        "SQLITE     | SELECT  a  FROM t ;              | SELECT a FROM t",
        "SQLITE     | SELECT/**/a--x                   | SELECT a",
        "SQLITE     | SELECT a /* not ended            | SELECT a",
        "SQLITE     | SELECT a /* b /* c */ d          | SELECT a d",
        "POSTGRESQL | SELECT a /* b /* c */ d */ e     | SELECT a e",
        "MYSQL      | SELECT a # b                     | SELECT a",
        "MYSQL      | SELECT a--1                      | SELECT a--1",
        "MYSQL      | SELECT a -- 1                    | SELECT a",
        "SQLITE     | SELECT a--1                      | SELECT a",
        "SQLITE     | ;;SELECT 1;;                     | SELECT 1",
        // literals
        "SQLITE     | SELECT 'a', 12.5e-3, 0x1F, x'00' | SELECT '', 1, ''",
        "SQLITE     | SELECT 'it''s'                   | SELECT ''",
        "SQLITE     | SELECT '\\', a                   | SELECT '', a",
        "MYSQL      | SELECT 'it\\'s', a               | SELECT '', a",
        "MYSQL      | SELECT \"x\", a                  | SELECT '', a",
        "MYSQL      | SELECT _utf8'x', n'y', b'1', a   | SELECT '', a",
        "POSTGRESQL | SELECT E'it\\'s', B'1', a        | SELECT '', a",
        "POSTGRESQL | SELECT $$a;b$$, $x$'$x$, a       | SELECT '', a",
        "POSTGRESQL | SELECT a$b$c                     | SELECT a$b$c",
        "SQLITE     | a IN (1,2, 3 ,4)                 | a IN (1)",
        "SQLITE     | a IN (?,?, ? ,?)                 | a IN (?)",
        "SQLITE     | a IN ('a',  'b')                 | a IN ('')",
        "SQLITE     | a IN (1,'b',2)                   | a IN (1,'',1)",
        "SQLITE     | a = .5 AND t.b = 5.              | a = 1 AND t.b = 1",
        // parameters
        "SQLITE     | a = ?12 AND b = :b AND c = @c    | a = ? AND b = ? AND c = ?",
        "SQLITE     | a = $a                           | a = ?",
        "POSTGRESQL | a = $12 AND b = ?                | a = ? AND b = ?",
        "POSTGRESQL | a::text                          | a::text",
        // identifiers
        "SQLITE     | [a b] `c d` \"e\"                | \"a b\" \"c d\" \"e\"",
        "SQLITE     | \"a\"\"b\"                       | \"a\uFFFDb\"",
        "MYSQL      | `a b`                            | `a b`",
        "POSTGRESQL | a[1]                             | a[1]",
        "POSTGRESQL | \"a--b\"                         | \"a--b\"",
        // JDBC escapes
        "POSTGRESQL | {fn ucase(a)}                    | fn$ucase(a)",
        "MYSQL      | a = {d '2020-01-01'}             | a = ''",
        "MYSQL      | {call p(?)}                      | call p(?)",
        // kept literals and the tails of inserts
        "SQLITE     | PRAGMA cache_size = -2000        | PRAGMA cache_size = -2000",
        "MYSQL      | SET a = 'b', c = 5               | SET a = 'b', c = 5",
        "SQLITE     | INSERT INTO t VALUES (1, 'a')    | INSERT INTO t VALUES",
      })
  void digests(Engine engine, String sql, String digest) {
    ScannedText text = scan(engine, sql);
    assertEquals(digest, text.digestText());
    assertFalse(text.doubt);
    assertEquals(1, text.statements);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "SQLITE     | SELECT 'a",
        "SQLITE     | SELECT \"a",
        "SQLITE     | SELECT [a",
        "SQLITE     | SELECT (a",
        "SQLITE     | SELECT a)",
        "SQLITE     | SELECT 1a",
        "SQLITE     | SELECT 'a'x'00'",
        "SQLITE     | SELECT \u000Ba",
        "SQLITE     | SELECT {d '2020-01-01'}",
        "SQLITE     | SELECT (a; b)",
        "POSTGRESQL | SELECT /* a /* b */",
        "POSTGRESQL | SELECT $x$ a",
        "POSTGRESQL | SELECT '\\' OR b = ' --'",
        "POSTGRESQL | SELECT U&\"a\"",
        "POSTGRESQL | SELECT fn$a(b)",
        "MYSQL      | SELECT /* a",
        "MYSQL      | SELECT '\\' OR b = ' x -- '",
        "MYSQL      | SELECT 'a\\'; SELECT b",
        "MYSQL      | SELECT /* a /*! b */ */ c",
      })
  void doubts(Engine engine, String sql) {
    assertTrue(scan(engine, sql).doubt);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/* rwsplit:master */ SELECT 1                                   | master",
        "/*rwsplit:master*/ SELECT 1                                     | master",
        "SELECT /* RWSPLIT : Replica */ 1                                | replica",
        "SELECT 1 -- rwsplit:replica=Nord 2                              | replica=Nord 2",
        "/*+ rwsplit:replica */ SELECT 1                                 | replica",
        "/* rwsplit:replica */ SELECT 1 /* rwsplit:master */             | master",
        "/* rwsplit:master */ SELECT 1 /* rwsplit:replica */             | master",
        "/* rwsplit:replica=a */ SELECT 1 /* rwsplit:replica=b */        | replica=b",
        "SELECT 'x /* rwsplit:master */'                                 | none",
        "/* see rwsplit:master */ SELECT 1                               | none",
        "/* rwsplit:elsewhere */ SELECT 1                                | none",
        "/* rwsplit:replica= */ SELECT 1                                 | none",
      })
  void hints(String sql, String hint) {
    assertEquals(hint, scan(Engine.SQLITE, sql).hint.toString());
    assertEquals(hint, scan(Engine.POSTGRESQL, sql).hint.toString());
  }

  @Test
  void countsStatementsBehindTheDigest() {
    char[] filler = new char[SqlScanner.MAX_TEXT];
    Arrays.fill(filler, 'x');
    String literal = "'" + new String(filler) + "'";
    assertEquals(1, scan(Engine.SQLITE, "SELECT " + literal).statements);
    assertEquals(2, scan(Engine.SQLITE, "SELECT " + literal + "; SELECT 2;").statements);
    assertEquals(1, scan(Engine.SQLITE, "INSERT INTO t VALUES (" + literal + ", ';');").statements);
    assertEquals(2, scan(Engine.SQLITE, "INSERT INTO t VALUES (1); COMMIT").statements);
    assertEquals(
        "INSERT INTO t VALUES;COMMIT",
        scan(Engine.SQLITE, "INSERT INTO t VALUES (1); COMMIT").digestText());
  }
}
