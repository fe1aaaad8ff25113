package io.rwsplit.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.catalog.CatalogRows.Effect;
import io.rwsplit.catalog.CatalogRows.Function;
import io.rwsplit.catalog.CatalogRows.Relation;
import io.rwsplit.catalog.CatalogRows.View;
import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reads show and writes touch, computed from the rows of a catalog. */
class TableGraphTest {
  private static final SqlClassifier POSTGRES = new SqlClassifier(Engine.POSTGRESQL);
  private static final SqlClassifier MARIADB = new SqlClassifier(Engine.MARIADB);
  private static final SqlClassifier SQLITE = new SqlClassifier(Engine.SQLITE);
  private static final CatalogSnapshot OF_POSTGRES = new CatalogSnapshot(postgres(), POSTGRES);
  private static final CatalogSnapshot OF_MARIADB = new CatalogSnapshot(mariadb(), MARIADB);
  private static CatalogSnapshot ofSqlite;

  private static void tables(CatalogRows rows, String... names) {
    rows.hasRelations = true;
    for (String name : names) {
      rows.relations.add(new Relation(name, RelationKind.TABLE, true));
    }
  }

  private static void view(CatalogRows rows, String name, String query) {
    rows.relations.add(new Relation(name, RelationKind.VIEW, false));
    rows.views.add(new View(name, query));
  }

  private static void function(CatalogRows rows, String name, String kind, String body) {
    rows.functions.add(new Function(name, kind, "plpgsql", body));
  }

  private static CatalogRows postgres() {
    CatalogRows rows = new CatalogRows();
    tables(
        rows, "customer", "orders", "line", "audit", "item", "stock", "total", "alone", "mirror");
    tables(rows, "dynamic", "calls", "checked", "measure", "measure_1", "ruled", "deep", "seq");
    rows.relations.add(new Relation("remote", RelationKind.OPAQUE, false));
    rows.relations.add(new Relation("tables", RelationKind.SYSTEM, false));
    tables(rows, "tables");
    view(rows, "orders_view", "SELECT o.id, l.n FROM orders o JOIN line l ON l.id = o.id");
    view(rows, "nested", "SELECT id FROM orders_view");
    view(rows, "by_function", "SELECT stocked(id) AS s FROM item");
    view(rows, "of_remote", "SELECT id FROM remote");
    view(rows, "hides", "SELECT book(id) AS b FROM alone");
    rows.cascades.add(new Effect("customer", "orders"));
    rows.cascades.add(new Effect("orders", "line"));
    rows.children.add(new Effect("measure", "measure_1"));
    function(rows, "log_line", "v", "BEGIN INSERT INTO audit VALUES (now()); RETURN NEW; END");
    function(rows, "log_deep", "v", "BEGIN PERFORM book(1); RETURN NEW; END");
    function(rows, "book", "v", "BEGIN UPDATE total SET n = n + 1; RETURN 1; END");
    function(rows, "stocked", "s", "BEGIN RETURN (SELECT n FROM stock WHERE id = 1); END");
    function(rows, "run", "v", "BEGIN EXECUTE 'DELETE FROM item'; RETURN NEW; END");
    function(rows, "strict", "i", "BEGIN RETURN true; END");
    function(
        rows,
        "upsert",
        "v",
        "BEGIN INSERT INTO mirror VALUES (1) ON CONFLICT (id) DO UPDATE SET n = 2; RETURN NEW; END");
    rows.functions.add(new Function("compiled", "v", "c", "compiled"));
    rows.functions.add(new Function("crosstab", "s", "c", "crosstab"));
    rows.functions.add(new Function("twice", "i", "c", "twice"));
    rows.triggerFunctions.add(new Effect("line", "log_line"));
    rows.triggerFunctions.add(new Effect("deep", "log_deep"));
    rows.triggerFunctions.add(new Effect("dynamic", "run"));
    rows.triggerFunctions.add(new Effect("measure_1", "upsert"));
    rows.triggerFunctions.add(new Effect("calls", "compiled"));
    rows.triggerFunctions.add(new Effect("orders_view", "log_line"));
    rows.expressions.add(new Effect("checked", "strict(n) AND n > 0"));
    rows.expressions.add(new Effect("seq", "nextval('seq_id'::regclass)"));
    rows.expressions.add(new Effect("stock", "book(id)"));
    return rows;
  }

  private static CatalogRows mariadb() {
    CatalogRows rows = new CatalogRows();
    tables(rows, "customer", "orders", "audit", "item", "alone", "calls");
    view(rows, "v", "select `app`.`item`.`id` AS `id` from `app`.`item`");
    rows.cascades.add(new Effect("customer", "orders"));
    rows.triggerBodies.add(new Effect("orders", "INSERT INTO audit(a) VALUES (NEW.id)"));
    rows.triggerBodies.add(new Effect("calls", "CALL something(1)"));
    return rows;
  }

  @BeforeAll
  static void sqlite() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      for (String sql :
          new String[] {
            "CREATE TABLE customer(id INTEGER PRIMARY KEY, name)",
            "CREATE TABLE orders(id INTEGER PRIMARY KEY, c REFERENCES customer ON DELETE CASCADE)",
            "CREATE TABLE line(id, o REFERENCES orders ON DELETE SET NULL)",
            "CREATE TABLE loose(id, o REFERENCES orders)",
            "CREATE TABLE audit(a)",
            "CREATE TABLE alone(a, b AS (a * 2))",
            "CREATE TABLE doc(id INTEGER PRIMARY KEY, body)",
            "CREATE TABLE \"Two Words\"(a)",
            "CREATE TRIGGER t1 AFTER INSERT ON line BEGIN INSERT INTO audit VALUES (new.id); END",
            "CREATE TRIGGER t2 AFTER UPDATE ON alone WHEN own(new.a) BEGIN SELECT 1; END",
            "CREATE VIRTUAL TABLE found USING fts5(body, content='doc')",
            "CREATE VIRTUAL TABLE terms USING fts5vocab('found', 'row')",
            "CREATE TRIGGER t3 AFTER INSERT ON doc BEGIN"
                + " INSERT INTO found(rowid, body) VALUES (new.id, new.body); END",
            "CREATE VIEW joined AS SELECT o.id FROM orders o, line l",
            "CREATE TRIGGER t4 INSTEAD OF INSERT ON joined BEGIN INSERT INTO audit VALUES (1); END",
            "CREATE VIEW last AS SELECT last_insert_rowid() AS id FROM customer",
          }) {
        statement.executeUpdate(sql);
      }
      ofSqlite = CatalogSnapshot.of(Engine.SQLITE, SQLITE, connection);
    }
  }

  private static String text(Set<String> tables) {
    return tables == null
        ? "all"
        : tables.isEmpty() ? "none" : String.join(" ", new TreeSet<>(tables));
  }

  private static String shown(SqlClassifier classifier, CatalogSnapshot catalog, String sql) {
    Classification c = classifier.classify(sql);
    while (c.reason() == Reason.CLASSIFYING) {
      c = classifier.classify(sql);
    }
    return text(catalog.tablesReadBy(catalog.resolve(c)));
  }

  private static String touched(SqlClassifier classifier, CatalogSnapshot catalog, String sql) {
    return text(catalog.tablesTouchedBy(classifier.namesOfWrite(sql)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM orders                                      | orders",
        "SELECT id FROM shop.Orders                                 | orders",
        "SELECT id FROM \"ORDERS\"                                | orders",
        "SELECT id FROM orders_view                                 | line orders orders_view",
        "SELECT id FROM nested n JOIN item i ON true       | item line nested orders orders_view",
        "SELECT id FROM measure                                     | measure measure_1",
        "SELECT id FROM measure_1                                   | measure_1",
        "SELECT stocked(1)                                          | stock",
        "SELECT stocked(id) FROM item                               | item stock",
        "SELECT s FROM by_function                                  | by_function item stock",
        "SELECT twice(id) FROM item                                 | item",
        "SELECT crosstab(name) FROM item                            | all",
        "SELECT id FROM remote                                      | all",
        "SELECT id FROM of_remote                                   | all",
        "SELECT b FROM hides                                        | all",
        "SELECT id FROM nobody_knows                                | all",
        "SELECT id FROM tables                                      | all",
        "SELECT id FROM information_schema.tables                   | all",
        "SELECT relname FROM pg_catalog.pg_class                    | all",
        "SELECT pg_relation_size(id) FROM item                      | all",
        "WITH orders AS (SELECT * FROM orders) SELECT * FROM orders | orders",
        "WITH x AS (SELECT id FROM item) SELECT id FROM x           | item",
        "SELECT id FROM item UNION SELECT n FROM alone              | alone item",
        "SELECT id FROM item WHERE EXISTS (SELECT 1 FROM line)      | item line",
        "EXPLAIN SELECT id FROM item                                | all",
        "DELETE FROM item                                           | all",
      })
  void readsOfPostgres(String sql, String tables) {
    assertEquals(tables, shown(POSTGRES, OF_POSTGRES, sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO alone VALUES (1, 'x')                          | alone",
        "INSERT INTO \"Alone\" (a) VALUES (1), (2)                | alone",
        "INSERT INTO shop.alone(a) VALUES (now())                   | alone",
        "INSERT INTO alone SELECT id FROM item                      | alone item",
        "INSERT INTO alone SELECT id FROM nested            | alone line nested orders orders_view",
        "INSERT INTO alone VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2 | alone",
        "UPDATE alone SET a = (SELECT max(id) FROM item)            | alone item",
        "UPDATE ONLY item SET n = 1 WHERE id IN (1, 2)              | item",
        "DELETE FROM customer WHERE id = 1                          | audit customer line orders",
        "UPDATE orders SET n = 1                                    | audit line orders",
        "INSERT INTO line VALUES (1)                                | audit line",
        "INSERT INTO deep VALUES (1)                                | deep total",
        "INSERT INTO measure VALUES (1)                             | measure measure_1 mirror",
        "INSERT INTO measure_1 VALUES (1)                           | measure_1 mirror",
        "INSERT INTO orders_view VALUES (1)                         | audit line orders orders_view",
        "INSERT INTO checked VALUES (1)                             | checked",
        "INSERT INTO seq VALUES (1)                                 | seq",
        "INSERT INTO alone VALUES (nextval('s'))                    | alone",
        "INSERT INTO stock VALUES (1)                               | stock total",
        "INSERT INTO alone VALUES (book(1))                         | alone total",
        "MERGE INTO alone USING item ON true WHEN MATCHED THEN DELETE | alone item",
        "INSERT INTO dynamic VALUES (1)                             | all",
        "INSERT INTO calls VALUES (1)                               | all",
        "INSERT INTO remote VALUES (1)                              | all",
        "INSERT INTO tables VALUES (1)                              | all",
        "INSERT INTO nobody_knows VALUES (1)                        | all",
        "INSERT INTO alone VALUES (compiled(1))                     | all",
        "INSERT INTO alone VALUES (run(1))                          | all",
        "INSERT INTO alone VALUES (nobody_knows(1))                 | all",
        "INSERT INTO alone SELECT b FROM hides                      | all",
        "INSERT INTO alone VALUES (1) RETURNING a                   | all",
        "WITH x AS (DELETE FROM item RETURNING id) INSERT INTO alone SELECT id FROM x | all",
        "INSERT INTO alone VALUES (1); DELETE FROM item             | all",
        "COPY alone FROM stdin                                      | all",
        "SELECT id FROM item                                        | all",
        "TRUNCATE alone                                             | all",
      })
  void writesOfPostgres(String sql, String tables) {
    assertEquals(tables, touched(POSTGRES, OF_POSTGRES, sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO alone VALUES (1)                               | alone",
        "REPLACE INTO customer VALUES (1)                           | audit customer orders",
        "INSERT INTO alone VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a) | alone",
        "INSERT IGNORE alone (a) VALUES (1)                         | alone",
        "UPDATE alone, item SET a = 1                               | alone item",
        "UPDATE alone a JOIN `orders` o ON true SET a.x = 1         | alone audit orders",
        "DELETE alone FROM alone JOIN customer c ON true    | alone audit customer orders",
        "INSERT INTO v VALUES (1)                                   | item v",
        "INSERT INTO calls VALUES (1)                               | all",
        "INSERT INTO alone VALUES (own_function(1))                 | all",
        "LOAD DATA INFILE 'x' INTO TABLE alone                      | all",
      })
  void writesOfMariadb(String sql, String tables) {
    assertEquals(tables, touched(MARIADB, OF_MARIADB, sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM joined           | joined line orders",
        "SELECT id FROM main.orders      | orders",
        "SELECT a FROM \"Two Words\"   | two words",
        "SELECT body FROM found | doc found found_config found_data found_docsize found_idx",
        "SELECT term FROM terms          | all",
        "SELECT id FROM last             | all",
        "SELECT name FROM sqlite_master  | all",
        "SELECT seq FROM sqlite_sequence | all",
        "SELECT a FROM alone, json_each(a) | alone",
      })
  void readsOfSqlite(String sql, String tables) {
    assertEquals(tables, shown(SQLITE, ofSqlite, sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO loose VALUES (1, 2)                | loose",
        "INSERT OR REPLACE INTO customer VALUES (1, 'x') | audit customer line orders",
        "DELETE FROM orders                             | audit line orders",
        "INSERT INTO line VALUES (1, 2)                 | audit line",
        "INSERT INTO joined VALUES (1)                  | audit joined line orders",
        "INSERT INTO doc VALUES (1, 'x')"
            + " | doc found found_config found_data found_docsize found_idx",
        "UPDATE found SET body = 'x'"
            + " | doc found found_config found_data found_docsize found_idx",
        "INSERT INTO alone(a) VALUES (1)                | all",
        "INSERT INTO audit VALUES (own(1))              | all",
        "INSERT INTO 'audit' VALUES (1)                 | all",
        "INSERT INTO sqlite_sequence VALUES (1, 2)      | all",
        "INSERT INTO terms VALUES (1)                   | all",
      })
  void writesOfSqlite(String sql, String tables) {
    assertEquals(tables, touched(SQLITE, ofSqlite, sql));
  }

  @Test
  void aNameWithADotLeavesNothingCertain() {
    CatalogRows rows = new CatalogRows();
    tables(rows, "a", "x.a");
    CatalogSnapshot catalog = new CatalogSnapshot(rows, POSTGRES);
    assertEquals("all", shown(POSTGRES, catalog, "SELECT b FROM a"));
    assertEquals("all", touched(POSTGRES, catalog, "DELETE FROM a"));
  }
}
