package io.rwsplit.it.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.sync.EveryWrite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a commit returns, replicas have it: looked at in their files, with no help of the agent. */
class CommitsWaitTest {
  private static final int MILLIS = Integer.getInteger("rwsplit.it.sync.millis", 3000);
  private static final Pattern VERDICT = Pattern.compile("lacking: (\\d+) of (\\d+)");

  @TempDir Path directory;

  private ForkedJvm start(String mode, int replicas, int mustHave) throws Exception {
    long seed = System.nanoTime() % 1_000_000;
    System.out.println("every write, " + mode + ": seed " + seed);
    File master = directory.resolve("master.db").toFile();
    File[] files = new File[replicas];
    Object[] arguments = new Object[5 + replicas];
    for (int i = 0; i < replicas; i++) {
      files[i] = directory.resolve("replica" + (i + 1) + ".db").toFile();
      arguments[5 + i] = files[i];
    }
    arguments[0] = "jdbc:sqlite:" + master + "?journal_mode=WAL&synchronous=NORMAL";
    arguments[1] = seed;
    arguments[2] = MILLIS;
    arguments[3] = 3;
    arguments[4] = mustHave;
    ForkedJvm app =
        new ForkedJvm.Builder()
            .split(master, files)
            .property("rwsplit.sync", mode)
            .property("rwsplit.sync.timeout", "60s")
            .main(EveryWrite.class, arguments)
            .start();
    for (int i = 1; i <= replicas; i++) {
      String name = "replica" + i;
      app.awaitErr(line -> line.endsWith(name + ": in service"), 120);
    }
    app.awaitOut("ready"::equals, 120);
    app.tell("go");
    return app;
  }

  private static long verdict(ForkedJvm app, boolean expected) throws Exception {
    assertEquals(0, app.exitCode(240), app::transcript);
    Matcher verdict = VERDICT.matcher(app.out().get(app.out().size() - 1));
    assertTrue(verdict.matches(), app::transcript);
    if (expected) {
      assertEquals("0", verdict.group(1), app::transcript);
    }
    assertTrue(Long.parseLong(verdict.group(2)) > MILLIS / 30, app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    return Long.parseLong(verdict.group(1));
  }

  @Test
  void synchronousOnAllReplicas() throws Exception {
    try (ForkedJvm app = start("sync", 2, 2)) {
      verdict(app, true);
      app.awaitErr(line -> line.contains("synchronous, 2 of 2") && line.endsWith("alerts: 0"), 10);
    }
  }

  @Test
  void semiSynchronousOnOneOfTwo() throws Exception {
    try (ForkedJvm app = start("semi-sync", 2, 1)) {
      verdict(app, true);
      app.awaitErr(line -> line.contains("1 of 2 replicas") && line.endsWith("alerts: 0"), 10);
    }
  }

  /** Else the two above would show nothing. */
  @Test
  void asynchronousDoesNotWait() throws Exception {
    try (ForkedJvm app = start("async", 2, 2)) {
      assertTrue(verdict(app, false) > 0, app::transcript);
    }
  }
}
