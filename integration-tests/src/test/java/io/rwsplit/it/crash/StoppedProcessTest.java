package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that stop for long (SIGSTOP) with locks and transactions in their hands, and others
 * that hold them for long.
 */
class StoppedProcessTest {
  private static final long MIB = 1 << 20;

  @TempDir Path directory;

  /** It keeps the replication's lock: nobody takes over from one that may go on at any time. */
  @Test
  void whoReplicatesStopsAndGoesOn() throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    try (SplitLedger app = SplitLedger.start(place, "run=1");
        Watchers watchers = startWatchers(place, app);
        SplitLedger other = SplitLedger.start(place, "run=2", "caretaker=1")) {
      other.awaitReady();
      app.awaitAudits(100);
      signal("STOP", app.jvm().process().pid());
      other.awaitAudits(200);
      assertFalse(other.relevant().contains("attached to master"), other::relevant);
      signal("CONT", app.jvm().process().pid());
      app.awaitAudits(200);
      other.pause();
      new Rebuilds(place, app).awaitEqual(0, 1, 2);
      finish(place, watchers);
      other.end();
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
      assertEquals(List.of(), other.complaints(), other::relevant);
    }
  }

  /** Readers of replicas, in the middle of whatever they do: nobody waits for them. */
  @Test
  void readersOfReplicasStopAndGoOn() throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    try (SplitLedger app = SplitLedger.start(place, "run=1", "caretaker=1");
        Watchers watchers = startWatchers(place, app)) {
      for (int i = 0; i < 3; i++) {
        app.awaitAudits(100);
        watchers.awaitReads(200);
        int mark = app.mark();
        signal("STOP", watchers.pid());
        app.awaitAudits(400);
        assertTrue(new File(place.master() + "-wal").length() < 64 * MIB, app::relevant);
        assertFalse(app.relevant(mark).contains("out of service"), () -> app.relevant(mark));
        signal("CONT", watchers.pid());
        // Also what was begun before, on a log that has gone on since.
        watchers.awaitReads(200);
      }
      new Rebuilds(place, app).awaitEqual(0, 1, 2);
      finish(place, watchers);
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
    }
  }

  /** This test's own process is the stranger: first a writer, then a reader. */
  @Test
  void aStrangerHoldsTheMasterForLong() throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=300");
    try (SplitLedger app = SplitLedger.start(place, "run=1");
        Watchers watchers = startWatchers(place, app);
        Connection stranger = DriverManager.getConnection("jdbc:sqlite:" + place.master());
        Statement statement = stranger.createStatement()) {
      int mark = app.mark();
      statement.execute("PRAGMA busy_timeout = 20000");
      statement.execute("BEGIN IMMEDIATE");
      app.awaitAudits(600);
      statement.execute("COMMIT");
      app.awaitAudits(200);
      statement.execute("BEGIN");
      statement.executeQuery("SELECT count(*) FROM accounts").close();
      app.awaitAudits(1000);
      long grown = new File(place.master() + "-wal").length();
      statement.execute("COMMIT");
      assertFalse(app.relevant(mark).contains("out of service"), () -> app.relevant(mark));
      app.awaitAudits(400);
      new Rebuilds(place, app).awaitEqual(0, 1, 2);
      System.out.printf(
          "the master's log: %d MiB beside a long reader, %d afterwards%n",
          grown / MIB, new File(place.master() + "-wal").length() / MIB);
      finish(place, watchers);
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
    }
  }

  private static Watchers startWatchers(Place place, SplitLedger app) throws Exception {
    app.awaitReady();
    app.awaitInService(2);
    return Watchers.start(place, 1);
  }

  private static void finish(Place place, Watchers watchers) throws Exception {
    System.out.println(watchers.end());
    assertEquals(List.of(), watchers.complaints());
    assertEquals(Set.of(), watchers.notIn(DatabaseFile.live(place.master())));
  }

  private static void signal(String name, long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
    assertEquals(0, kill.waitFor());
  }
}
