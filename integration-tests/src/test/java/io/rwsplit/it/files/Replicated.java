package io.rwsplit.it.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.crash.DatabaseFile;
import java.io.File;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Waits for what replication does beside a script. */
final class Replicated {
  private Replicated() {}

  static void awaitInService(ForkedJvm app, String chapter) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    String last = "";
    while (System.nanoTime() - deadline < 0) {
      for (String line : app.err()) {
        if (line.contains("replica1: ")) {
          last = line;
        }
      }
      if (last.contains("in service")) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("not in service at " + chapter + "\n" + app.transcript());
  }

  static void awaitEqual(ForkedJvm app, File master, File replica) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    Map<String, String> expected = DatabaseFile.live(master).content();
    Map<String, String> found = null;
    while (System.nanoTime() - deadline < 0) {
      try {
        found = DatabaseFile.live(replica).content();
        if (expected.equals(found)) {
          assertEquals("ok", DatabaseFile.live(replica).integrity());
          return;
        }
      } catch (java.sql.SQLException e) {
        found = Map.of("failure", e.toString());
      }
      Thread.sleep(20);
    }
    throw new AssertionError(
        expected + "\nmaster above, replica below\n" + found + app.transcript());
  }
}
