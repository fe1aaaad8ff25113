package io.rwsplit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairsTest {

  @Test
  void ratiosAreTakenWithinAPair() {
    Pairs pairs = new Pairs();
    // The machine is twice as slow in the second pair; the agent costs 10 % in both.
    pairs.add(100, 100, 110);
    pairs.add(200, 210, 220);
    assertTrue(pairs.hasAgent());
    assertEquals(1.1, pairs.agentRatio().min(), 1e-9);
    assertEquals(1.1, pairs.agentRatio().max(), 1e-9);
    assertEquals(1.025, pairs.controlRatio().median(), 1e-9);
    assertEquals(15, pairs.agentDifference().median(), 1e-9);
    assertEquals(10, pairs.controlDifference().max(), 1e-9);
    assertEquals(150, pairs.bare().median(), 1e-9);
  }

  @Test
  void worksWithoutAgent() {
    Pairs pairs = new Pairs();
    pairs.add(100, 90, Double.NaN);
    assertFalse(pairs.hasAgent());
    assertEquals(0.9, pairs.controlRatio().median(), 1e-9);
  }

  @Test
  void figuresOfAProcessAreMediansOverItsSlices() {
    java.util.List<Slice> slices =
        Arrays.asList(
            new Slice(10, 1_000, 2_000, 5_000),
            new Slice(10, 1_200, 9_000, 0),
            new Slice(20, 2_200, 4_400, 7_000));
    assertEquals(110, Slice.threadCpu(slices), 1e-9);
    assertEquals(220, Slice.wall(slices), 1e-9);
    assertEquals(300, Slice.processCpu(slices), 1e-9);
  }
}
