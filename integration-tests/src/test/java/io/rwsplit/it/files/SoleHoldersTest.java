package io.rwsplit.it.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import legacy.files.FileScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Others have the master's file for themselves: processes that know nothing of the agent (here the
 * test's own), and connections that the application has lost. It sees what it sees without the
 * agent, and replication goes on by itself.
 */
class SoleHoldersTest {
  @TempDir Path directory;

  /** What the stranger does when the script comes to a chapter. */
  private interface Stranger {
    void act(String chapter, File master) throws Exception;
  }

  /** In WAL mode: at first by {@code locking_mode=EXCLUSIVE}, later by {@code BEGIN EXCLUSIVE}. */
  @Test
  void aStrangerHasALogExclusively() throws Exception {
    compare(
        "stranger",
        "WAL",
        (chapter, master) -> {
          switch (chapter) {
            case "start" -> hold(master, "PRAGMA locking_mode=EXCLUSIVE", "PRAGMA user_version=2");
            case "= it begins a transaction" -> hold(master, "BEGIN EXCLUSIVE");
            case "= it lets go", "= it has committed" -> stranger.close();
            default -> {}
          }
        });
  }

  /** In rollback mode readers are locked out too, and there is a WAL mode to switch to. */
  @Test
  void aStrangerHasAJournalExclusively() throws Exception {
    compare(
        "stranger-first",
        "DELETE",
        (chapter, master) -> {
          switch (chapter) {
            case "start" -> hold(master, "BEGIN EXCLUSIVE", "PRAGMA user_version=2");
            case "= it lets go" -> stranger.close();
            default -> {}
          }
        });
  }

  /**
   * One that only wanted the lock is no obstacle to the application; one that has it has it to the
   * end. That replication comes back after the first is not waited for: now and then something
   * keeps it from being collected.
   */
  @Test
  void droppedConnections() throws Exception {
    compare("forgotten", "WAL", (chapter, master) -> {});
  }

  private Connection stranger;

  private void hold(File master, String... texts) throws SQLException {
    stranger = DriverManager.getConnection("jdbc:sqlite:" + master);
    try (Statement statement = stranger.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }

  private void compare(String script, String journal, Stranger others) throws Exception {
    List<String> bare = run(script, journal, others, false);
    Transcripts.assertSame(bare, run(script, journal, others, true), script);
  }

  private List<String> run(String name, String journal, Stranger others, boolean agent)
      throws Exception {
    Path own = Files.createDirectories(directory.resolve(agent ? "split" : "bare"));
    File master = own.resolve("app.db").toFile();
    File replica = own.resolve("replica1.db").toFile();
    Path script = Path.of(SoleHoldersTest.class.getResource("/files/" + name + ".txt").toURI());
    Prepared.file(master, journal);
    if (!name.equals("forgotten")) {
      hold(master, "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
      stranger.close();
    }
    others.act("start", master);
    ForkedJvm.Builder builder = new ForkedJvm.Builder();
    if (agent) {
      builder.split(master, replica).property("rwsplit.consistency.wait", "5s");
    }
    try (ForkedJvm app = builder.main(FileScript.class, master, own, script).start()) {
      for (String line : Files.readAllLines(script)) {
        if (line.startsWith("#") || line.startsWith("=")) {
          app.awaitOut(line::equals, 120);
          others.act(line, master);
          if (agent && line.startsWith("#")) {
            Replicated.awaitInService(app, line);
          }
          if (agent && line.equals("= it lets go")) {
            assertTrue(
                says(app, "it is locked by another user")
                    || says(app, "is in use; it will be switched"),
                app::transcript);
          }
          app.tell("go on");
        }
      }
      app.awaitOut("# over"::equals, 120);
      if (agent && !name.equals("forgotten")) {
        Replicated.awaitEqual(app, master, replica);
      }
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      if (agent) {
        assertFalse(app.saysFault(), app::transcript);
      }
      return app.out();
    } finally {
      if (stranger != null) {
        stranger.close();
      }
    }
  }

  private static boolean says(ForkedJvm app, String words) {
    return app.err().stream().anyMatch(line -> line.contains(words));
  }
}
