package io.rwsplit.it.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
          Replicated.awaitInService(app, chapter);
        }
        app.tell("go on");
      }
      app.awaitOut("# over"::equals, 120);
      if (agent) {
        Replicated.awaitEqual(app, master, replica);
      }
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      if (agent) {
        assertFalse(app.saysFault(), app::transcript);
      }
      return app.out();
    }
  }
}
