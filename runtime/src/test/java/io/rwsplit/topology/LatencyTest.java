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
  void aSecondOrSomeTensOfMeasurementsForgetTheRest() {
    for (int rate : new int[] {100, 1_000, 100_000}) {
      Latency latency = new Latency();
      latency.measured(1_000_000, 0);
      for (int i = 1; i <= 100; i++) {
        latency.measured(1_000, i * SECOND / rate);
      }
      assertEquals(2_500, latency.nanos(), 100, "at " + rate);
    }
  }

  @Test
  void oneThatMetAPauseCountsForLittleAndManyCount() {
    Latency latency = new Latency();
    latency.measured(1_000, 0);
    latency.measured(100_000_000, 1_000);
    assertEquals(1_187, latency.nanos(), 1);
    for (int i = 0; i < 200; i++) {
      latency.measured(1_000_000, i * 1_000L);
    }
    assertEquals(1_000_000, latency.nanos(), 1_000);
  }

  @Test
  void timeThatGoesBackCountsAsNone() {
    Latency latency = new Latency();
    latency.measured(1_600, 10);
    latency.measured(3_200, 5);
    assertEquals(1_700, latency.nanos());
  }
}
