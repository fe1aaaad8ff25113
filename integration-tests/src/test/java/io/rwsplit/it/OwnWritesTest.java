package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import legacy.consistency.OwnWrites;
import org.junit.jupiter.api.io.TempDir;

class OwnWritesTest {
  private static final int ROUNDS = 3000;

  @TempDir Path directory;

  /** Every form of write is visible at once to its thread, on whatever connection. */
  @OnEveryJdk
  void noReadIsStale(Jdk jdk) throws Exception {
    long seed = System.nanoTime() % 1_000_000;
    System.out.println("own writes on " + jdk + ": seed " + seed);
    File master = directory.resolve("master.db").toFile();
    Databases.make(master, "PRAGMA journal_mode=WAL", "CREATE TABLE seedling(a)");
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .split(
                master,
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile())
            .fullSpeed()
            .main(OwnWrites.class, "jdbc:sqlite:" + master, seed, ROUNDS)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals("stale reads: 0", app.out().get(0), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > ROUNDS / 10, app::transcript);
    }
  }
}
