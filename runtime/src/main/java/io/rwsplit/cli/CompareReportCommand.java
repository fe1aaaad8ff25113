package io.rwsplit.cli;

import java.util.ArrayList;
import java.util.List;

/** What comparing reads has found. */
final class CompareReportCommand extends Command {
  private static final Option LIMIT =
      Option.of("--limit", "N", "how many differences are listed, 1 to 20; 10 by default");

  CompareReportCommand() {
    super(
        "compare-report",
        "",
        "shows whether replicas answered like the master (rwsplit.read.compare)",
        Options.client(LIMIT, Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Shows what an agent with rwsplit.read.compare has found: how many reads it has run again on"
          + " master and replica, what was undecided and why, and the newest differences, without"
          + " values. Exit code 1 when a difference still stands, or nothing is compared."
    };
  }

  @Override
  String example() {
    return "compare-report --url http://127.0.0.1:9393";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    int limit = arguments.number(LIMIT, 10, 1, 20);
    JsonView all = AgentClient.of(arguments).get("/api/compare");
    boolean json = arguments.has(Options.JSON);
    if (json) {
      console.line(all.toString());
    }
    boolean any = false;
    long standing = 0;
    for (JsonView group : all.get("groups").list()) {
      JsonView report = group.get("report");
      any |= !report.isNothing();
      for (JsonView replica : report.isNothing() ? none() : report.get("replicas").list()) {
        standing += replica.get("standing").number();
      }
      if (!json) {
        print(group.get("name").text(), report, limit, console);
      }
    }
    if (!json && all.get("groups").list().isEmpty()) {
      console.line("The application has not connected to its master yet.");
    }
    return any && standing == 0 ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private static List<JsonView> none() {
    return new ArrayList<>();
  }

  private static void print(String name, JsonView report, int limit, Console console) {
    String group = name.isEmpty() ? "" : "group " + name + ": ";
    if (report.isNothing()) {
      console.line(group + "compares nothing; start the application with rwsplit.read.compare");
      return;
    }
    console.line(
        group
            + Texts.count(report.get("compared").number())
            + " reads compared with the master: "
            + Texts.count(report.get("same").number())
            + " the same, "
            + Texts.count(report.get("different").number())
            + " different, "
            + Texts.count(report.get("undecided").number())
            + " undecided.");
    console.line("");
    TextTable replicas = new TextTable("replica", "differences that stand>");
    for (JsonView each : report.get("replicas").list()) {
      replicas.add(each.get("name").text(), Texts.count(each.get("standing").number()));
    }
    replicas.print(console);
    causes(report.get("causes"), console);
    differences(report, limit, console);
  }

  private static void causes(JsonView causes, Console console) {
    TextTable table = new TextTable("undecided>", "because");
    boolean any = false;
    for (String cause : causes.names()) {
      long count = causes.get(cause).number();
      if (count > 0) {
        any = true;
        table.add(Texts.count(count), cause);
      }
    }
    if (any) {
      console.line("");
      table.print(console);
    }
  }

  private static void differences(JsonView report, int limit, Console console) {
    TextTable table =
        new TextTable("replica", "stands", "only master>", "only here>", "columns", "statement");
    int left = limit;
    for (JsonView each : report.get("differences").list()) {
      if (left-- > 0) {
        table.add(
            each.get("replica").text(),
            each.get("stands").isTrue() ? "yes" : "no",
            Texts.count(each.get("onlyMaster").number()),
            Texts.count(each.get("onlyReplica").number()),
            each.get("columns").joined(),
            each.get("statement").text());
      }
    }
    if (left < limit) {
      console.line("");
      table.print(console);
    }
  }
}
