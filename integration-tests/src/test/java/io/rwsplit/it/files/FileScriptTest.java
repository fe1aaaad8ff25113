package io.rwsplit.it.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import io.rwsplit.it.crash.DatabaseFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import legacy.files.FileScript;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What applications do to their SQLite file, by the scripts of {@code resources/files}: bare and
 * under the agent they see the same, and in the end the replica equals the master.
 */
class FileScriptTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"journal", "checkpoints", "exclusive", "rewriting", "attach", "driver", "names"})
  void script(String name) throws Exception {
    List<String> bare = run(name, false);
    Transcripts.assertSame(bare, run(name, true), name);
  }

  private List<String> run(String name, boolean agent) throws Exception {
    Path own = Files.createDirectories(directory.resolve(agent ? "split" : "bare"));
    File master = own.resolve("app.db").toFile();
    File replica = own.resolve("replica1.db").toFile();
    Path script = Path.of(FileScriptTest.class.getResource("/files/" + name + ".txt").toURI());
    Prepared.file(master, "WAL");
    ForkedJvm.Builder builder = new ForkedJvm.Builder();
    if (agent) {
      builder.split(master, replica).property("rwsplit.consistency.wait", "5s");
    } else {
      Prepared.file(replica, "WAL");
    }
    try (ForkedJvm app = builder.main(FileScript.class, master, own, script).start()) {
      List<String> chapters = new ArrayList<>();
      for (String line : Files.readAllLines(script)) {
        if (line.startsWith("#") || line.startsWith("=")) {
          chapters.add(line);
        }
      }
      for (String chapter : chapters) {
        app.awaitOut(chapter::equals, 120);
        if (agent && chapter.startsWith("#")) {
          awaitInService(app, chapter);
        }
        app.tell("go on");
      }
      app.awaitOut("# over"::equals, 120);
      if (agent) {
        awaitEqual(app, master, replica);
      }
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      if (agent) {
        assertFalse(app.saysFault(), app::transcript);
      }
      return app.out();
    }
  }

  private static void awaitInService(ForkedJvm app, String chapter) throws InterruptedException {
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

  private static void awaitEqual(ForkedJvm app, File master, File replica) throws Exception {
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
