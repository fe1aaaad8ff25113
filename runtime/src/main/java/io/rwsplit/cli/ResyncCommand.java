package io.rwsplit.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a replica equal to the master, whatever it holds. */
final class ResyncCommand extends Command {
  private static final Option REBUILD =
      Option.flag("--rebuild", "makes a new file instead of writing what differs");

  ResyncCommand() {
    super(
        "resync",
        "<replica>",
        "compares a replica with the master, and writes what differs (SQLite)",
        Options.client(REBUILD, Options.TIMEOUT, Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Compares a replica with the master page by page and writes the pages that differ; meanwhile"
          + " it serves no reads. `all` stands for every replica. Exit code 1 when it was not done in"
          + " time; it goes on then. For SQLite, where the agent feeds the replicas. Needs the token."
    };
  }

  @Override
  String example() {
    return "resync replica1 --timeout 300 --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    AgentClient client = AgentClient.of(arguments);
    int seconds = arguments.number(Options.TIMEOUT, 10, 1, 600);
    String name = arguments.operands().get(0);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("mode", arguments.has(REBUILD) ? "rebuild" : "resync");
    body.put("timeoutMillis", seconds * 1000);
    if (!name.equals("all")) {
      body.put("replica", client.replica(name));
    }
    return SyncCommand.print(
        client.post("/api/force-sync", body, seconds * 1000), arguments, console);
  }
}
