package io.rwsplit.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MariadbOrphansTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The old one's state | the new one's state and position | count | which
        "0-1-100 | 0-1-100,0-2-103 | 0 | none",
        "0-1-100 | 0-1-98,0-2-103 | 2 | 0-1-99 to 0-1-100",
        "0-1-100 | 0-1-99,0-2-103 | 1 | 0-1-100",
        // Without log_slave_updates only gtid_slave_pos knows of the old one's.
        "0-1-100 | 0-2-103,0-1-97 | 3 | 0-1-98 to 0-1-100",
        // It was a replica of the other once.
        "0-2-50,0-1-100 | 0-2-120,0-1-98 | 2 | 0-1-99 to 0-1-100",
        "0-2-50,0-1-100 | 0-2-120,0-1-100 | 0 | none",
        // Its first writes as master never left it.
        "0-2-50,0-1-53 | 0-2-120 | 3 | 0-1-51 to 0-1-53",
        "0-1-100,5-1-7 | 0-1-98,5-1-7,0-2-200 | 2 | 0-1-99 to 0-1-100",
        "'' | 0-1-3 | 0 | none",
      })
  void counts(String old, String successor, long count, String which) {
    Orphans found = MariadbOrphans.count(old.replace("'", ""), successor);
    assertEquals(count, found.count(), found::toString);
    assertEquals(which, found.toString());
  }
}
