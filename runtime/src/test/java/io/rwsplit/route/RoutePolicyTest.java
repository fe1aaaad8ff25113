package io.rwsplit.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutePolicyTest {
  private static final SqlClassifier CLASSIFIER = new SqlClassifier(Engine.SQLITE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "SELECT a FROM t                       | -              | -",
        "SELECT a FROM t                       | IN_TRANSACTION | IN_TRANSACTION",
        "SELECT a FROM t                       | PINNED         | PINNED",
        "/* rwsplit:master */ SELECT a FROM t  | -              | HINT",
        "/* rwsplit:replica */ SELECT a FROM t | IN_TRANSACTION | IN_TRANSACTION",
        "/* rwsplit:replica */ DELETE FROM t   | -              | WRITE",
        "INSERT INTO t VALUES (1)              | -              | WRITE",
        "INSERT INTO t VALUES (1)              | IN_TRANSACTION | WRITE",
        "CREATE TABLE x (a)                    | -              | WRITE",
        "SELECT 1                              | -              | MASTER_READ",
        "SELECT last_insert_rowid()            | -              | MASTER_READ",
        "SELECT my_function(a) FROM t          | -              | UNKNOWN",
        "BEGIN                                 | -              | CONTROL",
        "PRAGMA cache_size=10                  | -              | CONTROL",
        "SELECT a FROM t; DELETE FROM t        | -              | WRITE",
        "PRAGMA index_list(t)                  | -              | MASTER_READ",
        "PRAGMA table_info(t)                  | IN_TRANSACTION | IN_TRANSACTION",
        "SELECT * FROM pragma_table_info('t')  | -              | MASTER_READ",
        "gibberish                             | -              | UNKNOWN",
      })
  void decides(String sql, RouteReason session, RouteReason expected) {
    Classification what = CLASSIFIER.classify(sql);
    while (what.reason() == Reason.CLASSIFYING) {
      what = CLASSIFIER.classify(sql);
    }
    assertEquals(expected, RoutePolicy.masterReason(what, session), () -> sql);
  }
}
