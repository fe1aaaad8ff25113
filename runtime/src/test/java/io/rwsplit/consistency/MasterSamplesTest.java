package io.rwsplit.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MasterSamplesTest {
  private final MasterSamples samples = new MasterSamples();

  @Test
  void aReplicaCoversTheNewestSampleItHasReached() {
    samples.add(10, new Lsn(100));
    samples.add(20, new Lsn(200));
    samples.add(30, new Lsn(300));
    assertEquals(0, samples.coveredBy(new Lsn(99)));
    assertEquals(10, samples.coveredBy(new Lsn(100)));
    assertEquals(10, samples.coveredBy(new Lsn(199)));
    assertEquals(30, samples.coveredBy(new Lsn(1000)));
    assertEquals(20, samples.missingSince(new Lsn(150)));
    assertEquals(-1, samples.missingSince(new Lsn(300)));
  }

  @Test
  void anUnchangedPositionCoversNewerTickets() {
    samples.add(10, new Lsn(100));
    samples.add(20, new Lsn(100));
    assertEquals(20, samples.coveredBy(new Lsn(100)));
    assertEquals(10, samples.missingSince(new Lsn(99)));
  }

  @Test
  void aMasterThatLostSomethingIsNoticed() {
    assertTrue(samples.isContinuedBy(new Lsn(1)));
    samples.add(10, new Lsn(100));
    assertTrue(samples.isContinuedBy(new Lsn(100)));
    assertFalse(samples.isContinuedBy(new Lsn(99)));
    samples.clear();
    assertTrue(samples.isContinuedBy(new Lsn(99)));
  }

  /** Whatever is forgotten, no replica ever covers a ticket whose position it has not reached. */
  @Test
  void boundedAndNeverTooGood() {
    for (int i = 1; i <= 20_000; i++) {
      samples.add(10L * i, new Lsn(100L * i));
      long reached = 100L * (i * 31L % i + 1);
      assertTrue(samples.coveredBy(new Lsn(reached)) <= reached / 10, "after " + i);
      assertEquals(10L * i, samples.coveredBy(new Lsn(100L * i)));
    }
    assertTrue(samples.coveredBy(new Lsn(1_900_000)) > 0);
  }
}
