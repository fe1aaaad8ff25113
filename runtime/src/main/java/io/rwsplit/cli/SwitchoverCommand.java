package io.rwsplit.cli;

import java.util.Collections;

/** Makes a replica the master in the place of one that lives. */
final class SwitchoverCommand extends Command {
  private static final int MOST_SECONDS = 600;

  SwitchoverCommand() {
    super(
        "switchover",
        "<replica>",
        "makes a replica the master while the master lives",
        Options.client(Options.TIMEOUT, Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Stops writes on the master, waits until the replica has all of it, makes it the master, and"
          + " lets the old one follow. Nothing is lost; when it cannot be done in time the master"
          + " stays what it is. Needs rwsplit.failover=promote, and the token."
    };
  }

  @Override
  String example() {
    return "switchover replica1 --timeout 30 --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    AgentClient client = AgentClient.of(arguments);
    int seconds = arguments.number(Options.TIMEOUT, 10, 1, MOST_SECONDS);
    String replica = client.replica(arguments.operands().get(0));
    return print(
        client.post(
            "/api/switchover/" + replica,
            Collections.<String, Object>singletonMap("timeoutMillis", seconds * 1000),
            MOST_SECONDS * 1000),
        arguments,
        console);
  }

  /** What was changed; the exit code. */
  static int print(JsonView answer, Arguments arguments, Console console) {
    boolean done = answer.get("done").isTrue();
    if (arguments.has(Options.JSON)) {
      console.line(answer.toString());
    } else {
      console.line((done ? "Done: " : "Not done: ") + answer.get("summary").text());
      for (JsonView step : answer.get("steps").list()) {
        console.line("  - " + step.text());
      }
      String orphans = answer.get("orphans").text();
      if (orphans != null) {
        console.line("orphaned transactions: " + orphans);
      }
    }
    return done ? ExitCode.OK : ExitCode.FINDINGS;
  }
}
