package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JVM leaves behind that was not killed. */
class CleanEndTest {
  private static final long FIRST = 5 * legacy.ledger.Ledger.RUN;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"return", "exit", "SIGTERM"})
  void leavesAWholeMasterAndResumableReplicas(String end) throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    Rebuilds.fill(place);
    try (SplitLedger app = SplitLedger.start(place, "run=2")) {
      app.awaitReady();
      app.awaitInService(2);
      app.awaitAudits(200);
      app.pause();
      app.put(FIRST);
      end(app, end);
      assertEquals(List.of(), app.complaints(), app::relevant);

      DatabaseFile alone = DatabaseFile.copy(place.master(), directory.resolve("copy"), false);
      assertEquals("ok", alone.integrity(), app::relevant);
      for (String table : List.of("transfers", "events")) {
        Set<Long> lost = new HashSet<>(app.acknowledged(table));
        lost.removeAll(alone.ids(table));
        assertEquals(Set.of(), lost, () -> table + " lost\n" + app.relevant());
      }
      for (File file : place.replicas()) {
        DatabaseFile replica = DatabaseFile.copy(file, directory.resolve("copy"), false);
        assertEquals("ok", replica.integrity(), app::relevant);
        assertEquals(alone.content(), replica.content(), app::relevant);
      }
      assertOnlyDocumentedFiles(place);
    }
    try (SplitLedger again = SplitLedger.start(place, "run=3")) {
      again.awaitReady();
      again.awaitInService(2);
      again.end();
      assertFalse(again.relevant().contains("was copied"), again::relevant);
      assertEquals(List.of(), again.complaints(), again::relevant);
    }
  }

  /** The application goes on writing until the JVM is gone. */
  @ParameterizedTest
  @ValueSource(strings = {"exit", "SIGTERM"})
  void losesNothingThatIsWrittenMeanwhile(String end) throws Exception {
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    try (SplitLedger app = SplitLedger.start(place, "run=2", "caretaker=1")) {
      app.awaitReady();
      app.awaitInService(2);
      app.awaitAudits(200);
      end(app, end);
      DatabaseFile master = DatabaseFile.copy(place.master(), directory.resolve("copy"), true);
      assertEquals("ok", master.integrity(), app::relevant);
      for (String table : List.of("transfers", "events")) {
        Set<Long> lost = new HashSet<>(app.acknowledged(table));
        lost.removeAll(master.ids(table));
        assertEquals(Set.of(), lost, () -> table + " lost\n" + app.relevant());
      }
      assertEquals(List.of(), app.complaints(), app::relevant);
    }
  }

  @Test
  void leavesNoFilesOfItsOwnInTheTemporaryDirectory() throws Exception {
    Place place = Place.in(directory, "");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    try (SplitLedger app =
        SplitLedger.start(
            SplitLedger.split(place).property("java.io.tmpdir", temporary.toString()),
            place,
            "run=2")) {
      app.awaitReady();
      app.awaitInService(2);
      app.end();
    }
    assertEquals(
        Set.of(),
        names(temporary).stream()
            .filter(name -> !name.startsWith("sqlite-"))
            .collect(Collectors.toSet()));
  }

  private static void end(SplitLedger app, String how) throws Exception {
    if (!how.equals("SIGTERM")) {
      app.end(how);
      return;
    }
    // Process.destroy() would close its input as well, at whose end the application returns.
    assertTrue(app.jvm().process().toHandle().destroy());
    assertEquals(128 + 15, app.jvm().exitCode(SplitLedger.DEADLINE_SECONDS), app::relevant);
  }

  /** SQLite's own files stay where connections were not closed before the end. */
  private static void assertOnlyDocumentedFiles(Place place) throws IOException {
    assertOnly(place.master(), "-rwsplit-lock", "-rwsplit-positions");
    for (File replica : place.replicas()) {
      assertOnly(replica, "-rwsplit-pos");
    }
  }

  private static void assertOnly(File database, String... ownSuffixes) throws IOException {
    Set<String> found = names(database.getParentFile().toPath());
    for (String suffix : List.of("", "-wal", "-shm")) {
      found.remove(database.getName() + suffix);
    }
    for (String suffix : ownSuffixes) {
      found.remove(database.getName() + suffix);
    }
    assertEquals(Set.of(), found);
  }

  private static Set<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
