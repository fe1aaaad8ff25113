package io.rwsplit.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theFirstMeasurementIsTheMean() {
    Latency latency = new Latency();
    assertEquals(0, latency.nanos());
    latency.measured(700, 5);
    assertEquals(700, latency.nanos());
  }

  @Test
  void aSecondLaterHalfOfItIsForgotten() {
    Latency latency = new Latency();
    latency.measured(1_000, 0);
    latency.measured(2_000, SECOND);
    assertEquals(1_500, latency.nanos(), 1);
    latency.measured(1_500, 100 * SECOND);
    latency.measured(100, 1_000 * SECOND);
    assertEquals(100, latency.nanos(), 2);
  }

  @Test
  void whatHappensInASecondDoesNotDependOnHowOftenItIsMeasured() {
    for (int rate : new int[] {10, 1_000, 100_000}) {
      Latency latency = new Latency();
      latency.measured(1_000_000, 0);
      for (int i = 1; i <= rate; i++) {
        latency.measured(1_000, i * SECOND / rate);
      }
      // Between a half of it and 1/e.
      assertEquals(375_000, latency.nanos(), 30_000, "at " + rate);
    }
  }

  @Test
  void timeThatGoesBackCountsForNothing() {
    Latency latency = new Latency();
    latency.measured(1_000, 10);
    latency.measured(9_000, 5);
    assertEquals(1_000, latency.nanos());
  }
}
