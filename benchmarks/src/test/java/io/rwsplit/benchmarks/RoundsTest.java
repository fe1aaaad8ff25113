package io.rwsplit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void ratiosAreTakenWithinARound() {
    Rounds rounds = new Rounds("bare");
    // The machine is twice as slow in the second round; the agent costs 10 % in both.
    for (double speed : new double[] {100, 200}) {
      rounds.add("bare", "cpu", speed);
      rounds.add("agent", "cpu", 1.1 * speed);
    }
    assertEquals(2, rounds.count());
    assertEquals(1.1, rounds.ratio("agent", "cpu").min(), 1e-9);
    assertEquals(1.1, rounds.ratio("agent", "cpu").max(), 1e-9);
    assertEquals(15, rounds.difference("agent", "cpu").median(), 1e-9);
    assertEquals(150, rounds.of("bare", "cpu").median(), 1e-9);
  }

  @Test
  void whatIsNotKnownIsNotCounted() {
    Rounds rounds = new Rounds("bare");
    rounds.add("bare", "bytes", Double.NaN);
    rounds.add("bare", "bytes", 10);
    rounds.add("agent", "bytes", 5);
    rounds.add("agent", "bytes", 20);
    rounds.add("agent", "share", Double.NaN);
    assertEquals(2, rounds.ratio("agent", "bytes").min(), 1e-9);
    assertTrue(rounds.has("agent", "bytes"));
    assertFalse(rounds.has("agent", "share"));
    assertFalse(rounds.has("p6spy", "bytes"));
  }

  @Test
  void figuresOfAProcessAreMediansOverItsSlices() {
    List<Slice> slices =
        Arrays.asList(
            Slice.parse("10 1000 2000 5000 100 9 1"),
            Slice.parse("10 1200 9000 0 100 10 0"),
            Slice.parse("20 2200 4400 7000 200 20 0"));
    assertEquals(110, Slice.threadCpu(slices), 1e-9);
    assertEquals(220, Slice.wall(slices), 1e-9);
    assertEquals(300, Slice.processCpu(slices), 1e-9);
    assertEquals(10, Slice.allocated(slices), 1e-9);
    assertEquals(39 / 40.0, Slice.share(slices), 1e-9);
  }

  @Test
  void unknownFiguresOfASliceAreNoNumbers() {
    List<Slice> slices = Arrays.asList(Slice.parse("10 -1 2000 5000 -1 -1 -1"));
    assertTrue(Double.isNaN(Slice.threadCpu(slices)));
    assertTrue(Double.isNaN(Slice.allocated(slices)));
    assertTrue(Double.isNaN(Slice.share(slices)));
  }

  @Test
  void aBudgetHasOneRoundAtLeastAndNoneTooMany() {
    Budget none = new Budget(0, 5);
    assertTrue(none.another());
    assertEquals(0, none.round());
    assertFalse(none.another());
    Budget two = new Budget(3_600_000, 2);
    assertTrue(two.another());
    assertTrue(two.another());
    assertEquals(1, two.round());
    assertFalse(two.another());
  }
}
