package io.rwsplit.cli;

/** The most frequent statements. */
final class TopCommand extends Command {
  private static final Option LIMIT =
      Option.of("--limit", "N", "how many, 1 to 1000; 20 by default");

  TopCommand() {
    super(
        "top",
        "",
        "lists the most frequent statements, and where they ran",
        Options.client(LIMIT, Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Lists the most frequent statements of the application, literals left out: how often each ran,"
          + " what part of that on replicas, and the main reason for the rest to stay."
    };
  }

  @Override
  String example() {
    return "top --limit 5 --url http://127.0.0.1:9393";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    int limit = arguments.number(LIMIT, 20, 1, 1000);
    JsonView all = AgentClient.of(arguments).get("/api/statements?limit=" + limit);
    if (arguments.has(Options.JSON)) {
      console.line(all.toString());
      return ExitCode.OK;
    }
    for (JsonView group : all.get("groups").list()) {
      String name = group.get("name").text();
      if (!name.isEmpty()) {
        console.line("group " + name);
      }
      TextTable table = new TextTable("times>", "replicas>", "stays for", "statement");
      for (JsonView each : group.get("statements").list()) {
        table.add(
            Texts.count(each.get("executions").number()),
            Texts.share(each.get("replicaShare").decimal()),
            each.get("masterReason").text(),
            each.get("statement").text());
      }
      table.print(console);
    }
    return ExitCode.OK;
  }
}
