package io.rwsplit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import io.rwsplit.route.RouteReason;
import io.rwsplit.route.TableNames;
import io.rwsplit.route.Tiers;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.SqlClassifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {
  private static final SqlClassifier CLASSIFIER = new SqlClassifier(Engine.SQLITE);
  private static final Tiers TIERS = tiers();

  private static Tiers tiers() {
    Tiers tiers =
        new Tiers(
            new TableNames(Collections.singletonList("orders")),
            null,
            Collections.<String>emptyList(),
            new TableNames(Collections.singletonList("log")),
            null);
    tiers.plainTables().known(0, new HashSet<>(Arrays.asList("item", "orders", "log")));
    return tiers;
  }

  private static AssumedSession session(String state) {
    AssumedSession fresh = AssumedSession.FRESH;
    switch (state) {
      case "manual":
        return fresh.autoCommit(false);
      case "begun":
        return fresh.inTransaction(true);
      case "pinned":
        return fresh.pinned(Pin.TEMP_OBJECT);
      case "wrote":
        return fresh.writePending(true);
      default:
        return fresh;
    }
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
        "wrote  | SELECT a FROM log                           | replica    | READ",
        "manual | SELECT a FROM log                           | master     | IN_TRANSACTION",
        "fresh  | SELECT a FROM orders                        | master     | STRONG",
        "fresh  | SELECT a FROM item /* rwsplit:master */     | master     | HINT",
        "fresh  | SELECT a FROM item -- rwsplit:replica=r2    | replica=r2 | READ",
        "manual | SELECT a FROM item /* rwsplit:replica=r2 */ | master     | IN_TRANSACTION",
        "fresh  | SELECT a FROM orders /* rwsplit:replica */  | master     | STRONG",
        "fresh  | DELETE FROM item /* rwsplit:replica */      | master     | WRITE",
        "fresh  | SELECT 1                                    | master     | MASTER_READ",
        "fresh  | SELECT launch(a) FROM item                  | master     | UNKNOWN",
      })
  void decidesAsStatementsAreRouted(String state, String sql, String route, RouteReason reason) {
    Explain explain = Explain.of(CLASSIFIER, TIERS, sql, session(state));
    assertEquals(route, explain.route());
    assertEquals(reason, explain.reason());
    assertEquals(reason.text(), explain.reasons().get(0));
  }

  @Test
  void tellsAllItKnows() {
    String sql = "SELECT lower(name) FROM item WHERE id = 4711 /* rwsplit:master */";
    AssumedSession session = AssumedSession.FRESH.autoCommit(false).pinned(Pin.SETTING);
    Explain explain = Explain.of(CLASSIFIER, TIERS, sql, session);
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
