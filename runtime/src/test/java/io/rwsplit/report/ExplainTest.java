package io.rwsplit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.catalog.CatalogSnapshot;
import io.rwsplit.engine.Engine;
import io.rwsplit.route.ReadRules;
import io.rwsplit.route.RouteReason;
import io.rwsplit.route.TableNames;
import io.rwsplit.route.Tiers;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.SqlClassifier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {
  private static final SqlClassifier SQLITE = new SqlClassifier(Engine.SQLITE);
  private static final SqlClassifier POSTGRES = new SqlClassifier(Engine.POSTGRESQL);
  private static CatalogSnapshot catalog;

  @BeforeAll
  static void readCatalog() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      for (String table : Arrays.asList("item", "orders", "log", "stock")) {
        statement.executeUpdate("CREATE TABLE " + table + "(a, name)");
      }
      statement.executeUpdate("CREATE VIEW offer AS SELECT a FROM stock");
      statement.executeUpdate("CREATE VIEW counted AS SELECT changes() AS a");
      catalog = CatalogSnapshot.of(Engine.SQLITE, SQLITE, connection);
    }
  }

  private static ReadRules rules(boolean byTable) {
    Tiers tiers =
        new Tiers(
            new TableNames(Collections.singletonList("orders")),
            null,
            Collections.<String>emptyList(),
            new TableNames(Arrays.asList("log", "offer")),
            null);
    return new ReadRules(0, false, byTable, tiers);
  }

  /** The words of a state, such as {@code manual+pinned}. */
  private static AssumedSession session(String words) {
    AssumedSession state = AssumedSession.FRESH;
    for (String word : words.split("\\+", -1)) {
      switch (word) {
        case "manual":
          state = state.autoCommit(false);
          break;
        case "begun":
          state = state.inTransaction(true);
          break;
        case "readonly":
          state = state.readOnly(true);
          break;
        case "until":
          state = state.untilWrite(true);
          break;
        case "serializable":
          state = state.isolation(Connection.TRANSACTION_SERIALIZABLE);
          break;
        case "repeatable":
          state = state.isolation(Connection.TRANSACTION_REPEATABLE_READ);
          break;
        case "writes":
          state = state.wroteInTransaction(true);
          break;
        case "pinned":
          state = state.pinned(Pin.TEMP_OBJECT);
          break;
        case "wrote":
          state = state.writePending(true);
          break;
        case "stocked":
          state = state.writePending(Collections.singleton("STOCK"));
          break;
        default:
          break;
      }
    }
    return state;
  }

  private static Explain explain(String state, String sql, boolean byTable) {
    return Explain.of(Engine.SQLITE, SQLITE, rules(byTable), catalog, sql, session(state));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fresh  | SELECT a FROM item                          | replica    | READ",
        "manual | SELECT a FROM item                          | master     | IN_TRANSACTION",
        "begun  | SELECT a FROM item                          | master     | IN_TRANSACTION",
        "pinned | SELECT a FROM item                          | master     | PINNED",
        "wrote  | SELECT a FROM item                          | master     | READ_YOUR_WRITES",
        "stocked | SELECT a FROM item                         | master     | READ_YOUR_WRITES",
        "wrote  | SELECT a FROM log                           | replica    | READ",
        "manual | SELECT a FROM log                           | master     | IN_TRANSACTION",
        "fresh  | SELECT a FROM orders                        | master     | STRONG",
        "fresh  | SELECT a FROM counted                       | master     | UNKNOWN",
        "fresh  | SELECT a FROM item /* rwsplit:master */     | master     | HINT",
        "fresh  | SELECT a FROM item -- rwsplit:replica=r2    | replica=r2 | READ",
        "manual | SELECT a FROM item /* rwsplit:replica=r2 */ | master     | IN_TRANSACTION",
        "fresh  | SELECT a FROM orders /* rwsplit:replica */  | master     | STRONG",
        "fresh  | DELETE FROM item /* rwsplit:replica */      | master     | WRITE",
        "fresh  | SELECT 1                                    | master     | MASTER_READ",
        "fresh  | SELECT launch(a) FROM item                  | master     | UNKNOWN",
        "manual+readonly         | SELECT a FROM item         | replica    | READ",
        "manual+readonly+wrote   | SELECT a FROM item         | master     | READ_YOUR_WRITES",
        "manual+readonly+wrote   | SELECT a FROM log          | master     | READ_YOUR_WRITES",
        "manual+readonly+pinned  | SELECT a FROM item         | master     | PINNED",
        "manual+readonly+writes  | SELECT a FROM item         | master     | IN_TRANSACTION",
        "manual+until            | SELECT a FROM item         | master     | IN_TRANSACTION",
      })
  void decidesAsStatementsAreRouted(String state, String sql, String route, RouteReason reason) {
    Explain explain = explain(state, sql, false);
    assertEquals(route, explain.route());
    assertEquals(reason, explain.reason());
    assertEquals(reason.text(), explain.reasons().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "begun+until                   | true  | READ",
        "manual+until                  | true  | READ",
        "manual+until+writes           | false | IN_TRANSACTION",
        "manual+until+repeatable       | false | IN_TRANSACTION",
        "manual+until+pinned           | false | PINNED",
        "manual+until+wrote            | false | READ_YOUR_WRITES",
        "manual                        | false | IN_TRANSACTION",
        "manual+readonly               | true  | READ",
        "manual+readonly+repeatable    | true  | READ",
        "manual+readonly+serializable  | false | IN_TRANSACTION",
        "serializable                  | false | SERIALIZABLE",
        "readonly                      | true  | READ",
      })
  void followsTransactionsOfPostgres(String state, boolean onReplica, RouteReason reason) {
    Tiers none =
        new Tiers(
            new TableNames(Collections.<String>emptyList()),
            null,
            Collections.<String>emptyList(),
            new TableNames(Collections.<String>emptyList()),
            null);
    Explain explain =
        Explain.of(
            Engine.POSTGRESQL,
            POSTGRES,
            new ReadRules(0, false, false, none),
            null,
            "SELECT a FROM item",
            session(state));
    assertEquals(reason, explain.reason(), explain::toString);
    assertEquals(onReplica, explain.onReplica(), explain::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stocked                  | SELECT a FROM item                   | READ",
        "stocked                  | SELECT a FROM stock                  | READ_YOUR_WRITES",
        "stocked                  | SELECT i.a FROM item i, stock s      | READ_YOUR_WRITES",
        "stocked                  | SELECT name FROM nobody_knows        | STRONG",
        "wrote                    | SELECT a FROM item                   | READ_YOUR_WRITES",
        "stocked+manual+readonly  | SELECT a FROM item                   | READ_YOUR_WRITES",
        "stocked+manual           | SELECT a FROM item                   | IN_TRANSACTION",
      })
  void followsTables(String state, String sql, RouteReason reason) {
    Explain explain = explain(state, sql, true);
    assertEquals(reason, explain.reason(), explain::toString);
  }

  @Test
  void listsTheTablesOfAView() {
    String told = explain("stocked", "SELECT a FROM offer", true).toString();
    assertTrue(told.contains("\nwaits for: writes to offer, stock\n"), told);
    assertTrue(told.contains("an own write no replica has of stock"), told);
    told = explain("stocked", "SELECT a FROM item", false).toString();
    assertTrue(!told.contains("waits for"), told);
  }

  @Test
  void tellsAllItKnows() {
    String sql = "SELECT lower(name) FROM item WHERE id = 4711 /* rwsplit:master */";
    Explain explain = explain("manual+pinned", sql, false);
    assertEquals(Collections.singleton("item"), explain.tables());
    assertEquals(Collections.singleton("lower"), explain.functions());
    assertEquals(
        Arrays.asList(
            RouteReason.IN_TRANSACTION.text(),
            "proven to be a read",
            RouteReason.PINNED.text(),
            RouteReason.HINT.text()),
        explain.reasons());
    assertTrue(explain.toString().startsWith("route:     master\nbecause:   "));
    assertTrue(explain.toString().contains("\ntables:    item\n"), explain::toString);
    assertTrue(explain.digest().contains("id = 1"), explain::toString);
    assertTrue(!explain.toString().contains("4711"), explain::toString);
  }
}
