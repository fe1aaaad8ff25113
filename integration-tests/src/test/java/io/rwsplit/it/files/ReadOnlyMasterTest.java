package io.rwsplit.it.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Nobody;
import io.rwsplit.it.Transcripts;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import legacy.files.FileScript;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Masters that the application may read but not write, for want of permissions on the file or on
 * its directory: it sees what it sees without the agent, the log says why nothing is replicated,
 * and once it may, replication begins by itself.
 */
class ReadOnlyMasterTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"WAL, FILE", "WAL, DIRECTORY", "DELETE, FILE", "DELETE, DIRECTORY"})
  void answersAsWithoutTheAgent(String journal, Place place) throws Exception {
    List<String> bare = run(journal, place, false);
    Transcripts.assertSame(bare, run(journal, place, true), journal + " " + place);
  }

  /** What may not be written. */
  enum Place {
    FILE("r--r--r--", "rw-r--r--"),
    DIRECTORY("r-xr-xr-x", "rwxr-xr-x");

    private final String forbidden;
    private final String allowed;

    Place(String forbidden, String allowed) {
      this.forbidden = forbidden;
      this.allowed = allowed;
    }

    void set(File master, boolean writable) throws IOException {
      Path path = this == FILE ? master.toPath() : master.getParentFile().toPath();
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(writable ? allowed : forbidden));
    }
  }

  private List<String> run(String journal, Place place, boolean agent) throws Exception {
    Path home = Files.createDirectories(directory.resolve(agent ? "split" : "bare"));
    File master = Files.createDirectory(home.resolve("master")).resolve("app.db").toFile();
    File replica = Files.createDirectory(home.resolve("replica")).resolve("replica1.db").toFile();
    Path text = Path.of(ReadOnlyMasterTest.class.getResource("/files/read-only.txt").toURI());
    Path script = Files.copy(text, home.resolve("script.txt"));
    Prepared.file(master, journal);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + master);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
      statement.execute("INSERT INTO t(v) VALUES ('first')");
    }
    ForkedJvm.Builder builder = new ForkedJvm.Builder();
    String classPath = Nobody.run(builder, home);
    Nobody.own(directory);
    if (agent) {
      builder.split(master, replica).property("rwsplit.consistency.wait", "5s");
    }
    place.set(master, false);
    builder.main(classPath, FileScript.class.getName(), master, home, script);
    try (ForkedJvm app = builder.start()) {
      app.awaitOut("= forbidden"::equals, 120);
      app.tell("go on");
      app.awaitOut("= allowed"::equals, 120);
      if (agent && (place == Place.DIRECTORY || journal.equals("DELETE"))) {
        assertTrue(app.err().stream().anyMatch(l -> l.contains("WARN")), app::transcript);
      } else if (agent) {
        // Who may write beside the file may read a log, and read from replicas.
        Replicated.awaitInService(app, "read-only");
      }
      place.set(master, true);
      app.tell("go on");
      app.awaitOut("# replicated"::equals, 120);
      if (agent) {
        Replicated.awaitInService(app, "# replicated");
      }
      app.tell("go on");
      app.awaitOut("# over"::equals, 120);
      if (agent) {
        Replicated.awaitEqual(app, master, replica);
        awaitReset(app, master);
      }
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      if (agent) {
        assertFalse(app.saysFault(), app::transcript);
      }
      return app.out();
    } finally {
      place.set(master, true);
    }
  }

  /** The agent's own connections may write by now, too: without that the log is never reset. */
  private static void awaitReset(ForkedJvm app, File master) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    do {
      assertTrue(System.nanoTime() - deadline < 0, app::transcript);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + master);
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 60000");
        // SQLite leaves a page alone that an update would not change, and then resets nothing.
        statement.execute("UPDATE t SET v = 'stranger ' || hex(randomblob(8)) WHERE id = 1");
      }
    } while (frames(master) > 100);
  }

  /** In the log, by the first copy of its index's header. */
  private static int frames(File master) throws IOException {
    byte[] header = new byte[48];
    try (RandomAccessFile index = new RandomAccessFile(master + "-shm", "r")) {
      index.readFully(header);
    }
    return ByteBuffer.wrap(header).order(ByteOrder.nativeOrder()).getInt(16);
  }
}
