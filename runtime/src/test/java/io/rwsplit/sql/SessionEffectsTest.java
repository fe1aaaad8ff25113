package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a statement does to the state of its session: pin, unpin, name, value, journal. */
class SessionEffectsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      nullValues = "-",
      value = {
        "SQLITE     | CREATE TEMP TABLE Tmp (a)          | TEMP_OBJECT        | NONE | tmp | - | NONE",
        "SQLITE     | CREATE TEMP VIEW IF NOT EXISTS v AS SELECT 1 | TEMP_OBJECT | NONE | v | - | NONE",
        "SQLITE     | CREATE TABLE temp.x (a)            | TEMP_OBJECT        | NONE | x | - | NONE",
        "SQLITE     | DROP TABLE IF EXISTS x             | NONE | TEMP_OBJECT        | x | - | NONE",
        "SQLITE     | ATTACH 'f.db' AS aux               | ATTACHED_DATABASE  | NONE | aux | - | NONE",
        "SQLITE     | DETACH DATABASE aux                | NONE | ATTACHED_DATABASE  | aux | - | NONE",
        "SQLITE     | PRAGMA journal_mode = DELETE       | NONE | NONE | journal_mode | DELETE | JOURNAL_MODE",
        "SQLITE     | PRAGMA main.journal_mode(wal)      | NONE | NONE | journal_mode | wal | JOURNAL_MODE",
        "SQLITE     | PRAGMA journal_mode                | NONE | NONE | - | - | NONE",
        "SQLITE     | PRAGMA locking_mode=EXCLUSIVE      | NONE | NONE | locking_mode | EXCLUSIVE | LOCKING_MODE",
        "SQLITE     | PRAGMA wal_checkpoint              | NONE | NONE | wal_checkpoint | - | CHECKPOINT",
        "SQLITE     | PRAGMA wal_checkpoint(TRUNCATE)    | NONE | NONE | wal_checkpoint | TRUNCATE | CHECKPOINT",
        "SQLITE     | PRAGMA wal_autocheckpoint = 0      | NONE | NONE | wal_autocheckpoint | 0 | AUTO_CHECKPOINT",
        "SQLITE     | PRAGMA cache_size = -2000          | NONE | NONE | cache_size | -2000 | NONE",
        "SQLITE     | PRAGMA case_sensitive_like = 1     | SETTING | NONE | case_sensitive_like | 1 | NONE",
        "SQLITE     | SAVEPOINT \"S 1\"                  | NONE | NONE | s 1 | - | NONE",
        "SQLITE     | RELEASE SAVEPOINT s1               | NONE | NONE | s1 | - | NONE",
        "SQLITE     | ROLLBACK TO SAVEPOINT s1           | NONE | NONE | s1 | - | NONE",
        "POSTGRESQL | SET search_path TO a, b            | NAMESPACE | NONE | search_path | a, b | NONE",
        "POSTGRESQL | SET TIME ZONE 'UTC'                | SETTING | NONE | timezone | 'UTC' | NONE",
        "POSTGRESQL | RESET search_path                  | NONE | NAMESPACE | search_path | - | NONE",
        "POSTGRESQL | RESET ALL                          | NONE | SETTING | - | - | NONE",
        "POSTGRESQL | DISCARD ALL                        | NONE | ANY | - | - | NONE",
        "POSTGRESQL | LISTEN x                           | LISTEN | NONE | x | - | NONE",
        "POSTGRESQL | UNLISTEN *                         | NONE | LISTEN | - | - | NONE",
        "POSTGRESQL | PREPARE p AS SELECT 1              | PREPARED_STATEMENT | NONE | p | - | NONE",
        "POSTGRESQL | DEALLOCATE ALL                     | NONE | PREPARED_STATEMENT | - | - | NONE",
        "POSTGRESQL | DECLARE c CURSOR WITH HOLD FOR SELECT 1 | CURSOR | NONE | c | - | NONE",
        "POSTGRESQL | CLOSE ALL                          | NONE | CURSOR | - | - | NONE",
        "POSTGRESQL | INSERT INTO t SELECT set_config('a', 'b', false) | SETTING | NONE | by a function | - | NONE",
        "POSTGRESQL | INSERT INTO t SELECT set_config('a', 'b', true) | NONE | NONE | - | - | NONE",
        "POSTGRESQL | INSERT INTO t VALUES (1, upper('x'), set_config ('a', 'b', false)) | SETTING | NONE | by a function | - | NONE",
        "POSTGRESQL | INSERT INTO t VALUES ('set_config(1)') RETURNING \"setseed\"(1) | SETTING | NONE | by a function | - | NONE",
        "POSTGRESQL | INSERT INTO t VALUES ('set_config(1)', set_config) | NONE | NONE | - | - | NONE",
        "POSTGRESQL | UPDATE t SET a = pg_try_advisory_lock(b) | SETTING | NONE | by a function | - | NONE",
        "POSTGRESQL | UPDATE t SET a = pg_try_advisory_xact_lock(b) | NONE | NONE | - | - | NONE",
        "POSTGRESQL | EXPLAIN ANALYZE SELECT setseed(1) | SETTING | NONE | seed | - | NONE",
        "POSTGRESQL | PREPARE p AS SELECT setseed(1)     | ANY | NONE | by a function | - | NONE",
        "POSTGRESQL | CREATE TABLE t AS SELECT setseed(1) | SETTING | NONE | by a function | - | NONE",
        "POSTGRESQL | CREATE FUNCTION f() RETURNS void BEGIN ATOMIC SELECT setseed(1); END | NONE | NONE | - | - | NONE",
        "MYSQL      | INSERT INTO t VALUES (GET_LOCK('a', 1)) | SETTING | NONE | by a function | - | NONE",
        "MYSQL      | DO GET_LOCK('a', 1)                | ADVISORY_LOCK | NONE | 1 | - | NONE",
        "MYSQL      | DO RELEASE_LOCK('a')               | NONE | ADVISORY_LOCK | 1 | - | NONE",
        "MYSQL      | DO RELEASE_ALL_LOCKS()             | NONE | ADVISORY_LOCK | - | - | NONE",
        "MYSQL      | SET @a = 1                         | USER_VARIABLE | NONE | a | 1 | NONE",
        "MYSQL      | SET sql_mode = 'ANSI'              | SETTING | NONE | sql_mode | 'ANSI' | NONE",
        "MYSQL      | SET @a = 1, sql_mode = ''          | ANY | NONE | - | 1 | NONE",
        "MYSQL      | SELECT @a := 1                     | USER_VARIABLE | NONE | - | - | NONE",
        "MYSQL      | LOCK TABLES t READ                 | TABLE_LOCK | NONE | - | - | NONE",
        "MYSQL      | UNLOCK TABLES                      | NONE | TABLE_LOCK | - | - | NONE",
        "MYSQL      | USE Db                             | NAMESPACE | NONE | database | Db | NONE",
        "MYSQL      | CREATE TEMPORARY TABLE x (a INT)   | TEMP_OBJECT | NONE | x | - | NONE",
        "MYSQL      | FOO                                | ANY | NONE | - | - | NONE",
      })
  void effects(
      Engine engine,
      String sql,
      Pin pin,
      Pin unpin,
      String name,
      String value,
      JournalEffect journal) {
    Classification c = new SqlClassifier(engine).classify(sql);
    if (c.kind() != StatementKind.SAVEPOINT
        && c.kind() != StatementKind.RELEASE
        && c.kind() != StatementKind.ROLLBACK_TO) {
      assertEquals(value, c.value());
    }
    assertEquals(pin, c.pin());
    assertEquals(unpin, c.unpin());
    assertEquals(name, c.name());
    assertEquals(journal, c.journalEffect());
  }

  /** Nobody parses it, and its session has changed all the same. */
  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, 'SELECT set_config(''a.b'', ''c'', false)'",
    "POSTGRESQL, SELECT pg_advisory_lock(7)",
    "MARIADB, 'SELECT get_lock(''l'', 1)'",
    "MARIADB, SELECT @a := 1",
    "MYSQL, 'SELECT GET_LOCK(''l'', 1)'",
    "MYSQL, SELECT @a := 1",
    "MYSQL, SELECT last_insert_id(7)",
    "SQLITE, SELECT load_extension('x')",
  })
  void aLongOrDeepTextChangesItsSessionAsAShortOneDoes(Engine engine, String sql) {
    Pin pin = new SqlClassifier(engine).classify(sql + ", a FROM t").pin();
    StringBuilder columns = new StringBuilder();
    for (int i = 0; columns.length() < 40_000; i++) {
      columns.append(", a").append(i);
    }
    String deep = ", " + repeat('(', 60) + "a" + repeat(')', 60);
    String huge = ", '" + repeat('x', SqlScanner.MAX_TEXT) + "'";
    for (String more : new String[] {columns.toString(), deep}) {
      Classification c = new SqlClassifier(engine).classify(sql + more + " FROM t");
      assertEquals(pin, c.pin(), c.toString());
      assertEquals(false, c.isRead());
    }
    Classification c = new SqlClassifier(engine).classify(sql + huge + " FROM t");
    assertTrue(pin == Pin.NONE || c.pin() != Pin.NONE, c.toString());
  }

  private static String repeat(char c, int times) {
    char[] text = new char[times];
    Arrays.fill(text, c);
    return new String(text);
  }

  @Test
  void partsOfATextAreInOrder() {
    Classification c =
        new SqlClassifier(Engine.SQLITE).classify("BEGIN; INSERT INTO t VALUES (1); COMMIT");
    assertEquals(StatementKind.MULTI, c.kind());
    assertEquals(3, c.parts().size());
    assertEquals(StatementKind.BEGIN, c.parts().get(0).kind());
    assertEquals(StatementKind.DML, c.parts().get(1).kind());
    assertEquals(StatementKind.COMMIT, c.parts().get(2).kind());
  }

  @Test
  void tablesAndFunctionsAreNamed() {
    Classification c =
        new Classifiers(Engine.SQLITE)
            .classify(
                "WITH x AS (SELECT upper(n) FROM Main.T) SELECT max(a) FROM x JOIN \"U v\" ON 1"
                    + " WHERE b IN w AND EXISTS (SELECT 1 FROM z)");
    assertEquals("[main.t, u v, w, z]", c.tables().toString());
    assertEquals(true, c.tablesComplete());
    assertEquals("[max, upper]", c.functions().toString());
  }
}
