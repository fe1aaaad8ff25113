package io.rwsplit.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions after a promotion: only those on the new master's history count. */
class HistoryTest {
  /** MariaDB: a replica that went on alone with the old master may have greater numbers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // replica | master | its server_id | replica has it
        "0-1-100 | 0-1-100 | 2 | true",
        "0-1-106 | 0-1-100 | 2 | true",
        "0-1-106 | 0-2-101 | 2 | false",
        "0-1-106 | 0-2-106 | 2 | false",
        "0-2-101 | 0-2-101 | 2 | true",
        "0-2-105 | 0-1-100 | 2 | true",
        "0-3-106 | 0-1-100 | 2 | false",
        "0-1-106 | 0-2-101 | 0 | true",
        "0-2-105,1-1-7 | 0-2-105,1-1-7 | 2 | true",
        "0-2-105,1-1-7 | 0-2-105,1-3-6 | 2 | false",
        "0-2-105 | 0-2-105,1-3-6 | 2 | false",
      })
  void mariadb(String replica, String master, long origin, boolean has) {
    assertEquals(has, MariadbGtids.parse(replica).includes(MariadbGtids.parse(master, origin)));
  }

  @Test
  void aNewTermVoidsPositionsAndKeepsTickets() {
    PositionTracker tracker = new PositionTracker(false, false, 5_000_000_000L, 10_000_000L);
    long write = tracker.wrote();
    boolean unused = tracker.masterWritten(tracker.now(), new Lsn(100));
    tracker.replicaAt(0, tracker.epoch(0), new Lsn(100));
    assertTrue(tracker.covers(0, write));

    long epoch = tracker.epoch(0);
    tracker.termBegins(1);
    assertFalse(tracker.covers(0, write));
    // An answer from before, and one of the old master, count for nothing.
    tracker.replicaAt(0, epoch, new Lsn(200));
    assertTrue(tracker.masterWritten(tracker.now(), new Lsn(150), 0));
    tracker.masterFlushed(tracker.now(), new Lsn(150), 0, 0);
    tracker.replicaAt(0, tracker.epoch(0), new Lsn(200));
    assertFalse(tracker.covers(0, write));

    assertTrue(tracker.masterWritten(tracker.now(), new Lsn(120), 1));
    tracker.replicaAt(0, tracker.epoch(0), new Lsn(119));
    assertFalse(tracker.covers(0, write));
    tracker.replicaAt(0, tracker.epoch(0), new Lsn(120));
    assertTrue(tracker.covers(0, write));
  }
}
