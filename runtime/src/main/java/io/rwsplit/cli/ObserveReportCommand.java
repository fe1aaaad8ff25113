package io.rwsplit.cli;

/** What observe mode has counted. */
final class ObserveReportCommand extends Command {
  private static final Option LIMIT =
      Option.of(
          "--limit", "N", "how many statements and tables are listed, 1 to 1000; 10 by default");

  ObserveReportCommand() {
    super(
        "observe-report",
        "",
        "shows what would move to replicas (rwsplit.mode=observe)",
        Options.client(LIMIT, Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Shows what an agent in observe mode has counted: what would move to replicas, what would stay"
          + " and why, by statement, tables that are read soon after they were written, and what"
          + " the gain could be at most. Exit code 1 when no group observes."
    };
  }

  @Override
  String example() {
    return "observe-report --url http://127.0.0.1:9393";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    int limit = arguments.number(LIMIT, 10, 1, 1000);
    JsonView all = AgentClient.of(arguments).get("/api/observe");
    boolean json = arguments.has(Options.JSON);
    if (json) {
      console.line(all.toString());
    }
    int code = ExitCode.FINDINGS;
    for (JsonView group : all.get("groups").list()) {
      JsonView report = group.get("report");
      code = report.isNothing() ? code : ExitCode.OK;
      if (!json) {
        print(group.get("name").text(), report, limit, console);
      }
    }
    if (!json && all.get("groups").list().isEmpty()) {
      console.line("The application has not connected to its master yet.");
    }
    return code;
  }

  private static void print(String name, JsonView report, int limit, Console console) {
    String group = name.isEmpty() ? "" : "group " + name + ": ";
    if (report.isNothing()) {
      console.line(group + "does not observe; start the application with rwsplit.mode=observe");
      return;
    }
    JsonView statements = report.get("statements");
    console.line(
        group
            + Texts.count(statements.get("total").number())
            + " statements in "
            + Texts.duration(report.get("seconds").number())
            + ": "
            + Texts.count(report.get("reads").number())
            + " read, "
            + Texts.count(report.get("writes").number())
            + " may write. "
            + Texts.count(statements.get("wouldMove").number())
            + " would move to replicas ("
            + Texts.share(statements.get("moveShare").decimal())
            + ", "
            + Texts.share(statements.get("moveTimeShare").decimal())
            + " of the time).");
    stays(report, console);
    statements(report, limit, console);
    tables(report, limit, console);
    estimate(report.get("estimate"), console);
  }

  private static void stays(JsonView report, Console console) {
    TextTable table = new TextTable("stay>", "ms>", "because");
    for (JsonView each : report.get("stays").list()) {
      table.add(
          Texts.count(each.get("statements").number()),
          Texts.count(each.get("millis").number()),
          each.get("text").text());
    }
    section(table, console);
  }

  private static void statements(JsonView report, int limit, Console console) {
    TextTable table = new TextTable("times>", "move>", "ms>", "stays for", "statement");
    int left = limit;
    for (JsonView each : report.get("digests").list()) {
      if (left-- > 0) {
        table.add(
            Texts.count(each.get("executions").number()),
            Texts.count(each.get("wouldMove").number()),
            Texts.count(each.get("millis").number()),
            each.get("stayText").text(),
            each.get("statement").text());
      }
    }
    section(table, console);
  }

  private static void tables(JsonView report, int limit, Console console) {
    TextTable table = new TextTable("table", "reads>", "writes>", "reads soon after a write>");
    int left = limit;
    for (JsonView each : report.get("tables").list()) {
      if (left-- > 0) {
        table.add(
            each.get("table").text(),
            Texts.count(each.get("reads").number()),
            Texts.count(each.get("writes").number()),
            Texts.count(each.get("readsAfterWrite").number()));
      }
    }
    section(table, console);
  }

  private static void estimate(JsonView estimate, Console console) {
    TextTable table =
        new TextTable("replicas>", "load of the master>", "of each replica>", "capacity>");
    for (JsonView each : estimate.get("byReplicas").list()) {
      table.add(
          each.get("replicas").text(),
          Texts.share(each.get("masterLoad").decimal()),
          Texts.share(each.get("replicaLoad").decimal()),
          "x " + each.get("capacity").text());
    }
    section(table, console);
    String method = estimate.get("method").text();
    if (method != null) {
      for (String line : Wrapped.lines(method, console.width())) {
        console.line(line);
      }
    }
  }

  private static void section(TextTable table, Console console) {
    console.line("");
    table.print(console);
  }
}
