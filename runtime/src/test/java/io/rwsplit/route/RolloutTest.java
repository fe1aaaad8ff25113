package io.rwsplit.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  private static int admitted(Rollout rollout, int reads, int part) {
    int admitted = 0;
    for (int i = 0; i < reads; i++) {
      admitted += rollout.admits(part) ? 1 : 0;
    }
    return admitted;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1000, 1250, 5000, 9000, 9999})
  void ofOneLongSessionThePartIsAdmitted(int part) {
    int reads = 10_000;
    double promised = reads * (part / 10_000.0);
    // A run is all or nothing; of the golden-ratio sequence some runs are off, not their root.
    assertEquals(promised, admitted(new Rollout(), reads, part), 6.0 * Rollout.RUN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1000, 1250, 5000, 9000, 9999})
  void ofManySessionsOfOneReadThePartIsAdmitted(int part) {
    int admitted = 0;
    for (int i = 0; i < 10_000; i++) {
      admitted += new Rollout().admits(part) ? 1 : 0;
    }
    assertEquals(10_000 * (part / 10_000.0), admitted, 6.0);
  }

  @Test
  void noneAndAllAreExact() {
    assertEquals(0, admitted(new Rollout(), 100_000, 0));
    assertEquals(100_000, admitted(new Rollout(), 100_000, Rollout.ALL));
  }

  @Test
  void anotherPartHoldsFromTheNextReadOn() {
    Rollout rollout = new Rollout();
    for (int i = 0; i < 100; i++) {
      assertFalse(rollout.admits(0));
      assertTrue(rollout.admits(Rollout.ALL));
    }
  }

  @Test
  void aShortSessionStaysOnOneSide() {
    for (int session = 0; session < 100; session++) {
      Rollout rollout = new Rollout();
      int admitted = admitted(rollout, Rollout.RUN, 5000);
      assertTrue(admitted == 0 || admitted == Rollout.RUN, "" + admitted);
    }
  }
}
