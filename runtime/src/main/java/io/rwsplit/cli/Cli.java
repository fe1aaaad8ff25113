package io.rwsplit.cli;

import io.rwsplit.config.NearestName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line. Used by one thread. */
public final class Cli {
  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final Console console;

  Cli(Console console) {
    this.console = console;
    Command[] all = {
      new VerifyCommand(),
      new CheckDataCommand(),
      new StatusCommand(),
      new WatchCommand(),
      new TopCommand(),
      new ExplainCommand(),
      new ObserveReportCommand(),
      new CompareReportCommand(),
      new ReloadCommand(),
      new ReadPercentCommand(),
      new RoutingCommand(),
      new DrainCommand("drain"),
      new DrainCommand("enable"),
      new SyncCommand(),
      new ResyncCommand(),
      new SwitchoverCommand(),
      new FailoverCommand()
    };
    for (Command command : all) {
      commands.put(command.name(), command);
    }
    Command help = new HelpCommand(commands);
    commands.put(help.name(), help);
  }

  /** Runs a command and ends the process. */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    int code = new Cli(console).run(Arrays.asList(arguments));
    System.exit(code);
  }

  /** Runs a command; the exit code. */
  int run(List<String> words) {
    try {
      if (words.isEmpty()) {
        HelpCommand.printAll(commands.values(), console);
        return ExitCode.USAGE;
      }
      String name = words.get(0);
      if (name.equals("--version") || name.equals("-V")) {
        console.line("rwsplit " + version());
        return ExitCode.OK;
      }
      List<String> rest = new ArrayList<>(words.subList(1, words.size()));
      if (name.equals("--help") || name.equals("-h")) {
        name = "help";
      } else if (rest.contains("--help") && !name.equals("help")) {
        rest = Arrays.asList(name);
        name = "help";
      }
      Command command = find(name);
      return command.run(Arguments.parse(command, rest), console);
    } catch (CliFault e) {
      console.complain("rwsplit: " + e.getMessage());
      if (e.exitCode() == ExitCode.USAGE) {
        console.complain("See: java -jar rwsplit.jar help" + helpOf(words));
      }
      return e.exitCode();
    }
  }

  private String helpOf(List<String> words) {
    return commands.containsKey(words.get(0)) ? " " + words.get(0) : "";
  }

  private Command find(String name) throws CliFault {
    Command command = commands.get(name);
    if (command != null) {
      return command;
    }
    String nearest = NearestName.of(name, commands.keySet());
    throw CliFault.usage(
        "there is no command " + name + (nearest == null ? "" : "; perhaps you mean " + nearest));
  }

  /** The jar's version. */
  static String version() {
    try (InputStream in = Cli.class.getResourceAsStream("/io/rwsplit/http/version.txt")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int c = in == null ? -1 : in.read(); c >= 0; c = in.read()) {
        all.write(c);
      }
      return all.toString("UTF-8").trim();
    } catch (IOException e) {
      return "?";
    }
  }
}
