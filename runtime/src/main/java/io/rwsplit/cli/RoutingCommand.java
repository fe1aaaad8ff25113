package io.rwsplit.cli;

import java.util.Collections;

/** Pass-through, and back. */
final class RoutingCommand extends Command {
  RoutingCommand() {
    super(
        "routing",
        "<on|off>",
        "lets all statements go to the master, or routes again",
        Options.client(Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "With off, every statement goes to the master from now on, as the application wrote it"
          + " (pass-through); replicas are still fed and watched. With on, reads are routed again."
          + " It lasts until the application ends. Needs the token."
    };
  }

  @Override
  String example() {
    return "routing off --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    String wanted = arguments.operands().get(0);
    if (!wanted.equals("on") && !wanted.equals("off")) {
      throw CliFault.usage("routing is on or off, not " + wanted);
    }
    JsonView answer =
        AgentClient.of(arguments)
            .post(
                "/api/routing",
                Collections.<String, Object>singletonMap("enabled", wanted.equals("on")),
                0);
    if (arguments.has(Options.JSON)) {
      console.line(answer.toString());
    } else {
      console.line(
          answer.get("routing").isTrue()
              ? "Routing is on: reads go to replicas."
              : "Routing is off: every statement goes to the master.");
    }
    return ExitCode.OK;
  }
}
