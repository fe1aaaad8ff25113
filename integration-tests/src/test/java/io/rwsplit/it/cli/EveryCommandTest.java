package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command, by a table: with {@code --json} nothing but JSON on standard output, whatever
 * becomes of it; without, lines that fit a terminal of 80 columns.
 */
class EveryCommandTest {
  private static final int COLUMNS = 80;
  private static final String LONG =
      "SELECT id, name FROM item WHERE name = 'a text that is longer than the terminal' OR id IN"
          + " (1, 2, 3, 4, 5, 6, 7, 8)";

  /** Exit code, and the words; the agent's address and token are added where they are taken. */
  private static final String[][] TABLE = {
    {"0", "verify"},
    {"0", "check-data"},
    {"0", "status"},
    {"0", "watch", "--count", "2", "--interval", "1"},
    {"0", "top"},
    {"0", "explain", LONG},
    {"1", "observe-report"},
    {"0", "compare-report"},
    {"0", "read-percent", "50"},
    {"0", "routing", "off"},
    {"0", "routing", "on"},
    {"0", "drain", "replica1"},
    {"0", "enable", "replica1"},
    {"0", "sync", "--timeout", "120"},
    {"0", "resync", "replica1", "--timeout", "120"},
    {"3", "switchover", "replica1"},
    {"1", "failover"},
    {"3", "failover", "replica1"},
    // There is no file here.
    {"3", "reload"},
    {"0", "help"},
    {"0", "help", "check-data"}
  };

  @TempDir Path directory;

  private Tool.Ran run(SteeredApp app, String token, boolean json, String... row) throws Exception {
    List<String> words = new ArrayList<>(List.of(row).subList(1, row.length));
    String command = row[1];
    Tool tool = new Tool(directory).width(COLUMNS);
    boolean direct = command.equals("verify") || command.equals("check-data");
    if (direct) {
      words.addAll(List.of("--driver-path", Tool.drivers()));
      tool.with("rwsplit.master", "jdbc:sqlite:" + directory.resolve("master.db"))
          .with("rwsplit.replicas", "jdbc:sqlite:" + directory.resolve("r1.db"));
    } else if (!command.equals("help")) {
      words.addAll(List.of("--url", app.url, "--token-file", token));
    }
    if (json) {
      words.add("--json");
    }
    return tool.run(words.toArray(new String[0])).expect(Integer.parseInt(row[0]));
  }

  private static void awaitCompared(SteeredApp app, Path directory) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      app.tell("read 20");
      JsonNode report =
          new Tool(directory)
              .run("compare-report", "--json", "--url", app.url)
              .json()
              .at("/groups/0/report");
      if (report.path("same").asInt() > 0) {
        return;
      }
      assertTrue(System.nanoTime() - deadline < 0, report::toString);
    }
  }

  private static void isJson(Tool.Ran ran, String what) throws Exception {
    int count = 0;
    try (MappingIterator<JsonNode> all =
        new ObjectMapper().readerFor(JsonNode.class).readValues(ran.out)) {
      while (all.hasNextValue()) {
        assertTrue(all.nextValue().isContainerNode(), what);
        count++;
      }
    }
    if (ran.code < 2) {
      assertTrue(count > 0, what);
    } else {
      // Why is said on standard error, in words.
      assertFalse(ran.err.isEmpty(), what);
    }
  }

  private static void fits(Tool.Ran ran) {
    for (String line : ran.out.split("\n", -1)) {
      // What is to be copied stays in one piece.
      boolean copied = line.startsWith("Example: ") || line.contains("/");
      assertTrue(
          copied || line.length() <= COLUMNS, () -> line.length() + ": " + line + "\n" + ran);
    }
  }

  @Test
  void jsonIsJsonAndTextFits() throws Exception {
    String token = SteeredApp.tokenFile(directory).toString();
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("master.db").toFile(),
                directory.resolve("r1.db").toFile(),
                directory.resolve("r2.db").toFile())
            .property("rwsplit.read.compare", "100")
            .property("rwsplit.read.compare.rate", "100");
    try (SteeredApp app =
        SteeredApp.start(builder, "jdbc:sqlite:" + directory.resolve("master.db"))) {
      run(app, token, false, "0", "sync", "--timeout", "120");
      app.tell("write 10");
      app.tell("query " + LONG);
      awaitCompared(app, directory);
      Set<String> tried = new TreeSet<>();
      for (String[] row : TABLE) {
        tried.add(row[1]);
        fits(run(app, token, false, row));
        if (!row[1].equals("help")) {
          Tool.Ran ran = run(app, token, true, row);
          isJson(ran, ran.toString());
        }
      }
      Set<String> known = new TreeSet<>();
      for (String line : new Tool(directory).run("help").out.split("\n", -1)) {
        if (line.matches("  [a-z].*")) {
          known.add(line.trim().split(" ", -1)[0]);
        }
      }
      assertEquals(known, tried);
      app.jvm().tell("end");
      assertEquals(0, app.jvm().exitCode(120), app.jvm()::transcript);
      assertFalse(app.jvm().saysFault(), app.jvm()::transcript);
    }
  }
}
