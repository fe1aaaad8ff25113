package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.crash.OldDrivers;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.differential.ActiveReads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What SQLite refuses while a read of the same connection is under way, or ends that read, it does
 * so under the agent too, where a replica serves that read.
 */
class ActiveReadsTest {
  @TempDir Path directory;

  @Test
  void onNewestDriver() throws Exception {
    compare(System.getProperty("java.class.path"));
  }

  @Test
  void onOldDriver() throws Exception {
    List<String> drivers = OldDrivers.all();
    compare(OldDrivers.classPath(drivers.get(drivers.size() - 1)));
  }

  private void compare(String classPath) throws Exception {
    List<String> bare;
    try (ForkedJvm app = program(classPath, "bare", new ForkedJvm.Builder())) {
      assertEquals(0, app.exitCode(300), app::transcript);
      bare = app.out();
    }
    assertTrue(bare.stream().anyMatch(line -> line.contains("SQLITE_LOCKED")), bare::toString);
    ForkedJvm.Builder split =
        new ForkedJvm.Builder().split(file("agent", "program.db"), file("agent", "replica1.db"));
    try (ForkedJvm app = program(classPath, "agent", split)) {
      assertEquals(0, app.exitCode(300), app::transcript);
      Transcripts.assertSame(bare, app.out(), "beside reads");
      assertFalse(app.saysFault(), app::transcript);
    }
  }

  private ForkedJvm program(String classPath, String name, ForkedJvm.Builder builder)
      throws Exception {
    Path files = Files.createDirectories(directory.resolve(name).resolve("files"));
    File master = file(name, "program.db");
    Databases.make(master, "PRAGMA journal_mode=WAL", "CREATE TABLE item(id, name)");
    Object[] arguments = {"jdbc:sqlite:" + master, files, "all"};
    return builder.main(classPath, ActiveReads.class.getName(), arguments).start();
  }

  private File file(String run, String name) {
    return directory.resolve(run).resolve(name).toFile();
  }
}
