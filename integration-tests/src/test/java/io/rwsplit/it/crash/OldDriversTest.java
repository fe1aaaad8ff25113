package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The crash loop with SQLite drivers of years past; the oldest of them only, unless {@code
 * -Drwsplit.it.drivers=all}. {@code -Drwsplit.it.drivers.kills=N}: more kills.
 */
class OldDriversTest {
  @TempDir Path directory;

  @Test
  void crashesHarmNothing() throws Exception {
    List<String> drivers = OldDrivers.chosen();
    assertFalse(drivers.isEmpty(), "the build has copied no drivers");
    int kills = Integer.getInteger("rwsplit.it.drivers.kills", 6);
    for (String driver : drivers) {
      System.out.println(new File(driver).getName());
      long seed = Long.getLong("rwsplit.it.crash.seed", System.nanoTime());
      new CrashLoop(directory.resolve(new File(driver).getName()), seed, driver).go(kills, 0);
    }
  }
}
