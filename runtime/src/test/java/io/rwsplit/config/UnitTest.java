package io.rwsplit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
  @ParameterizedTest
  @CsvSource({
    "0ms, 0",
    "0s, 0",
    "500ms, 500000000",
    "5s, 5000000000",
    "5S, 5000000000",
    "5 s, 5000000000",
    "007s, 7000000000",
    "+5s, 5000000000",
    "2m, 120000000000",
    "2M, 120000000000",
    "1h, 3600000000000",
    "1000MS, 1000000000"
  })
  void durationsHaveUnits(String text, long nanos) throws InvalidValue {
    assertEquals(nanos, Unit.parse(text, Unit.OF_DURATIONS));
  }

  @ParameterizedTest
  @CsvSource({"0B, 0", "1b, 1", "10KB, 10240", "10MB, 10485760", "3 gb, 3221225472"})
  void sizesHaveUnits(String text, long bytes) throws InvalidValue {
    assertEquals(bytes, Unit.parse(text, Unit.OF_SIZES));
  }

  @ParameterizedTest
  @CsvSource({
    "5, has no unit",
    "0, has no unit",
    "'', is not a whole number",
    "s, is not a whole number",
    "-, is not a whole number",
    "five seconds, is not a whole number",
    "-5s, is negative",
    "-0s, is negative",
    "1.5s, is not a whole number",
    "'1,5s', is not a whole number",
    "1e3s, is not a whole number",
    "0x10s, is not a whole number",
    "5sec, is not a whole number",
    "5s5s, is not a whole number",
    "5µs, is not a whole number",
    "5d, is not a whole number",
    "٥s, is not a whole number",
    "5MB, is not a whole number",
    "NaN, is not a whole number",
    "1000000000000000000000000000000s, is far too large",
    "9223372036854775807h, is far too large",
    "9223372036854775807s, is far too large"
  })
  void anythingElseIsNamed(String text, String problem) {
    InvalidValue fault =
        assertThrows(InvalidValue.class, () -> Unit.parse(text, Unit.OF_DURATIONS));
    assertTrue(fault.getMessage().startsWith(problem), fault.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0ms, 0ms", "1500ms, 1500ms", "60s, 1m", "90s, 90s", "24h, 24h", "7200s, 2h"})
  void formatTakesTheLargestUnit(String text, String formatted) throws InvalidValue {
    assertEquals(formatted, Unit.format(Unit.parse(text, Unit.OF_DURATIONS), Unit.OF_DURATIONS));
  }
}
