package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Help, and what is said of commands that are called wrongly, against files. */
class HelpTest {
  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void begin() {
    tool = new Tool(directory);
  }

  @Test
  void everyCommandHasHelpWithAnExample() throws Exception {
    Tool.Ran all = tool.golden("help", "help").expect(0);
    List<String> commands = new ArrayList<>();
    for (String line : all.out.split("\n", -1)) {
      if (line.startsWith("  ")) {
        commands.add(line.trim().split(" ", -1)[0]);
      }
    }
    assertTrue(commands.contains("verify") && commands.size() > 10, all::toString);
    for (String command : commands) {
      Tool.Ran help = tool.golden("help-" + command, "help", command).expect(0);
      assertTrue(help.out.contains("Example: java -jar rwsplit.jar " + command), help::toString);
    }
    assertEquals(tool.run("help", "status").out, tool.run("status", "--help").out);
  }

  @Test
  void withoutACommandHelpIsShown() throws Exception {
    Tool.Ran none = tool.run().expect(2);
    assertEquals(tool.run("help").out, none.out);
    Tool.Ran version = tool.run("--version").expect(0);
    assertTrue(version.out.matches("rwsplit \\d\\S*"), version::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "unknown-command, statsu",
    "unknown-command-without-likeness, frobnicate",
    "unknown-option, status --tokenfile x",
    "option-of-another, verify --token-file x",
    "missing-value, watch --count",
    "bad-number, watch --count many",
    "missing-operand, drain",
    "too-many-operands, drain replica1 replica2",
    "bad-operand, routing maybe --url http://127.0.0.1:1",
    "bad-url, status --url 127.0.0.1:9393",
    "no-url, status",
    "twice, status --json --json",
    "missing-token-file, sync --url http://127.0.0.1:1 --token-file nowhere"
  })
  void wrongCallsEndWith2(String name, String words) throws Exception {
    tool.golden("wrong-" + name, words.split(" ", -1)).expect(2);
  }

  @Test
  void nobodyAnswers() throws Exception {
    Tool.Ran ran = tool.run("status", "--url", "http://127.0.0.1:1").expect(3);
    assertTrue(ran.err.contains("does not answer"), ran::toString);
  }
}
