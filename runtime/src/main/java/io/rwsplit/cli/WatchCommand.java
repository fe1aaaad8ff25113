package io.rwsplit.cli;

/** The same again and again. */
final class WatchCommand extends Command {
  private static final Option COUNT =
      Option.of("--count", "N", "ends after so many; by default only when it is interrupted");
  private static final Option INTERVAL =
      Option.of("--interval", "SECONDS", "the time between two; 2 by default");
  private static final int MOST = 1_000_000;

  WatchCommand() {
    super(
        "watch",
        "",
        "shows the status again and again",
        Options.client(COUNT, INTERVAL, Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Shows what `status` shows, and shows it anew; on a terminal in the same place. While the"
          + " agent does not answer it says so, and goes on.",
    };
  }

  @Override
  String example() {
    return "watch --interval 5 --url http://127.0.0.1:9393";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    AgentClient client = AgentClient.of(arguments);
    int count = arguments.number(COUNT, Integer.MAX_VALUE, 1, MOST);
    int seconds = arguments.number(INTERVAL, 2, 1, MOST);
    int code = ExitCode.OK;
    for (int i = 0; i < count; i++) {
      try {
        if (i > 0) {
          Thread.sleep(seconds * 1000L);
        }
        JsonView all = StatusView.ask(client);
        console.clear();
        if (arguments.has(Options.JSON)) {
          console.line(all.toString());
        } else {
          if (i > 0 && !console.isTerminal()) {
            console.line("");
          }
          StatusView.print(all, console);
        }
        code = ExitCode.OK;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return code;
      } catch (CliFault e) {
        if (e.exitCode() == ExitCode.USAGE) {
          throw e;
        }
        console.clear();
        console.complain("rwsplit: " + e.getMessage());
        code = e.exitCode();
      }
    }
    return code;
  }
}
