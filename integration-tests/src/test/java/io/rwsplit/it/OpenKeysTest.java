package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import legacy.OpenKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver's own execute ends, a redirected one ends too. */
class OpenKeysTest {
  @TempDir Path directory;

  private File database(String name) throws Exception {
    return Databases.make(
        directory.resolve(name).toFile(),
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO t(v) VALUES ('first')");
  }

  private static List<String> run(ForkedJvm.Builder builder, File master, boolean agent)
      throws Exception {
    try (ForkedJvm app = builder.main(OpenKeys.class, "jdbc:sqlite:" + master).start()) {
      if (agent) {
        awaitReadOnReplica(app);
      }
      long before = reads(app, "replica1");
      for (int step = 1; step <= OpenKeys.STEPS; step++) {
        app.tell("step");
      }
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(agent ? OpenKeys.STEPS : 0, reads(app, "replica1") - before, app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      return app.out();
    }
  }

  private static long reads(ForkedJvm app, String where) {
    String text = "[SELECT v FROM t ORDER BY id LIMIT ?]";
    return app.err().stream().filter(l -> l.contains(where + " <- ") && l.endsWith(text)).count();
  }

  /** The pool opens its first connection for the first read, which does not wait for it. */
  private static void awaitReadOnReplica(ForkedJvm app) throws Exception {
    app.awaitErr(line -> line.endsWith("replica1: in service"), 120);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (reads(app, "replica1") == 0) {
      assertTrue(System.nanoTime() - deadline < 0, app::transcript);
      long routed = reads(app, "");
      app.tell("read");
      app.awaitErr(line -> reads(app, "") > routed, 120);
    }
  }

  @Test
  void aReadOnAReplicaEndsTheQueryOfGeneratedKeys() throws Exception {
    List<String> bare = run(new ForkedJvm.Builder(), database("bare.db"), false);
    File master = database("master.db");
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(master, directory.resolve("replica.db").toFile())
            .property("rwsplit.consistency", "eventual")
            .property("rwsplit.log.routes", "true");
    assertEquals(String.join("\n", bare), String.join("\n", run(split, master, true)));
  }
}
