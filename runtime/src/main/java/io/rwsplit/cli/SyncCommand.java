package io.rwsplit.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Waits until replicas have everything. */
final class SyncCommand extends Command {
  SyncCommand() {
    super(
        "sync",
        "",
        "waits until the replicas have all that is committed (SQLite)",
        Options.client(Options.TIMEOUT, Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Lets the agent bring its replicas up to what the master has now, and waits for it. Exit code"
          + " 1 when one has not got there in time. For SQLite, where the agent feeds the replicas."
          + " Needs the token."
    };
  }

  @Override
  String example() {
    return "sync --timeout 30 --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    int seconds = arguments.number(Options.TIMEOUT, 10, 1, 600);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("mode", "sync");
    body.put("timeoutMillis", seconds * 1000);
    return print(
        AgentClient.of(arguments).post("/api/force-sync", body, seconds * 1000),
        arguments,
        console);
  }

  /** What became of each replica; the exit code. */
  static int print(JsonView answer, Arguments arguments, Console console) {
    if (arguments.has(Options.JSON)) {
      console.line(answer.toString());
    } else {
      TextTable table = new TextTable("replica", "done", "state", "lag>", "reason");
      for (JsonView each : answer.get("replicas").list()) {
        table.add(
            each.get("name").text(),
            Texts.yes(each.get("done").isTrue()),
            each.get("state").text(),
            Texts.lag(each.get("lag")),
            each.get("reason").text());
      }
      table.print(console);
    }
    return answer.get("done").isTrue() ? ExitCode.OK : ExitCode.FINDINGS;
  }
}
