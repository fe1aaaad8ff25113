package io.rwsplit.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WindowTrackerTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  @Test
  void noReplicaHoldsAWriteWithinItsWindow() {
    WindowTracker tracker = new WindowTracker(HOUR, false);
    assertTrue(tracker.covers(0, 0));
    long ticket = tracker.wrote();
    assertFalse(tracker.covers(0, ticket));
    assertFalse(tracker.mayCatchUp(0, ticket, HOUR / 2));
    assertTrue(tracker.mayCatchUp(0, ticket, HOUR));
    WindowTracker atOnce = new WindowTracker(0, false);
    assertTrue(atOnce.covers(0, atOnce.wrote()));
  }

  @Test
  void writesBindTransactionsThatMayWriteAndAllOthersWhereTheyBindAll() {
    WindowTracker tracker = new WindowTracker(HOUR, false);
    assertEquals(0, tracker.newestWriteForWriters());
    long ticket = tracker.wrote();
    assertEquals(0, tracker.newestWrite());
    assertEquals(ticket, tracker.newestWriteForWriters());
    WindowTracker all = new WindowTracker(HOUR, true);
    ticket = all.wrote();
    assertEquals(ticket, all.newestWrite());
    assertEquals(ticket, all.newestWriteForWriters());
  }
}
