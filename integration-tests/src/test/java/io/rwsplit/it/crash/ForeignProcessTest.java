package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import legacy.JournalModes;
import legacy.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others, or the application itself, do to the master's file what they like. */
class ForeignProcessTest {
  private static final int CHAPTERS = 8;

  @TempDir Path directory;

  @Test
  void commitsOfAnotherProcessReachTheReplicas() throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    try (SplitLedger app = SplitLedger.start(place, "run=1", "paused=1")) {
      app.awaitReady();
      app.awaitInService(2);
      try (SplitLedger other = SplitLedger.startBare(place, "run=2", "caretaker=1")) {
        other.awaitReady();
        other.awaitAudits(500);
        other.pause();
        other.put(3 * Ledger.RUN - 1);
        assertHolds(place, app, other);
        other.end();
        assertEquals(List.of(), other.complaints(), other::relevant);
      }
      new Rebuilds(place, app).awaitEqual(0, 1, 2);
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
    }
  }

  private static void assertHolds(Place place, SplitLedger app, SplitLedger writer)
      throws InterruptedException {
    for (File replica : place.replicas()) {
      Set<Long> missing = new HashSet<>(writer.acknowledged("events"));
      app.await(
          () -> {
            missing.removeAll(DatabaseFile.live(replica).ids("events"));
            return missing.isEmpty();
          },
          () -> replica + " lacks " + missing + "\n" + app.relevant());
    }
  }

  @Test
  void journalAndLockingModesAnswerAsWithoutTheAgent() throws Exception {
    assertEquals(journalModes("bare", false), journalModes("split", true));
  }

  private String journalModes(String name, boolean agent) throws Exception {
    File master = directory.resolve(name + ".db").toFile();
    ForkedJvm.Builder builder = new ForkedJvm.Builder();
    if (agent) {
      builder.split(master, directory.resolve("replica.db").toFile());
    }
    try (ForkedJvm app = builder.main(JournalModes.class, "jdbc:sqlite:" + master).start()) {
      for (int chapter = 1; chapter <= CHAPTERS; chapter++) {
        int count = chapter;
        app.awaitOut(new Nth(count), 120);
        if (agent && !isInService(app, chapter == CHAPTERS ? 120 : 3)) {
          // In a mode other than WAL; in the end the application is back in WAL.
          assertFalse(chapter == CHAPTERS, app::transcript);
        }
        app.tell("go on");
      }
      assertEquals(0, app.exitCode(120), app::transcript);
      if (agent) {
        assertFalse(app.transcript().contains("fault in"), app::transcript);
      }
      assertEquals("ok", DatabaseFile.copy(master, directory.resolve("copy"), true).integrity());
      return String.join("\n", app.out());
    }
  }

  /** The nth line that begins a chapter. */
  private static final class Nth implements java.util.function.Predicate<String> {
    private int left;

    Nth(int n) {
      left = n;
    }

    @Override
    public boolean test(String line) {
      return line.startsWith("# ") && --left == 0;
    }
  }

  private static boolean isInService(ForkedJvm app, long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - deadline < 0) {
      String last = "";
      for (String line : app.err()) {
        if (line.contains("replica1: ")) {
          last = line;
        }
      }
      if (last.contains("in service")) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  @Test
  void twoAgentsShareTheFilesAndOneTakesOverFromTheOther() throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    try (SplitLedger first = SplitLedger.start(place, "run=1")) {
      first.awaitReady();
      first.awaitInService(2);
      try (SplitLedger second = SplitLedger.start(place, "run=2", "caretaker=1")) {
        second.awaitReady();
        second.awaitAudits(300);
        first.awaitAudits(300);
        int mark = second.mark();
        first.jvm().kill();
        second.awaitLog(mark, "attached to master");
        second.awaitLog(mark, "replica1: in service");
        second.awaitLog(mark, "replica2: in service");
        assertHolds(place, second, first);
        new Rebuilds(place, second).awaitEqual(mark, 1, 2);
        second.end();
        assertEquals(List.of(), second.complaints(), second::relevant);
      }
      assertEquals(List.of(), first.complaints(), first::relevant);
    }
  }
}
