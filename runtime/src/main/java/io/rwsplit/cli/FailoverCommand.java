package io.rwsplit.cli;

import java.util.Collections;

/** Makes a replica the master although the master does not answer. */
final class FailoverCommand extends Command {
  private static final int MOST_MILLIS = 600_000;

  FailoverCommand() {
    super(
        "failover",
        "[replica]",
        "makes a replica the master when the master is gone",
        Options.client(Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Makes a replica the master although the master does not answer, and nobody has decided it."
          + " What the old master had and the replica has not is lost; it is reported. While the"
          + " master lives, use `switchover`. Without a replica's name it lists how far each is, and"
          + " changes nothing. Needs rwsplit.failover=promote, and the token."
    };
  }

  @Override
  String example() {
    return "failover replica1 --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    AgentClient client = AgentClient.of(arguments);
    if (arguments.operands().isEmpty()) {
      return list(client.get("/api/database/replication/status"), arguments, console);
    }
    String replica = client.replica(arguments.operands().get(0));
    return SwitchoverCommand.print(
        client.post(
            "/api/failover/" + replica, Collections.<String, Object>emptyMap(), MOST_MILLIS),
        arguments,
        console);
  }

  private static int list(JsonView status, Arguments arguments, Console console) {
    if (arguments.has(Options.JSON)) {
      console.line(status.toString());
      return ExitCode.FINDINGS;
    }
    for (JsonView group : status.get("groups").list()) {
      JsonView failover = group.get("failover");
      String decision = failover.get("decision").text();
      console.line(
          failover.isNothing()
              ? "This group has no failover (rwsplit.failover=promote)."
              : "decision: " + (decision == null ? "somebody else promotes" : decision));
      TextTable table = new TextTable("replica", "serves", "lag>", "position");
      for (JsonView replica : group.get("replicas").list()) {
        table.add(
            replica.get("name").text(),
            replica.get("inService").isTrue() ? "reads" : "NO",
            Texts.lag(replica.get("lag")),
            replica.get("position").text());
      }
      table.print(console);
    }
    console.line("Nothing was changed; name the replica that is to be the master.");
    return ExitCode.FINDINGS;
  }
}
