package io.rwsplit.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.jvm.VirtualCrowd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtual threads by the thousand, on every release that has them. */
class VirtualThreadsTest {
  private static final int FIRST = 21;
  private static final int THREADS = Integer.getInteger("rwsplit.it.virtual.threads", 2000);
  private static final int PASSING = Integer.getInteger("rwsplit.it.virtual.passing", 20_000);

  @TempDir Path directory;

  @Test
  void eachFindsItsOwnWrite() throws Exception {
    File master = directory.resolve("master.db").toFile();
    for (Jdk jdk : Jdk.releases()) {
      if (jdk.feature() < FIRST) {
        continue;
      }
      if (!jdk.isFound()) {
        System.err.println("VirtualThreadsTest: " + jdk);
        continue;
      }
      Databases.make(master, "PRAGMA journal_mode=WAL");
      Object[] arguments = {"jdbc:sqlite:" + master + "?busy_timeout=120000", THREADS, PASSING};
      List<String> bare;
      try (ForkedJvm app =
          new ForkedJvm.Builder().on(jdk).main(VirtualCrowd.class, arguments).start()) {
        assertEquals(0, app.exitCode(600), app::transcript);
        bare = app.out();
      }
      assertTrue(bare.toString().contains("missed 0 failed 0"), bare::toString);
      try (ForkedJvm app =
          new ForkedJvm.Builder()
              .on(jdk)
              .split(master, directory.resolve("replica.db").toFile())
              .main(VirtualCrowd.class, arguments)
              .start()) {
        assertEquals(0, app.exitCode(600), app::transcript);
        assertEquals(String.join("\n", bare), String.join("\n", app.out()), app::transcript);
        assertTrue(ExitTable.of(app).onReplicas() >= PASSING / 2, app::transcript);
        assertFalse(app.saysFault(), app::transcript);
      }
    }
  }
}
