package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import legacy.Upgrades;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction that has read and then writes meets SQLITE_BUSY at once when anybody else holds the
 * write lock, whatever its timeout. A single-threaded application never sees that bare, and must
 * not under the agent, whose checkpoints need the lock.
 */
class NeverLockedOutTest {
  @TempDir Path directory;

  @OnEveryJdk
  void readersThatBecomeWritersMeetNoLock(Jdk jdk) throws Exception {
    File master = directory.resolve("master.db").toFile();
    File replica = directory.resolve("replica.db").toFile();
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .split(master, replica)
            .main(Upgrades.class, "jdbc:sqlite:" + master, 30_000)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(Collections.singletonList("locked 0"), app.out(), app::transcript);
      File log = new File(master + "-wal");
      assertTrue(
          log.length() < 32 << 20, () -> "the log was not reset: " + log.length() + " bytes");
    }
  }
}
