package io.rwsplit.topology;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FailingReadsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aReplicaThatServesNothingAndFailsThreeReads() {
    FailingReads reads = new FailingReads(3);
    assertFalse(reads.areTooMany(1000, 0, 0));
    assertFalse(reads.areTooMany(1000, 2, 1));
    assertTrue(reads.areTooMany(1000, 3, 2));
    assertFalse(reads.areTooMany(1000, 3, 3));
  }

  @Test
  void aFewFailuresAmongMany() {
    FailingReads reads = new FailingReads(3);
    assertFalse(reads.areTooMany(0, 0, 0));
    assertFalse(reads.areTooMany(50, 1, 1));
    assertFalse(reads.areTooMany(100, 10, 2));
    assertFalse(reads.areTooMany(200, 60, 3));
  }

  @Test
  void failuresThatAreSeldom() {
    FailingReads reads = new FailingReads(3);
    for (long i = 1; i < 20; i++) {
      assertFalse(reads.areTooMany(0, i, i * 11 * SECOND));
    }
  }

  @Test
  void afterAGoodWhileItFailsAtOnce() {
    FailingReads reads = new FailingReads(3);
    for (long i = 0; i < 100; i++) {
      assertFalse(reads.areTooMany(i * 1000, 0, i * SECOND / 10));
    }
    assertTrue(reads.areTooMany(99_002, 5, 10 * SECOND));
  }
}
