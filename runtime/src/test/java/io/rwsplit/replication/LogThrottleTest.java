package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogThrottleTest {
  private static final class Gate implements WriterGate {
    private final StringBuilder told = new StringBuilder();

    @Override
    public void close() {
      told.append('c');
    }

    @Override
    public boolean isQuiet() {
      return true;
    }

    @Override
    public void locked() {}

    @Override
    public void open() {
      told.append('o');
    }
  }

  /** Sizes of a log while it is copied, 0 for the end of that; what the gate is told, bound 400. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                 | -",
        "10 50 100 0       | -",
        "101 0             | co",
        "101 101 101 0 0   | co",
        // Writers were let in, and go on.
        "101 201 0         | co",
        "101 202 0         | cco",
        "150 240 251 351 352 0 | ccco",
        "150 0 90 0 150 0  | coco",
        "1000 0            | co",
      })
  void holdsWriters(String sizes, String expected) {
    Gate gate = new Gate();
    LogThrottle throttle = new LogThrottle(gate, 400);
    for (String size : sizes.trim().split(" ", -1)) {
      if (size.equals("0")) {
        throttle.over();
      } else {
        throttle.copying(Long.parseLong(size));
      }
    }
    assertEquals(expected.equals("-") ? "" : expected, gate.told.toString());
  }
}
