package io.rwsplit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteLogTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT a FROM t WHERE b = 'secret'     | SELECT a FROM t WHERE b = ?",
        "SELECT a FROM t WHERE b = 'it''s me'   | SELECT a FROM t WHERE b = ??",
        "SELECT a FROM t WHERE b = 'open        | SELECT a FROM t WHERE b = ?",
        "SELECT a1, t2.c FROM t2 WHERE x=42     | SELECT a1, t2.c FROM t2 WHERE x=?",
        "SELECT 1.5e10, 0xFF, x'AB'             | SELECT ?, ?, x?",
        "SELECT a FROM t WHERE b = ?1           | SELECT a FROM t WHERE b = ??",
      })
  void masksLiterals(String sql, String expected) {
    assertEquals(expected, RouteLog.masked(sql));
  }

  @Test
  void cutsLongTexts() {
    String masked =
        RouteLog.masked(
            "SELECT " + String.join("", java.util.Collections.nCopies(10_000, "a, ")) + "b FROM t");
    assertTrue(masked.length() < 520, () -> "length " + masked.length());
    assertTrue(masked.endsWith("…"));
  }
}
