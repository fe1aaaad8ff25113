package io.rwsplit.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.catalog.CatalogRows.Function;
import io.rwsplit.catalog.CatalogRows.View;
import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SessionText;
import io.rwsplit.sql.SqlClassifier;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
  private static final SqlClassifier POSTGRES = new SqlClassifier(Engine.POSTGRESQL);

  private static final CatalogSnapshot SNAPSHOT =
      new CatalogSnapshot(
          withAttributes(
              Arrays.asList("writes", "twice"),
              Arrays.asList(
                  new Function("twice", "i", "sql", "SELECT $1 * 2"),
                  new Function("four_times", "s", "sql", "SELECT twice(twice($1))"),
                  new Function("again", "s", "plpgsql", "BEGIN RETURN again($1 - 1); END"),
                  new Function("writes", "v", "plpgsql", "BEGIN DELETE FROM t; RETURN 1; END"),
                  new Function("calls_it", "s", "plpgsql", "BEGIN RETURN writes(); END"),
                  new Function("calls_that", "s", "sql", "SELECT calls_it()"),
                  new Function("builds", "s", "plpgsql", "BEGIN EXECUTE 'SELECT 1'; END"),
                  new Function("numbers", "s", "sql", "SELECT nextval('s')"),
                  new Function("reads_view", "s", "sql", "SELECT w FROM v_writes"),
                  new Function("reads_table", "s", "sql", "SELECT max(a) FROM t"),
                  new Function("reads_sequence", "s", "sql", "SELECT last_value FROM order_ids"),
                  new Function("script", "i", "plpython3u", "return 1"),
                  new Function("compiled", "i", "c", "compiled_c"),
                  new Function("compiled_v", "v", "c", "compiled_v"),
                  new Function("overloaded", "i", "sql", "SELECT 1"),
                  new Function("overloaded", "v", "sql", "SELECT 1"),
                  new Function("lower", "v", "sql", "SELECT writes()")),
              Arrays.asList(
                  new View("v_plain", "SELECT a, b FROM t"),
                  new View("v_twice", "SELECT twice(a) AS x FROM t"),
                  new View("v_writes", "SELECT writes() AS w"),
                  new View("v_nested", "SELECT w FROM v_writes"),
                  new View("v_deep", "SELECT * FROM (SELECT w FROM v_nested) AS x"),
                  new View("v_session", "SELECT currval('s') AS c"),
                  new View("v_sequence", "SELECT last_value FROM order_ids"),
                  new View("v_attribute", "SELECT t.writes FROM t"),
                  new View("v_locks", "SELECT a FROM t FOR UPDATE"),
                  new View("foreign_table", null))),
          POSTGRES);

  private static CatalogRows withAttributes(
      List<String> attributes, List<Function> functions, List<View> views) {
    CatalogRows rows = new CatalogRows(functions, views);
    rows.attributes.addAll(attributes);
    rows.unlike.addAll(Arrays.asList("order_ids", "cached"));
    return rows;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|SELECT twice(a) FROM t",
        "true|SELECT public.twice(a) FROM t",
        "true|SELECT four_times(a), \"twice\"(b) FROM t",
        "true|SELECT again(a), compiled(b), reads_table() FROM t",
        "true|SELECT * FROM v_plain",
        "true|SELECT * FROM v_twice JOIN t ON true",
        "true|SELECT a FROM t",
        "true|SELECT t.twice FROM t",
        "true|SELECT t.compiled_v FROM t",
        "false|SELECT t.writes FROM t",
        "false|SELECT (x).\"writes\" FROM t AS x",
        "false|SELECT * FROM v_attribute",
        "true|SELECT order_ids FROM t WHERE cached = 1",
        "true|SELECT last_value FROM t",
        "false|SELECT last_value, is_called FROM order_ids",
        "false|SELECT last_value FROM public.\"order_ids\"",
        "false|SELECT a FROM t JOIN cached USING (a)",
        "false|SELECT a FROM t WHERE b IN (SELECT b FROM cached)",
        "false|SELECT * FROM v_sequence",
        "false|TABLE order_ids",
        "false|SELECT reads_sequence() FROM t",
        "false|SELECT writes()",
        "false|SELECT app.writes() FROM t",
        "false|SELECT twice(writes()) FROM t",
        "false|SELECT calls_it() FROM t",
        "false|SELECT calls_that() FROM t",
        "false|SELECT builds() FROM t",
        "false|SELECT numbers() FROM t",
        "false|SELECT reads_view() FROM t",
        "false|SELECT script(), twice(1) FROM t",
        "false|SELECT compiled_v() FROM t",
        "false|SELECT overloaded() FROM t",
        "false|SELECT nobody_knows(a) FROM t",
        "false|SELECT lower(name) FROM t",
        "false|SELECT * FROM v_writes",
        "false|SELECT * FROM public.\"v_writes\"",
        "false|SELECT a FROM t WHERE a IN (SELECT w FROM v_nested)",
        "false|TABLE v_deep",
        "false|WITH x AS (SELECT * FROM v_session) SELECT * FROM x",
        "false|SELECT * FROM v_locks",
        "false|SELECT * FROM foreign_table",
        "false|SELECT twice(a) FROM t FOR UPDATE",
        "false|SELECT twice(currval('s')) FROM t",
        "false|INSERT INTO t SELECT twice(1)"
      })
  void readsAreWhatTheirFunctionsAndViewsAre(boolean read, String sql) {
    Classification c = POSTGRES.classify(sql);
    while (c.reason() == Reason.CLASSIFYING) {
      c = POSTGRES.classify(sql);
    }
    Classification resolved = SNAPSHOT.resolve(c);
    assertEquals(read, resolved.isRead(), () -> sql + ": " + resolved);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT set_config('search_path', n, false)|sql|true",
        "BEGIN PERFORM pg_catalog.set_config('search_path', n, false); END|plpgsql|true",
        "BEGIN PERFORM set_config('search_path', n, true); END|plpgsql|false",
        "BEGIN SET search_path TO a; END|plpgsql|true",
        "BEGIN IF a THEN RESET ROLE; END IF; END|plpgsql|true",
        "BEGIN SET LOCAL search_path TO a; END|plpgsql|false",
        "BEGIN UPDATE t SET a = 1; INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 2; END|plpgsql|false",
        "BEGIN CREATE TEMP TABLE x (a INT); END|plpgsql|true",
        "BEGIN CREATE TEMPORARY VIEW x AS SELECT 1; END|plpgsql|true",
        "BEGIN SELECT temp INTO x FROM weather; END|plpgsql|false",
        "SELECT pg_advisory_lock(1)|sql|true",
        "SELECT pg_advisory_xact_lock(1)|sql|false",
        "BEGIN EXECUTE concat('SET search_path TO ', n); END|plpgsql|true",
        "BEGIN EXECUTE format('DELETE FROM %I', n); END|plpgsql|false",
        "BEGIN DECLARE c CURSOR WITH HOLD FOR SELECT 1; END|plpgsql|true",
        "BEGIN DELETE FROM t; END|plpgsql|false",
        "BEGIN PERFORM sets(); END|plpgsql|true",
        "BEGIN PERFORM deletes(); END|plpgsql|false",
        "code|plpython3u|true",
        "code|c|false",
      })
  void whatAFunctionLeavesInItsSessionPinsIt(String body, String language, boolean pins) {
    CatalogRows rows =
        new CatalogRows(
            Arrays.asList(
                new Function("sets", "v", "plpgsql", "BEGIN SET search_path TO a; END"),
                new Function("deletes", "v", "plpgsql", "BEGIN DELETE FROM t; END"),
                new Function("f", "v", language, body)),
            Arrays.<View>asList());
    CatalogSnapshot snapshot = new CatalogSnapshot(rows, POSTGRES);
    for (String sql : new String[] {"SELECT f()", "SELECT a, app.f(a) FROM t", "TABLE t"}) {
      Classification resolved = snapshot.resolve(POSTGRES.classify(sql));
      boolean called = !sql.equals("TABLE t");
      assertEquals(pins && called, resolved.pin() != Pin.NONE, () -> sql + ": " + resolved);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u00a7',
      value = {
        "true|SELECT 1; SELECT f(1)",
        "true|INSERT INTO t VALUES ('x', f(1))",
        "true|INSERT INTO t SELECT \"f\"(1)",
        "true|INSERT INTO triggered VALUES (1)",
        "true|DELETE FROM parent",
        "true|UPDATE app.v SET a = 1",
        "true|CREATE TABLE x AS SELECT calls(1)",
        "true|DO $$ BEGIN PERFORM f(1); END $$",
        "true|DO 'BEGIN SET search_path TO a; END'",
        "true|DO E'BEGIN\\n END'",
        "true|DO /* $ */ $x$ BEGIN END $x$",
        "true|{call calls(?)}",
        "true|CALL nobody_knows_it(1)",
        "true|CALL app.writes_triggered()",
        "false|CALL app.h(1)",
        "false|INSERT INTO t VALUES ('f(1)', h(2))",
        "false|DO $$ BEGIN UPDATE t SET a = h(1); END $$",
        "false|CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "false|DROP TABLE triggered",
      })
  void whatTextsLeaveInTheirSessionIsKnownByWhatTheyName(boolean leaves, String sql) {
    CatalogRows rows =
        new CatalogRows(
            Arrays.asList(
                new Function("f", "v", "plpgsql", "BEGIN SET search_path TO a; END"),
                new Function("calls", "v", "sql", "SELECT f($1)"),
                new Function("writes_triggered", "v", "sql", "INSERT INTO triggered VALUES (1)"),
                new Function("h", "v", "plpgsql", "BEGIN DELETE FROM t; END")),
            Arrays.asList(new View("v", "SELECT a FROM parent")));
    rows.reached.add(new CatalogRows.Effect("triggered", "f"));
    rows.reached.add(new CatalogRows.Effect("parent", "triggered"));
    rows.reached.add(new CatalogRows.Effect("t", "h"));
    assertEquals(leaves, leaves(new CatalogSnapshot(rows, POSTGRES), POSTGRES, sql), sql);
  }

  private static boolean leaves(CatalogSnapshot snapshot, SqlClassifier classifier, String sql) {
    SessionText text = classifier.sessionText(classifier.classify(sql), sql);
    return text != null
        && (text.changes()
            || snapshot.mayLeave(text.names(), false)
            || !snapshot.knowsProcedures(text.called()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u00a7',
      value = {
        "true|SET time_zone = 'UTC'",
        "true|BEGIN DECLARE a INT; SET a = 1, sql_mode = ''; END",
        "true|BEGIN DECLARE a INT; SET @@session.group_concat_max_len = a; END",
        "true|SET NAMES utf8mb4",
        "true|BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION SET time_zone = p; END",
        "true|BEGIN CREATE TEMPORARY TABLE x (a INT); END",
        "true|BEGIN DECLARE a INT; SELECT GET_LOCK('a', 1) INTO a; END",
        "true|BEGIN START TRANSACTION; UPDATE t SET a = 1; END",
        "true|BEGIN SET @s = CONCAT('SET time_zone = ', p); PREPARE x FROM @s; EXECUTE x; END",
        "false|BEGIN SET @s = CONCAT('DELETE FROM ', p); PREPARE x FROM @s; EXECUTE x; END",
        "false|BEGIN START TRANSACTION; UPDATE t SET a = 1; COMMIT; END",
        "false|BEGIN DECLARE a, b INT; SET a = 1, b = (SELECT max(c), 1 FROM t), p = b; END",
        "false|BEGIN UPDATE t SET time_zone = 1, sql_mode = 2; INSERT INTO t SET a = 1; END",
        "false|BEGIN IF p THEN SET p = 2; ELSE SET @v = p; END IF; END",
        "false|SET NEW.a = OLD.a + 1",
        "false|BEGIN FOR r IN (SELECT a FROM t) DO SET r.a = 1; END FOR; END",
      })
  void whatRoutinesOfMysqlLeaveInTheirSession(boolean leaves, String body) {
    CatalogRows rows = new CatalogRows();
    CatalogRows.Routine routine = new CatalogRows.Routine("r", body);
    routine.parameters.add("p");
    rows.routines.add(routine);
    SqlClassifier classifier = new SqlClassifier(Engine.MARIADB);
    CatalogSnapshot snapshot = new CatalogSnapshot(rows, classifier);
    assertEquals(leaves, leaves(snapshot, classifier, "CALL r(1)"), body);
    assertEquals(leaves, leaves(snapshot, classifier, "INSERT INTO t VALUES (r(1))"), body);
    rows.routines.add(new CatalogRows.Routine("hidden", null));
    CatalogSnapshot doubt = new CatalogSnapshot(rows, classifier);
    assertTrue(leaves(doubt, classifier, "SELECT hidden(a) FROM t"));
  }

  @Test
  void nothingIsAReadUntilTheCatalogIsKnownAndAgainAfterAChange(@TempDir Path dir)
      throws Exception {
    String url = "jdbc:sqlite:" + dir.resolve("catalog.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (a)");
      statement.executeUpdate("CREATE VIEW plain AS SELECT a FROM t");
      SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
      Deque<Runnable> tasks = new ArrayDeque<>();
      Catalog catalog =
          new Catalog(
              Engine.SQLITE, classifier, () -> DriverManager.getConnection(url), tasks::add, false);
      Classification table = classifier.classify("SELECT a FROM t");
      Classification view = classifier.classify("SELECT a FROM plain");
      assertEquals(Reason.CLASSIFYING, resolve(catalog, table).reason());
      tasks.remove().run();
      assertTrue(resolve(catalog, table).isRead());
      assertTrue(resolve(catalog, view).isRead());
      statement.executeUpdate("DROP VIEW plain");
      statement.executeUpdate("CREATE VIEW plain AS SELECT changes() AS a");
      catalog.changing();
      catalog.changed(true);
      assertEquals(Reason.CLASSIFYING, resolve(catalog, view).reason());
      tasks.remove().run();
      assertEquals(Reason.HIDDEN_EFFECT, resolve(catalog, view).reason());
      assertTrue(resolve(catalog, table).isRead());
    }
  }

  @Test
  void withoutAnAnswerReadsStayWithTheMaster() {
    SqlClassifier classifier = new SqlClassifier(Engine.POSTGRESQL);
    Catalog catalog =
        new Catalog(
            Engine.POSTGRESQL,
            classifier,
            () -> {
              throw new SQLException("nobody there");
            },
            Runnable::run,
            false);
    assertFalse(resolve(catalog, classifier.classify("SELECT a FROM t")).isRead());
    assertFalse(resolve(catalog, classifier.classify("SELECT my_f(a) FROM t")).isRead());
    assertFalse(resolve(catalog, classifier.classify("SELECT a FROM t")).isRead());
  }

  /** Whoever cannot have a thread, or runs out of memory on it, must be able to ask again. */
  @Test
  void asksAgainAfterFaults(@TempDir Path dir) throws Exception {
    String url = "jdbc:sqlite:" + dir.resolve("catalog.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (a)");
      SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
      AtomicInteger faults = new AtomicInteger();
      Catalog catalog =
          new Catalog(
              Engine.SQLITE,
              classifier,
              () -> {
                failSometimes(faults);
                return DriverManager.getConnection(url);
              },
              task -> {
                failSometimes(faults);
                try {
                  task.run();
                } catch (OutOfMemoryError e) {
                  // As a thread of a pool ends.
                }
              },
              false);
      Classification table = classifier.classify("SELECT a FROM t");
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (!resolve(catalog, table).isRead()) {
        assertTrue(System.nanoTime() - deadline < 0, "never asked again");
        LockSupport.parkNanos(1_000_000);
      }
      assertTrue(faults.get() > 3, faults::toString);
    }
  }

  private static void failSometimes(AtomicInteger calls) {
    if (calls.incrementAndGet() < 4) {
      throw new OutOfMemoryError("for a test");
    }
  }

  private static Classification resolve(Catalog catalog, Classification statement) {
    return catalog.resolve(statement, System.nanoTime());
  }
}
