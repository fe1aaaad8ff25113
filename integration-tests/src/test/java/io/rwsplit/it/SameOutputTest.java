package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.differential.RandomProgram;
import org.junit.jupiter.api.io.TempDir;

/** The same program, bare and under the agent, prints the same. */
class SameOutputTest {
  private static final int SEEDS = 30;
  private static final int CALLS = 300;

  @TempDir Path directory;

  @OnEveryJdk
  void orderDeskScript(Jdk jdk) throws Exception {
    File jar = new File(System.getProperty("rwsplit.it.demo")).getAbsoluteFile();
    File master = directory.resolve("orders.db").toFile();
    String url = "--url=jdbc:sqlite:" + master;
    for (String pool : List.of("none", "hikari")) {
      String[] arguments = {url, "--script", "--journal=wal", "--pool=" + pool};
      clear(master);
      List<String> bare = outputOf(new ForkedJvm.Builder().on(jdk).jar(jar, (Object[]) arguments));
      clear(master);
      Databases.make(master, "PRAGMA journal_mode=WAL");
      List<String> split;
      try (ForkedJvm app =
          new ForkedJvm.Builder()
              .on(jdk)
              .split(master, replica(1), replica(2))
              // Nearly all reads of the script follow a write: without it a slow replica gets few.
              .property("rwsplit.consistency.wait", "5s")
              .jar(jar, (Object[]) arguments)
              .start()) {
        assertEquals(0, app.exitCode(300), app::transcript);
        split = app.out();
        ExitTable table = ExitTable.of(app);
        assertFalse(app.saysFault(), app::transcript);
        assertTrue(table.onReplicas() > 50, table::toString);
      }
      Transcripts.assertSame(bare, split, "order desk, pool " + pool);
    }
  }

  @OnEveryJdk
  void randomPrograms(Jdk jdk) throws Exception {
    // Holds the program in which a failed setAutoCommit once hid a write; others by the property.
    long first = Long.getLong("rwsplit.it.seed", 545_113);
    System.out.println("random programs on " + jdk + ": seeds " + first + " and " + SEEDS + " up");
    File master = directory.resolve("program.db").toFile();
    Object[] arguments = {directory, first, SEEDS, CALLS};
    Databases.make(master, "PRAGMA journal_mode=WAL", "CREATE TABLE seedling(a)");
    List<String> bare =
        outputOf(new ForkedJvm.Builder().on(jdk).main(RandomProgram.class, arguments));
    clear(master);
    clear(directory.resolve("side.db").toFile());
    Databases.make(master, "PRAGMA journal_mode=WAL", "CREATE TABLE seedling(a)");
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .split(master, replica(1), replica(2))
            .main(RandomProgram.class, arguments)
            .start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      Transcripts.assertSame(bare, app.out(), "seeds from " + first);
      ExitTable table = ExitTable.of(app);
      assertTrue(table.onReplicas() > SEEDS * 20, table::toString);
      assertFalse(app.saysFault(), app::transcript);
    }
  }

  private File replica(int number) {
    return directory.resolve("replica" + number + ".db").toFile();
  }

  private static List<String> outputOf(ForkedJvm.Builder builder) throws Exception {
    try (ForkedJvm app = builder.start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      return app.out();
    }
  }

  private void clear(File master) throws Exception {
    for (File file : List.of(master, replica(1), replica(2))) {
      for (String suffix : List.of("", "-wal", "-shm", ".pos", ".rwsplit")) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
    }
  }
}
