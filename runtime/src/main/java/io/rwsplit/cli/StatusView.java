package io.rwsplit.cli;

import java.util.ArrayList;
import java.util.List;

/** The groups of a running agent at a glance. Stateless. */
final class StatusView {
  private StatusView() {}

  /** What the agent says; three answers in one object. */
  static JsonView ask(AgentClient client) throws CliFault {
    Answers answers = new Answers();
    answers.put("status", client.get("/api/status"));
    answers.put("replication", client.get("/api/database/replication/status"));
    answers.put("metrics", client.get("/api/database/replication/metrics"));
    return answers.all();
  }

  static void print(JsonView all, Console console) {
    JsonView status = all.get("status");
    console.line(
        "rwsplit "
            + status.get("version").text()
            + ", up "
            + Texts.duration(status.get("upSeconds").number()));
    for (JsonView each : status.get("loadedBefore").list()) {
      console.line(loadedBefore(each));
    }
    List<JsonView> groups = status.get("groups").list();
    List<JsonView> failed = status.get("notStarted").list();
    for (JsonView each : failed) {
      console.line(notStarted(each));
    }
    if (groups.isEmpty() && failed.isEmpty()) {
      console.line("The application has not connected to its master yet.");
    }
    for (JsonView group : groups) {
      console.line("");
      print(group, of(all.get("replication"), group), of(all.get("metrics"), group), console);
    }
  }

  private static String notStarted(JsonView group) {
    String name = group.get("name").text();
    JsonView next = group.get("nextTrySeconds");
    return (name.isEmpty() ? "" : "group " + name + ": ")
        + "NOT STARTED, all on the master: "
        + group.get("why").text()
        + (next.isNothing()
            ? "; it takes a restart of the application"
            : "; tried again in " + Texts.duration(next.number()));
  }

  private static String loadedBefore(JsonView driver) {
    String name = driver.get("connection").text();
    switch (driver.get("state").text()) {
      case "managed":
        return "Attached to " + name + ", in use before: older connections stay on the master.";
      case "waiting":
        return "Attaching to " + name + ": waits for calls that began before.";
      default:
        return name + " was loaded before the agent: all of its connections stay as without it.";
    }
  }

  /** The same group in another answer. */
  private static JsonView of(JsonView answer, JsonView group) {
    for (JsonView each : answer.get("groups").list()) {
      if (group.get("name").text().equals(each.get("name").text())) {
        return each;
      }
    }
    return answer.get("none");
  }

  private static void print(
      JsonView group, JsonView replication, JsonView metrics, Console console) {
    String name = group.get("name").text();
    List<String> head = new ArrayList<>();
    head.add((name.isEmpty() ? "" : "group " + name + ": ") + group.get("state").text());
    head.add(group.get("engine").text());
    head.add("routing " + (group.get("routing").isTrue() ? "on" : "OFF: all on the master"));
    head.add("failover " + group.get("failover").text());
    console.line(String.join(", ", head));
    JsonView statements = group.get("statements");
    long faults = group.get("faults").number();
    console.line(
        Texts.count(statements.get("total").number())
            + " statements: "
            + Texts.count(statements.get("onReplicas").number())
            + " on replicas ("
            + Texts.share(statements.get("replicaShare").decimal())
            + "), "
            + Texts.count(statements.get("onMaster").number())
            + " on the master"
            + (faults == 0 ? "" : "; " + faults + " FAULTS of the agent, see the log"));
    TextTable table =
        new TextTable("node", "role", "serves", "lag>", "reads>", "share>", "pool>", "state");
    JsonView master = replication.get("master");
    String where = master.isNothing() ? group.get("master").text() : master.get("name").text();
    boolean there = !master.isNothing() && master.get("available").isTrue();
    table.add(
        where, "master", there ? "writes" : "NO", "", "", "", "", there ? "" : "no master answers");
    for (JsonView replica : replication.get("replicas").list()) {
      add(table, replica, metrics);
    }
    table.print(console);
    String why = replication.get("failover").get("why").text();
    if (why != null) {
      console.line("the master: " + why);
    }
  }

  private static void add(TextTable table, JsonView replica, JsonView metrics) {
    String name = replica.get("name").text();
    JsonView figures = metrics.get("none");
    for (JsonView each : metrics.get("replicas").list()) {
      figures = name.equals(each.get("name").text()) ? each : figures;
    }
    JsonView pool = figures.get("pool");
    String feed = replica.get("feed").get("state").text();
    String standing = replica.get("standing").text();
    String state = feed == null || feed.equals("streaming") ? standing : feed + "; " + standing;
    table.add(
        name,
        replica.get("role").text(),
        replica.get("inService").isTrue() ? "reads" : "NO",
        Texts.lag(replica.get("lag")),
        Texts.count(figures.get("reads").number()),
        Texts.share(figures.get("shareOfReads").decimal()),
        pool.get("inUse").text() + "/" + pool.get("maximum").text(),
        state);
  }
}
