package io.rwsplit.it.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import legacy.files.FileScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters in a rollback journal mode: switched to WAL and back, or left as they are. */
class JournalSwitchTest {
  @TempDir Path directory;
  private File master;

  @BeforeEach
  void inRollbackMode() throws SQLException {
    master = directory.resolve("app.db").toFile();
    Prepared.file(master, "DELETE");
  }

  @Test
  void isSwitchedBackAtACleanEnd() throws Exception {
    try (ForkedJvm app = start("switched", true)) {
      throughChapters(app, "# switched", "# over");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(says(app, "was switched from journal mode delete to WAL"), app::transcript);
      assertTrue(says(app, "was switched back from WAL to journal mode delete"), app::transcript);
    }
    assertFalse(isInWal());
    assertEquals("", record());
  }

  @Test
  void aLaterRunSwitchesBackWhatAKilledOneHasSwitched() throws Exception {
    try (ForkedJvm app = start("switched", false)) {
      throughChapters(app, "# switched");
      app.awaitOut("# over"::equals, 120);
      app.kill();
    }
    assertTrue(isInWal());
    assertEquals("delete", record());
    try (ForkedJvm app = start("switched", true)) {
      throughChapters(app, "# switched", "# over");
      assertEquals(0, app.exitCode(120), app::transcript);
    }
    assertFalse(isInWal());
    assertEquals("", record());
  }

  @Test
  void staysWhileOthersHaveItOpenAndWhenTheApplicationWantsIt() throws Exception {
    try (ForkedJvm app = start("left-open", true)) {
      throughChapters(app, "# left open", "# over");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(says(app, "stays in WAL mode, others have it open"), app::transcript);
    }
    assertTrue(isInWal());
    assertEquals("delete", record());
    try (ForkedJvm app = start("wanted", true)) {
      throughChapters(app, "# over");
      assertEquals(0, app.exitCode(120), app::transcript);
    }
    assertTrue(isInWal());
    assertEquals("", record());
  }

  @Test
  void connectionsThatAskForARollbackModeGetIt() throws Exception {
    List<String> bare;
    ForkedJvm.Builder builder = new ForkedJvm.Builder();
    try (ForkedJvm app = builder.main(FileScript.class, arguments("rollback")).start()) {
      throughChapters(app, "= two connections", "# over");
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    Files.delete(master.toPath());
    inRollbackMode();
    try (ForkedJvm app = start("rollback", false)) {
      throughChapters(app, "= two connections", "# over");
      assertEquals(0, app.exitCode(120), app::transcript);
      Transcripts.assertSame(bare, app.out(), "rollback");
      assertTrue(
          says(app, "is opened by the application with journal_mode=DELETE; all statements stay"),
          app::transcript);
    }
    assertFalse(isInWal());
  }

  /** A page codec leaves no header that SQLite's own format has. */
  @Test
  void anEncryptedFileIsRefusedOnce() throws Exception {
    byte[] noise = new byte[8192];
    new java.util.Random(7).nextBytes(noise);
    Files.write(master.toPath(), noise);
    try (ForkedJvm app = start("switched", false)) {
      app.awaitErr(line -> line.contains("is not a SQLite database, or is encrypted"), 120);
      app.awaitOut("# switched"::equals, 120);
      app.tell("go on");
      app.awaitOut("# over"::equals, 120);
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(
          1,
          app.err().stream()
              .filter(l -> l.contains("WARN") && l.contains("or is encrypted"))
              .count());
      assertFalse(app.saysFault(), app::transcript);
    }
    assertEquals(8192, Files.size(master.toPath()));
    // The probe may have opened it; nothing is in it.
    assertEquals(0, directory.resolve("replica1.db").toFile().length());
  }

  private Object[] arguments(String script) throws Exception {
    Path text = Path.of(JournalSwitchTest.class.getResource("/files/" + script + ".txt").toURI());
    return new Object[] {master, directory, text};
  }

  private ForkedJvm start(String script, boolean undo) throws Exception {
    return new ForkedJvm.Builder()
        .split(master, directory.resolve("replica1.db").toFile())
        .property("rwsplit.sqlite.wal.undo", String.valueOf(undo))
        .main(FileScript.class, arguments(script))
        .start();
  }

  private static void throughChapters(ForkedJvm app, String... chapters) throws Exception {
    for (String chapter : chapters) {
      app.awaitOut(chapter::equals, 120);
      if (chapter.startsWith("# ") && !chapter.equals("# over")) {
        app.awaitErr(line -> line.contains("replica1: in service"), 120);
      }
      app.tell("go on");
    }
  }

  private static boolean says(ForkedJvm app, String words) {
    return app.err().stream().anyMatch(line -> line.contains(words));
  }

  private boolean isInWal() throws Exception {
    try (var channel = Files.newByteChannel(master.toPath(), StandardOpenOption.READ)) {
      var head = java.nio.ByteBuffer.allocate(100);
      channel.read(head);
      return head.get(18) == 2;
    }
  }

  private String record() throws Exception {
    return Files.readString(Path.of(master + "-rwsplit-lock"), StandardCharsets.US_ASCII);
  }
}
