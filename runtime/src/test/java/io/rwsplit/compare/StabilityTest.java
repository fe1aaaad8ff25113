package io.rwsplit.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StabilityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id, name FROM item WHERE id = ? | ",
        "SELECT count(*), sum(price), max(version) FROM item | ",
        "SELECT date, time, version, database FROM item | ",
        "SELECT date(made), strftime('%Y', made) FROM item | ",
        "SELECT u.name FROM \"user\" u JOIN item ON item.user = u.id | ",
        "SELECT a @> b, email FROM item WHERE email = 'x@example.com' | ",
        "SELECT now() | NOT_DETERMINISTIC",
        "SELECT a FROM item WHERE made > CURRENT_DATE | NOT_DETERMINISTIC",
        "SELECT date('now') | NOT_DETERMINISTIC",
        "SELECT date(?) | NOT_DETERMINISTIC",
        "SELECT datetime() | NOT_DETERMINISTIC",
        "SELECT string_agg(name, ',') FROM item | NOT_DETERMINISTIC",
        "SELECT group_concat (name) FROM item | NOT_DETERMINISTIC",
        "SELECT row_number() OVER (ORDER BY name) FROM item | NOT_DETERMINISTIC",
        "SELECT DISTINCT ON (a) a, b FROM item | NOT_DETERMINISTIC",
        "SELECT a FROM item TABLESAMPLE SYSTEM (1) | NOT_DETERMINISTIC",
        "SELECT gen_random_uuid() | NOT_DETERMINISTIC",
        "SELECT random() | NOT_DETERMINISTIC",
        "SELECT @@server_id | OF_THE_SERVER",
        "SELECT @mine | OF_THE_SERVER",
        "SELECT current_user | OF_THE_SERVER",
        "SELECT user | OF_THE_SERVER",
        "SELECT version() | OF_THE_SERVER",
        "SELECT pg_is_in_recovery() | OF_THE_SERVER",
        "SELECT * FROM pg_stat_activity | OF_THE_SERVER",
        "SELECT * FROM information_schema.tables | OF_THE_SERVER",
        "SELECT * FROM mysql.user | OF_THE_SERVER",
        "SELECT ctid FROM item | OF_THE_SERVER",
        "SELECT * FROM sqlite_stat1 | OF_THE_SERVER"
      })
  void saysWhatTwoServersMayAnswerOtherwise(String sql, Undecided cause) {
    assertEquals(cause, Stability.useless(sql, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a FROM item LIMIT 3 | true",
        "SELECT a FROM item ORDER BY a offset 3 | true",
        "SELECT a FROM item FETCH FIRST 3 ROWS ONLY | true",
        "SELECT limits, a.topic FROM item | false"
      })
  void knowsLimits(String sql, boolean limits) {
    assertEquals(limits, Stability.limitsRows(sql));
  }
}
