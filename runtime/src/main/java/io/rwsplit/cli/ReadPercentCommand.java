package io.rwsplit.cli;

import java.util.Collections;
import java.util.Locale;

/** How much of the reads may leave the master. */
final class ReadPercentCommand extends Command {
  ReadPercentCommand() {
    super(
        "read-percent",
        "<percent>",
        "lets so many of a hundred reads go to replicas",
        Options.client(Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Of the reads that may go to replicas, lets so many of a hundred do so; the others stay on the"
          + " master. 0 to 100, with two decimals at most. It lasts until the configuration file says"
          + " something else, or the application ends. Needs the token."
    };
  }

  @Override
  String example() {
    return "read-percent 10 --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    double percent;
    try {
      percent = Double.parseDouble(arguments.operands().get(0));
    } catch (NumberFormatException e) {
      throw CliFault.usage("read-percent is a number from 0 to 100");
    }
    JsonView answer =
        AgentClient.of(arguments)
            .post(
                "/api/read-percent",
                Collections.<String, Object>singletonMap("percent", percent),
                0);
    if (arguments.has(Options.JSON)) {
      console.line(answer.toString());
    } else {
      double now = answer.get("readPercent").decimal();
      String shown = now == Math.rint(now) ? "%.0f" : "%.2f";
      console.line(
          String.format(Locale.ROOT, shown, now)
              + " % of the reads that may go to replicas do so from now on.");
    }
    return ExitCode.OK;
  }
}
