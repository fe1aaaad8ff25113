package io.rwsplit.it.cli;

import io.rwsplit.it.Nobody;
import io.rwsplit.it.crash.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code verify} on SQLite, run by a user without the rights the agent will need, or without room:
 * each against its file.
 */
class VerifyRightsTest {
  @TempDir Path directory;
  private Tool tool;
  private String driver;
  private Path data;
  private Path copies;

  @BeforeEach
  void make() throws Exception {
    tool = new Tool(directory);
    tool.asNobody(directory.resolve("home"));
    Path jar = null;
    for (String each : Tool.drivers().split(":", -1)) {
      jar = each.contains("sqlite-jdbc") ? Path.of(each) : jar;
    }
    driver = Files.copy(jar, directory.resolve("home/driver.jar")).toString();
    data = Files.createDirectories(directory.resolve("above/data"));
    copies = Files.createDirectories(directory.resolve("copies"));
    fill(data.resolve("master.db"), 10);
    Nobody.own(directory);
  }

  /** Else the directory cannot be removed by others than root. */
  @AfterEach
  void giveBack() throws IOException {
    mode("above", "rwxr-xr-x");
    mode("above/data", "rwxr-xr-x");
    mode("copies", "rwxr-xr-x");
  }

  private static void fill(Path file, int rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name BLOB)");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + rows
              + ") INSERT INTO item SELECT i, zeroblob(1000) FROM n");
    }
  }

  private void mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private void verify(String golden, int code, String... more) throws Exception {
    String[] words = {
      "verify",
      "--driver-path",
      driver,
      "-Drwsplit.master=jdbc:sqlite:" + data.resolve("master.db"),
      "-Drwsplit.replicas=jdbc:sqlite:" + copies.resolve("r1.db")
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    Tool.Ran unused = tool.golden("verify-rights-" + golden, all).expect(code);
  }

  @Test
  void files() throws Exception {
    verify("sound", 0);
    mode("above/data/master.db", "r--r--r--");
    verify("read-only-file", 1);
    mode("above/data/master.db", "---------");
    Path token = Files.writeString(directory.resolve("token.txt"), "t0ken-of-the-tests-0123456789");
    mode("token.txt", "---------");
    verify("unreadable-file", 1, "-Drwsplit.http.port=0", "-Drwsplit.http.token-file=" + token);
  }

  @Test
  void leftByAnotherUser() throws Exception {
    for (String name : new String[] {"above/data/master.db-rwsplit-lock", "copies/r1.db"}) {
      Files.createFile(directory.resolve(name));
      mode(name, "r--r--r--");
    }
    verify("left-by-another", 1);
  }

  @Test
  void directories() throws Exception {
    mode("copies", "r-xr-xr-x");
    verify("read-only-directory", 1);
    mode("above/data", "rw-rw-rw-");
    verify("closed-directory", 1);
    mode("above", "rw-rw-rw-");
    verify("closed-above", 1);
  }

  @Test
  void room() throws Exception {
    try (Tmpfs small = Tmpfs.mount(copies, "1m")) {
      if (small == null) {
        return;
      }
      Nobody.own(copies);
      fill(data.resolve("large.db"), 3000);
      Nobody.own(data);
      verify("no-room", 1, "-Drwsplit.master=jdbc:sqlite:" + data.resolve("large.db"));
      // Enough for the replica as it is, with little to spare.
      verify("little-room", 0);
    }
  }
}
