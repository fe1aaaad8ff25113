package io.rwsplit.cli;

/** What a running agent does, at a glance. */
final class StatusCommand extends Command {
  StatusCommand() {
    super("status", "", "shows what a running agent does", Options.client(Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Shows master and replicas of each group: who serves, how far behind it is, how many reads it"
          + " has had, how many connections of its pool are in use, and why it does not serve.",
      "With --json: what the agent answers to /api/status, /api/database/replication/status and"
          + " /api/database/replication/metrics, as \"status\", \"replication\" and \"metrics\"."
    };
  }

  @Override
  String example() {
    return "status --url http://127.0.0.1:9393";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    JsonView all = StatusView.ask(AgentClient.of(arguments));
    if (arguments.has(Options.JSON)) {
      console.line(all.toString());
    } else {
      StatusView.print(all, console);
    }
    return ExitCode.OK;
  }
}
