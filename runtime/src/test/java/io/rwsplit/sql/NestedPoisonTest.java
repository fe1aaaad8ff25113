package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of queries with a write, a lock or an effect somewhere in them, written in every odd
 * way: none is a read.
 */
class NestedPoisonTest {
  private static final int ROUNDS = 4000;

  /** What is no white space in any engine, or is in some versions only. */
  private static final String[] STRANGE = {
    "\u00A0", "\u000B", "\u0000", "\uFEFF", "\u2003", "\u3000", "\u200B", "\u0085", "\u2028"
  };

  private final long seed = Long.getLong("rwsplit.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private static String[] calls(Engine engine) {
    switch (engine) {
      case SQLITE:
        return new String[] {
          "my_function( a )",
          "\"my_function\"( a )",
          "[load_extension]( 'x' )",
          "main.f( 1 )",
          "last_insert_rowid()",
          "changes()",
          "name REGEXP 'x'",
          "`eval`( 'x' )",
          "union( 1 )",
          "\"a\"\"b\"( 1 )",
          "over( 1 )",
          "writefile( 'a' , 'b' )",
          "raise( 1 )"
        };
      case POSTGRESQL:
        return new String[] {
          "nextval( 's' )",
          "pg_catalog.nextval( 's' )",
          "\"nextval\"( 's' )",
          "my.f( a )",
          "U&\"nextv\\0061l\"( 's' )",
          "pg_advisory_lock( 1 )",
          "set_config( 'a' , 'b' , true )",
          "lo_create( 0 )",
          "my_function( VARIADIC ARRAY[ 1 ] )",
          "\"a\"\"b\"( 1 )",
          "sets( a )",
          "{fn my_function( a )}",
          "pg_notify( 'a' , 'b' )",
          "a OPERATOR(my.+) 1",
          "a @+@ 1",
          "txid_current()",
          "CURRENT_USER",
          "over( 1 )",
          "filter( a )",
          "escape( a )",
          "ilike( a )"
        };
      default:
        return new String[] {
          "nextval( s )",
          "NEXT VALUE FOR s",
          "`nextval`( s )",
          "my_function( a )",
          "db.f( a )",
          "`a``b`( 1 )",
          "@v := 1",
          "@v",
          "@@identity",
          "get_lock( 'a' , 1 )",
          "sleep( 1 )",
          "{fn my_function( a )}",
          "last_insert_id( 5 )",
          "/*! my_function( */ 1 /*! ) */",
          "s.nextval",
          "count ( a )",
          "default( a )",
          "row_count()",
          "any( a )",
          "/*M!100000 nextval( s ) + */ 1",
          "load_file( 'x' )"
        };
    }
  }

  private static String[] queries(Engine engine) {
    String[] locks = {
      "SELECT a FROM t FOR UPDATE",
      "SELECT a FROM t FOR SHARE",
      "TABLE t FOR UPDATE",
      "SELECT a FROM t FOR NO KEY UPDATE SKIP LOCKED",
      "SELECT a FROM t FOR KEY SHARE OF t NOWAIT",
      "SELECT a INTO x FROM t",
      "INSERT INTO t VALUES ( 1 ) RETURNING a",
      "UPDATE t SET a = 1 RETURNING a",
      "DELETE FROM t RETURNING a",
      "DELETE FROM t",
      "MERGE INTO t USING u ON a = id WHEN MATCHED THEN DELETE RETURNING a"
    };
    String[] mysql = {
      "SELECT a FROM t FOR UPDATE",
      "SELECT a FROM t FOR SHARE SKIP LOCKED",
      "SELECT a FROM t LOCK IN SHARE MODE",
      "SELECT a INTO OUTFILE 'x' FROM t",
      "SELECT a FROM t INTO DUMPFILE 'x'",
      "SELECT a INTO @v FROM t",
      "DELETE FROM t RETURNING a",
      "REPLACE INTO t VALUES ( 1 ) RETURNING a",
      "SELECT a FROM t PROCEDURE ANALYSE()"
    };
    String[] sqlite = {
      "INSERT INTO t VALUES ( 1 ) RETURNING a",
      "REPLACE INTO t VALUES ( 1 ) RETURNING a",
      "UPDATE t SET a = 1 RETURNING a",
      "DELETE FROM t RETURNING a",
      "SELECT a FROM temp.x",
      "SELECT * FROM pragma_database_list",
      "SELECT * FROM t , 'pragma_wal_checkpoint'"
    };
    return engine == Engine.SQLITE ? sqlite : engine == Engine.POSTGRESQL ? locks : mysql;
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SQLITE", "POSTGRESQL", "MARIADB", "MYSQL"})
  void noneIsARead(Engine engine) {
    NestedPoison nested = new NestedPoison(engine, random);
    SqlNoise noise = new SqlNoise(engine, random);
    SqlClassifier classifier = new SqlClassifier(engine);
    String[] calls = calls(engine);
    String[] queries = queries(engine);
    for (int round = 0; round < ROUNDS; round++) {
      String call = calls[random.nextInt(calls.length)];
      String plain = nested.aroundExpression(call, 4);
      assertNoRead(classifier, noise.of(plain), call);
      if (call.matches("[\"`a-z._]*(my_function|nextval|f)[\"`]?\\(.*")) {
        // whichever word the char becomes a part of, it still calls something
        assertNoRead(classifier, strange(plain), call);
      }
      String query = queries[random.nextInt(queries.length)];
      assertNoRead(classifier, noise.of(nested.aroundQuery(query, 4)), query);
    }
  }

  private void assertNoRead(SqlClassifier classifier, String text, String poison) {
    assertFalse(
        classifier.classify(text).isRead(), () -> "seed " + seed + ": " + poison + " in\n" + text);
  }

  /** With a strange char for one of its blanks. */
  private String strange(String text) {
    int at = text.indexOf(' ', random.nextInt(text.length()));
    if (at < 0) {
      return text;
    }
    String s = STRANGE[random.nextInt(STRANGE.length)];
    return text.substring(0, at) + s + text.substring(at + 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SQLITE", "POSTGRESQL", "MARIADB", "MYSQL"})
  void nearlyAllAreReadsWithoutIt(Engine engine) {
    NestedPoison nested = new NestedPoison(engine, random);
    SqlNoise noise = new SqlNoise(engine, random);
    Classifiers classifiers = new Classifiers(engine);
    int reads = 0;
    List<String> others = new ArrayList<>();
    for (int round = 0; round < 500; round++) {
      String text = noise.of(nested.aroundExpression("b", 4));
      Classification c = classifiers.classify(text);
      reads += c.isRead() ? 1 : 0;
      if (!c.isRead()) {
        others.add(c + " <- " + text);
      }
    }
    assertTrue(reads >= 475, reads + " of 500, seed " + seed + "\n" + String.join("\n", others));
  }
}
