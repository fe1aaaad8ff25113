package io.rwsplit.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT a FROM t ORDER BY b                              | true",
        "SELECT known, nowhere FROM renown                       | true",
        "SELECT date(created) FROM t GROUP BY 1                  | true",
        "SELECT strftime('%Y', created) FROM t                   | true",
        "SELECT a FROM t WHERE day = date('2024-01-31')          | true",
        "SELECT date FROM t WHERE time > ?                       | true",
        "SELECT a FROM t ORDER BY random()                       | false",
        "SELECT randomblob(4) FROM t                             | false",
        "SELECT a FROM t WHERE day = date('now')                 | false",
        "SELECT a FROM t WHERE day = DATE ( 'NOW' , '-1 day')    | false",
        "SELECT a FROM t WHERE day = date()                      | false",
        "SELECT a FROM t WHERE day = date(?)                     | false",
        "SELECT a FROM t WHERE y = strftime('%Y')                | false",
        "SELECT a, CURRENT_TIMESTAMP FROM t                      | false",
        "SELECT a FROM t WHERE n = changes()                     | false",
        "SELECT last_insert_rowid(), a FROM t                    | false",
        "SELECT * FROM pragma_table_info('t')                    | false",
        "SELECT sqlite_version(), a FROM t                       | false",
      })
  void dependsOnTheDataAlone(String sql, boolean repeatable) {
    assertEquals(repeatable, Repeatable.isRepeatable(sql));
  }
}
