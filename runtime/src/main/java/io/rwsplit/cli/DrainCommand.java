package io.rwsplit.cli;

import java.util.Collections;

/** Gives a replica no further reads, or lets it serve again. */
final class DrainCommand extends Command {
  private final boolean drains;

  /**
   * @param name drain or enable
   */
  DrainCommand(String name) {
    super(
        name,
        "<replica>",
        name.equals("drain")
            ? "gives a replica no further reads"
            : "lets a drained replica serve again",
        Options.client(Options.GROUP));
    this.drains = name.equals("drain");
  }

  @Override
  String[] about() {
    return new String[] {
      drains
          ? "Gives a replica no further reads; those under way end. It is still fed and watched, and"
              + " `enable` lets it serve again. It lasts until the application ends. Needs the token."
          : "Lets a replica serve again that was drained, as soon as it is healthy. Needs the token."
    };
  }

  @Override
  String example() {
    return name() + " replica1 --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    AgentClient client = AgentClient.of(arguments);
    String replica = client.replica(arguments.operands().get(0));
    JsonView answer =
        client.post(
            "/api/replicas/" + replica + "/" + name(), Collections.<String, Object>emptyMap(), 0);
    if (arguments.has(Options.JSON)) {
      console.line(answer.toString());
      return ExitCode.OK;
    }
    long inUse = answer.get("connectionsInUse").number();
    console.line(
        drains
            ? replica
                + " gets no further reads; "
                + (inUse == 0 ? "none is under way." : inUse + " of its connections are in use.")
            : replica
                + (answer.get("inService").isTrue()
                    ? " serves reads."
                    : " may serve, and does not yet: " + answer.get("standing").text() + "."));
    return ExitCode.OK;
  }
}
