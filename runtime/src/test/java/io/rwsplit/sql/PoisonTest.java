package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Locking reads, writes and functions with effects, nested anywhere, are never reads. */
class PoisonTest {
  private static List<StatementGenerator.Poison> poisons(Engine engine) {
    List<StatementGenerator.Poison> all = new ArrayList<>();
    for (String expression :
        new String[] {
          "my_function ( t.a )",
          "\"my_function\"(1)",
          "db.f(1)",
          "( SELECT * FROM t FOR UPDATE )",
          "( SELECT a FROM t FOR SHARE )",
          "( SELECT nextval('s') )",
          "( WITH p AS ( DELETE FROM t RETURNING a ) SELECT a FROM p )",
          "last_insert_rowid()",
          "load_extension ( 'x' )",
          "lastval()",
          "last_insert_id ( 5 )",
          "get_lock('x',1)",
          "pg_advisory_lock(1)",
          "set_config('a','b',false)",
          "sleep/**/(1)"
        }) {
      all.add(new StatementGenerator.Poison(expression, false));
    }
    for (String query :
        new String[] {
          "SELECT a , b FROM t FOR UPDATE",
          "SELECT a INTO x FROM t",
          "INSERT INTO t VALUES ( 1 ) RETURNING a",
          "UPDATE t SET a = 1 RETURNING a",
          "DELETE FROM t RETURNING a",
          "( SELECT a FROM t FOR NO KEY UPDATE )",
          "WITH p AS ( UPDATE t SET a = 1 RETURNING a ) SELECT a FROM p"
        }) {
      all.add(new StatementGenerator.Poison(query, true));
    }
    if (engine == Engine.MYSQL || engine == Engine.MARIADB) {
      all.add(new StatementGenerator.Poison("@v := 1", false));
      all.add(new StatementGenerator.Poison("@v", false));
      all.add(new StatementGenerator.Poison("@@identity", false));
      all.add(new StatementGenerator.Poison("SELECT a FROM t LOCK IN SHARE MODE", true));
      all.add(new StatementGenerator.Poison("SELECT a INTO OUTFILE 'x' FROM t", true));
    }
    if (engine == Engine.SQLITE) {
      all.add(new StatementGenerator.Poison("t.name REGEXP 'x'", false));
      all.add(new StatementGenerator.Poison("[load_extension]('x')", false));
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SQLITE", "POSTGRESQL", "MARIADB", "MYSQL"})
  void poisonedQueriesAreNeverReads(Engine engine) {
    long seed = Long.getLong("rwsplit.test.seed", System.nanoTime());
    StatementGenerator generator = new StatementGenerator(engine, new Random(seed));
    SqlClassifier classifier = new SqlClassifier(engine);
    for (int round = 0; round < 60; round++) {
      for (StatementGenerator.Poison poison : poisons(engine)) {
        String sql = generator.statement(poison);
        Classification c = classifier.classify(sql);
        assertFalse(c.isRead(), () -> "seed " + seed + ": " + poison + " in " + sql);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SQLITE", "POSTGRESQL", "MARIADB", "MYSQL"})
  void theSameQueriesWithoutPoisonAreReads(Engine engine) {
    long seed = Long.getLong("rwsplit.test.seed", System.nanoTime());
    StatementGenerator generator = new StatementGenerator(engine, new Random(seed));
    Classifiers classifiers = new Classifiers(engine);
    int reads = 0;
    List<String> others = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String sql = generator.statement(null);
      Classification c = classifiers.classify(sql);
      reads += c.isRead() ? 1 : 0;
      if (!c.isRead()) {
        others.add(c + " <- " + sql);
      }
    }
    assertTrue(reads >= 380, reads + " of 400, seed " + seed + "\n" + String.join("\n", others));
  }
}
