package io.rwsplit.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PositionTrackerTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final PositionTracker tracker = new PositionTracker(false, false, HOUR, HOUR);

  private void replica(int index, long lsn) {
    tracker.replicaAt(index, tracker.epoch(index), new Lsn(lsn));
  }

  @Test
  void aSampleThatBeganBeforeTheWriteProvesNothing() {
    long began = tracker.now();
    long ticket = tracker.wrote();
    tracker.masterWritten(began, new Lsn(100));
    replica(0, 100);
    assertFalse(tracker.covers(0, ticket));
    tracker.masterWritten(tracker.now(), new Lsn(200));
    replica(0, 199);
    assertFalse(tracker.covers(0, ticket));
    replica(0, 200);
    assertTrue(tracker.covers(0, ticket));
    assertFalse(tracker.covers(1, ticket));
  }

  @Test
  void writesBindTransactionsThatMayWriteAndAllOthersWhereTheyBindAll() {
    long ticket = tracker.wrote();
    assertEquals(0, tracker.newestWrite());
    assertEquals(ticket, tracker.newestWriteForWriters());
    PositionTracker all = new PositionTracker(false, true, HOUR, HOUR);
    ticket = all.wrote();
    assertEquals(ticket, all.newestWrite());
    assertEquals(ticket, all.newestWriteForWriters());
    PositionTracker eventual = new PositionTracker(true, false, HOUR, HOUR);
    eventual.wrote();
    assertEquals(0, eventual.newestWriteForWriters());
  }

  @Test
  void whatReadsHaveSeenIsToldInStepsThatCoverThem() throws InterruptedException {
    Set<Long> told = new HashSet<>();
    int asked = 0;
    for (long end = tracker.now() + HOUR / 100; told.size() == asked; asked++) {
      long before = tracker.now();
      long seen = tracker.seenOnMaster();
      assertTrue(seen >= before && seen - tracker.now() < 100_000, "seen " + seen + " " + before);
      assertTrue(before < end, "no two told alike of " + asked);
      told.add(seen);
    }
    long seen = tracker.seenOn(0);
    tracker.masterWritten(tracker.now(), new Lsn(100));
    replica(0, 100);
    while (!tracker.covers(0, seen)) {
      TimeUnit.MICROSECONDS.sleep(50);
      tracker.masterWritten(tracker.now(), new Lsn(100));
      replica(0, 100);
      assertTrue(tracker.now() - seen < HOUR / 100);
    }
  }

  @Test
  void whoNeverWroteIsCoveredByAll() {
    assertTrue(tracker.covers(0, 0));
  }

  @Test
  void anIdleMasterCoversEverythingAtOnce() {
    tracker.masterWritten(tracker.now(), new Lsn(100));
    replica(0, 100);
    long ticket = tracker.wrote();
    tracker.masterWritten(tracker.now(), new Lsn(100));
    replica(0, 100);
    assertTrue(tracker.covers(0, ticket));
    assertEquals(0, tracker.missingNanos(0));
  }

  @Test
  void aReplicaThatCameBackOlderCoversLess() {
    tracker.masterWritten(tracker.now(), new Lsn(100));
    long ticket = tracker.wrote();
    tracker.masterWritten(tracker.now(), new Lsn(200));
    replica(0, 200);
    assertTrue(tracker.covers(0, ticket));
    long epoch = tracker.epoch(0);
    replica(0, 150);
    assertFalse(tracker.covers(0, ticket));
    assertTrue(tracker.epoch(0) != epoch);
  }

  @Test
  void anAnswerFromBeforeALossIsIgnored() {
    long ticket = tracker.wrote();
    tracker.masterWritten(tracker.now(), new Lsn(200));
    long epoch = tracker.epoch(0);
    tracker.replicaLost(0);
    tracker.replicaAt(0, epoch, new Lsn(200));
    assertFalse(tracker.covers(0, ticket));
    replica(0, 200);
    assertTrue(tracker.covers(0, ticket));
  }

  @Test
  void aMasterThatLostSomethingVoidsWhatReplicasCover() {
    tracker.masterWritten(tracker.now(), new Lsn(200));
    long ticket = tracker.wrote();
    tracker.masterWritten(tracker.now(), new Lsn(300));
    replica(0, 300);
    assertTrue(tracker.covers(0, ticket));
    assertFalse(tracker.masterWritten(tracker.now(), new Lsn(250)));
    assertFalse(tracker.covers(0, ticket));
    // It still holds what the master had, and more; only the next answer proves it.
    replica(0, 300);
    assertTrue(tracker.covers(0, ticket));
  }

  /** PostgreSQL: something is written and not flushed for long, which no replica can reach. */
  @Test
  void aFlushCoversWhatIsOlderThanAnyCommitStaysUnflushed() {
    long ticket = tracker.wrote();
    tracker.masterWritten(tracker.now(), new Lsn(500));
    tracker.masterFlushed(tracker.now(), new Lsn(400), HOUR);
    replica(0, 400);
    assertFalse(tracker.covers(0, ticket), "the commit may be among what is not flushed");
    assertEquals(0, tracker.missingNanos(0), "nothing that can be shipped is missing");
    tracker.masterFlushed(tracker.now(), new Lsn(400), 0);
    replica(0, 400);
    assertTrue(tracker.covers(0, ticket));
  }

  /** A flush in the first second of a JVM covers no ticket yet, but a replica may miss it. */
  @Test
  void aReplicaMissesAlsoWhatWasFlushedAtTheStart() {
    tracker.masterWritten(tracker.now(), new Lsn(500));
    tracker.masterFlushed(tracker.now(), new Lsn(500), HOUR);
    replica(0, 400);
    assertTrue(tracker.missingNanos(0) > 0);
    replica(0, 500);
    assertEquals(0, tracker.missingNanos(0));
  }

  @Test
  void withoutPositionsTimeDecides() {
    PositionTracker quick = new PositionTracker(false, false, 0, HOUR);
    long ticket = quick.wrote();
    assertFalse(quick.covers(0, ticket), "not before it is known that there are none");
    quick.replicaUnknown(0);
    assertTrue(quick.covers(0, ticket));
    tracker.masterUnknown();
    assertFalse(tracker.covers(0, tracker.wrote()), "within the window");
  }

  @Test
  void switchedOffNobodyWaits() {
    PositionTracker off = new PositionTracker(true, false, HOUR, HOUR);
    assertEquals(0, off.wrote());
    assertEquals(0, off.seenOn(0));
    assertEquals(0, off.seenOnMaster());
  }

  @Test
  void aTicketWakesARestingSamplerOnce() {
    AtomicInteger woken = new AtomicInteger();
    tracker.resting(woken::incrementAndGet);
    long before = tracker.now();
    tracker.wrote();
    tracker.wrote();
    assertEquals(1, woken.get());
    assertTrue(tracker.isWriteWaiting(before));
    assertFalse(tracker.isWriteWaiting(tracker.now()));
  }

  @Test
  void lagIsTheAgeOfTheOldestMissingPosition() {
    assertTrue(tracker.missingNanos(0) < 0, "unknown");
    tracker.masterWritten(tracker.now(), new Lsn(100));
    replica(0, 100);
    assertEquals(0, tracker.missingNanos(0));
    long before = tracker.now();
    tracker.masterWritten(tracker.now(), new Lsn(164));
    long missing = tracker.missingNanos(0);
    assertTrue(missing > 0 && missing <= tracker.now() - before + 1, "" + missing);
    assertEquals(64, tracker.missingBytes(0));
  }
}
