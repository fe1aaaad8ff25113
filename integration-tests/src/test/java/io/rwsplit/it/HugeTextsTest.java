package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.differential.HugeTexts;
import org.junit.jupiter.api.io.TempDir;

/** SQL texts that are too much for a parser neither stall nor change an application. */
class HugeTextsTest {
  @TempDir Path directory;

  @OnEveryJdk
  void theApplicationGetsWhatTheDriverGives(Jdk jdk) throws Exception {
    File master =
        Databases.make(
            directory.resolve("master.db").toFile(),
            "PRAGMA journal_mode=WAL",
            "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    ForkedJvm.Builder bare =
        new ForkedJvm.Builder().on(jdk).main(HugeTexts.class, "jdbc:sqlite:" + master);
    List<String> expected;
    long bareMillis;
    try (ForkedJvm app = bare.start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      expected = results(app);
      bareMillis = millis(app);
    }
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .split(master, directory.resolve("replica.db").toFile())
            .main(HugeTexts.class, "jdbc:sqlite:" + master)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      List<String> actual = results(app);
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i), actual.get(i), app::transcript);
      }
      assertEquals(expected.size(), actual.size());
      // CPU time of the application's thread; what it may wait, the time for the exit bounds.
      long millis = millis(app);
      assertTrue(
          millis < 2 * bareMillis + 3000, () -> bareMillis + " ms bare\n" + app.transcript());
      assertFalse(app.saysFault(), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() >= 8, app::transcript);
    }
  }

  private static List<String> results(ForkedJvm app) {
    return app.out().stream().filter(line -> !line.startsWith("time ")).toList();
  }

  private static long millis(ForkedJvm app) {
    return app.out().stream()
        .filter(line -> line.startsWith("time "))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
