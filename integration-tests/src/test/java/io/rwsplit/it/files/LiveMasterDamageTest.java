package io.rwsplit.it.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import io.rwsplit.it.crash.DatabaseFile;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import legacy.files.FileScript;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stranger damages the master's log, or its index, while the application uses them: on the master
 * it sees what it sees without the agent, and no replica shows what was never written.
 */
class LiveMasterDamageTest {
  private static final int PAGE = 4096;
  private static final int FRAME = PAGE + 24;

  @TempDir Path directory;

  /** What is done to the files. */
  enum Damage {
    LOG_GARBLED {
      @Override
      void strike(File master) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(master + "-wal", "rw")) {
          int frames = (int) ((log.length() - 32) / FRAME);
          for (int frame = frames / 2; frame < frames - 1; frame++) {
            // The head of a page.
            log.seek(32 + (long) frame * FRAME + 24);
            log.write(new byte[] {77, 77, 77, 77, 77, 77, 77, 77});
          }
        }
      }
    },
    LOG_CUT_OFF {
      @Override
      void strike(File master) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(master + "-wal", "rw")) {
          log.setLength(32 + (log.length() - 32) / FRAME / 2 * FRAME);
        }
      }
    },
    LOG_EMPTIED {
      @Override
      void strike(File master) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(master + "-wal", "rw")) {
          log.setLength(0);
        }
      }
    },
    INDEX_GARBLED {
      @Override
      void strike(File master) throws IOException {
        try (RandomAccessFile index = new RandomAccessFile(master + "-shm", "rw")) {
          // Checksums and salts in both copies of the header: it is made anew from the log.
          for (int copy = 0; copy < 2; copy++) {
            index.seek(48L * copy + 16);
            index.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
          }
        }
      }
    };

    abstract void strike(File master) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void answersAsWithoutTheAgent(Damage damage) throws Exception {
    List<String> bare = run(damage, false);
    Transcripts.assertSame(bare, run(damage, true), damage.toString());
  }

  private List<String> run(Damage damage, boolean agent) throws Exception {
    Path own = Files.createDirectories(directory.resolve(agent ? "split" : "bare"));
    File master = own.resolve("app.db").toFile();
    File replica = own.resolve("replica1.db").toFile();
    Path script = Path.of(LiveMasterDamageTest.class.getResource("/files/live-damage.txt").toURI());
    Prepared.file(master, "WAL");
    ForkedJvm.Builder builder = new ForkedJvm.Builder();
    if (agent) {
      builder.split(master, replica);
    }
    try (ForkedJvm app = builder.main(FileScript.class, master, own, script).start()) {
      app.awaitOut("# whole"::equals, 120);
      if (agent) {
        Replicated.awaitInService(app, "# whole");
      }
      app.tell("go on");
      app.awaitOut("= damaged"::equals, 120);
      if (agent) {
        awaitWhole(replica, app);
      }
      damage.strike(master);
      app.tell("go on");
      app.awaitOut("= let go"::equals, 120);
      if (agent) {
        assertIntact(replica, app);
      }
      app.tell("go on");
      app.awaitOut("# over"::equals, 120);
      if (agent) {
        // The agent's checkpoint meets the damage too, and goes on trying.
        boolean cut = damage == Damage.LOG_CUT_OFF;
        app.awaitErr(line -> !cut || isOfTenthCheckpoint(line), 120);
        assertIntact(replica, app);
      }
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      if (agent) {
        assertFalse(app.saysFault(), app::transcript);
        String told = "the master answers as if it were damaged";
        assertEquals(damage != Damage.INDEX_GARBLED, says(app, told) > 0, app::transcript);
        assertTrue(says(app, "checkpoint of master") < 3, app::transcript);
      }
      return app.out();
    }
  }

  private static final List<String> WHOLE = List.of("201 180005");

  private static List<String> rows(DatabaseFile replica) throws Exception {
    return replica.column("SELECT count(*) || ' ' || sum(length(v)) FROM t WHERE v <> 'after'");
  }

  /** The application does not wait for the replica; what that does not have yet may be lost. */
  private static void awaitWhole(File replica, ForkedJvm app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!WHOLE.equals(rows(DatabaseFile.live(replica)))) {
      assertTrue(System.nanoTime() < deadline, app::transcript);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** All that was committed before the damage, and perhaps what came after. */
  private static void assertIntact(File replica, ForkedJvm app) throws Exception {
    DatabaseFile file = DatabaseFile.live(replica);
    assertEquals("ok", file.integrity(), app::transcript);
    assertEquals(WHOLE, rows(file), app::transcript);
  }

  private static boolean isOfTenthCheckpoint(String line) {
    return line.contains("checkpoint of master") && line.contains("(10 times so far)");
  }

  private static long says(ForkedJvm app, String words) {
    return app.err().stream().filter(line -> line.contains(words)).count();
  }
}
