package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} on SQLite: sound and broken setups, each against its file. */
class VerifyTest {
  @TempDir Path directory;
  private Tool tool;
  private Path master;

  @BeforeEach
  void make() throws Exception {
    master = directory.resolve("master.db");
    make(master);
    tool = new Tool(directory);
  }

  private static void make(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
    }
  }

  private String url(String name) {
    return "jdbc:sqlite:" + directory.resolve(name);
  }

  private Tool.Ran verify(String golden, int code, String... settings) throws Exception {
    String[] words = new String[settings.length + 3];
    words[0] = "verify";
    words[1] = "--driver-path";
    words[2] = Tool.drivers();
    System.arraycopy(settings, 0, words, 3, settings.length);
    return tool.golden("verify-" + golden, words).expect(code);
  }

  @Test
  void soundSetup() throws Exception {
    Set<String> before = files();
    Tool.Ran text =
        verify(
            "sound",
            0,
            "-Drwsplit.master=" + url("master.db"),
            "-Drwsplit.replicas=" + url("r1.db"));
    assertEquals(before, files(), text::toString);
    JsonNode json =
        tool.run(
                "verify",
                "--json",
                "--driver-path",
                Tool.drivers(),
                "-Drwsplit.master=" + url("master.db"),
                "-Drwsplit.replicas=" + url("r1.db"))
            .expect(0)
            .json();
    assertTrue(json.path("ok").asBoolean(), json::toString);
    int seen = 0;
    for (JsonNode finding : json.path("findings")) {
      String message = finding.path("message").asText().split("\\d", -1)[0];
      assertTrue(text.out.contains(message), () -> finding + "\n" + text);
      seen++;
    }
    assertTrue(text.out.contains(seen + " OK, 0 WARN, 0 FAIL"), text::toString);
  }

  private Set<String> files() throws Exception {
    Set<String> names = new TreeSet<>();
    try (var all = Files.list(directory)) {
      all.forEach(each -> names.add(each.getFileName().toString()));
    }
    return names;
  }

  @Test
  void configurationFromFileAndEveryFaultAtOnce() throws Exception {
    Path file = directory.resolve("rwsplit.properties");
    Files.writeString(
        file,
        "rwsplit.master="
            + url("master.db")
            + "\nrwsplit.lag.max=5\nrwsplit.strategie=random\n"
            + "rwsplit.health.failures=none\n");
    verify("faults", 1, "--config", file.toString());
    verify("no-configuration", 1);
    verify("no-file", 1, "--config", directory.resolve("nowhere.properties").toString());
  }

  @Test
  void brokenFiles() throws Exception {
    String replica = "-Drwsplit.replicas=" + url("r1.db");
    verify("no-master", 1, "-Drwsplit.master=" + url("nowhere.db"), replica);
    verify("no-directory", 1, "-Drwsplit.master=" + url("nowhere/master.db"), replica);
    Files.writeString(directory.resolve("text.db"), "This is not a database. ".repeat(20));
    verify("no-database", 1, "-Drwsplit.master=" + url("text.db"), replica);
    make(directory.resolve("other.db"));
    verify(
        "not-a-replica",
        0,
        "-Drwsplit.master=" + url("master.db"),
        "-Drwsplit.replicas=" + url("other.db"));
    verify(
        "wal-off", 0, "-Drwsplit.master=" + url("master.db"), "-Drwsplit.sqlite.wal=off", replica);
    Tool.Ran none =
        tool.golden("verify-no-driver", "verify", "-Drwsplit.master=" + url("master.db"), replica)
            .expect(1);
    assertFalse(none.out.contains("0 FAIL"), none::toString);
  }

  @Test
  void takenPortAndToken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      tool.name(String.valueOf(taken.getLocalPort()), "PORT");
      verify(
          "taken-port",
          1,
          "-Drwsplit.master=" + url("master.db"),
          "-Drwsplit.replicas=" + url("r1.db"),
          "-Drwsplit.http.token-file=" + directory.resolve("nowhere.txt"),
          "-Drwsplit.http.port=" + taken.getLocalPort());
    }
  }
}
