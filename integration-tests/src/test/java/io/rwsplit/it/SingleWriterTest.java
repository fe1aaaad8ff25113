package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.consistency.SingleWriter;
import org.junit.jupiter.api.io.TempDir;

class SingleWriterTest {
  @TempDir Path directory;

  /** Without the agent nobody else ever has the lock. */
  @OnEveryJdk
  void neverMeetsALock(Jdk jdk) throws Exception {
    File master =
        Databases.make(
            directory.resolve("master.db").toFile(),
            "PRAGMA journal_mode=WAL",
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v)",
            "INSERT INTO t VALUES (1, 0)");
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .split(master, directory.resolve("replica.db").toFile())
            .main(SingleWriter.class, "jdbc:sqlite:" + master, 5_000)
            .start()) {
      assertEquals(0, app.exitCode(60), app::transcript);
      assertEquals(List.of("failed transactions: 0"), app.out(), app::transcript);
    }
  }
}
