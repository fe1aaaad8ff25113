package io.rwsplit.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.catalog.CatalogSnapshot;
import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiersTest {
  private static final SqlClassifier CLASSIFIER = new SqlClassifier(Engine.POSTGRESQL);

  private final Tiers tiers =
      new Tiers(
          new TableNames(Arrays.asList("orders", "bank.account")),
          Pattern.compile("/\\* fresh", Pattern.CASE_INSENSITIVE),
          Collections.<String>emptyList(),
          new TableNames(Arrays.asList("log", "daily_report")),
          Pattern.compile("/\\* any", Pattern.CASE_INSENSITIVE));

  private static CatalogSnapshot catalog;

  @BeforeAll
  static void readCatalog() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      for (String table : Arrays.asList("item", "orders", "account", "log")) {
        statement.executeUpdate("CREATE TABLE " + table + "(a)");
      }
      statement.executeUpdate("CREATE VIEW a_view AS SELECT a FROM item");
      catalog = CatalogSnapshot.of(Engine.SQLITE, new SqlClassifier(Engine.SQLITE), connection);
    }
  }

  private static Classification classify(String sql) {
    Classification what = CLASSIFIER.classify(sql);
    while (what.reason() == Reason.CLASSIFYING) {
      what = CLASSIFIER.classify(sql);
    }
    assertTrue(what.isRead(), () -> sql);
    return what;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a FROM item                                              | CONFIGURED",
        "SELECT a FROM shop.item                                         | CONFIGURED",
        "SELECT a FROM Orders                                            | STRONG",
        "SELECT a FROM shop.orders                                       | STRONG",
        "SELECT a FROM bank.account                                      | STRONG",
        "SELECT a FROM account                                           | STRONG",
        "SELECT a FROM shop.account                                      | CONFIGURED",
        "SELECT a FROM item WHERE b IN (SELECT c FROM orders)            | STRONG",
        "SELECT (SELECT max(a) FROM orders) FROM item                    | STRONG",
        "WITH x AS (SELECT a FROM item UNION SELECT b FROM orders) SELECT a FROM x | STRONG",
        "SELECT a FROM item JOIN log ON item.a = log.a JOIN orders o ON o.a = log.a | STRONG",
        "SELECT a FROM a_view                                            | STRONG",
        "SELECT a FROM daily_report                                      | EVENTUAL",
        "SELECT a FROM log                                               | EVENTUAL",
        "SELECT a FROM log, daily_report                                 | EVENTUAL",
        "SELECT a FROM log, item                                         | CONFIGURED",
        "SELECT a /* FRESH */ FROM log                                   | STRONG",
        "SELECT a /* any */ FROM item                                    | EVENTUAL",
        "SELECT a /* any */ FROM orders                                  | STRONG",
      })
  void rulesDecide(String sql, Tier expected) {
    assertEquals(expected, tiers.of(classify(sql), sql, catalog));
  }

  @Test
  void everyDoubtIsStrong() {
    String item = "SELECT a FROM item";
    assertEquals(Tier.STRONG, tiers.of(classify(item), item, null));
    assertEquals(Tier.CONFIGURED, tiers.of(classify(item), item, catalog));
    String unknown = "SELECT a FROM nobody_knows";
    assertEquals(Tier.STRONG, tiers.of(classify(unknown), unknown, catalog));
  }

  @Test
  void callersAreFoundOnTheStack() {
    assertTrue(callers("io.rwsplit.route.TiersT").isStrongCaller());
    assertFalse(callers("com.acme.").isStrongCaller());
  }

  private static Tiers callers(String prefix) {
    TableNames none = new TableNames(Collections.<String>emptyList());
    return new Tiers(none, null, Collections.singletonList(prefix), none, null);
  }
}
