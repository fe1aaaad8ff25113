package io.rwsplit.cli;

import io.rwsplit.config.NearestName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Says what there is, and how it is used. */
final class HelpCommand extends Command {
  private static final String JAR = "java -jar rwsplit.jar ";
  private static final int WIDEST = 100;

  private final Map<String, Command> commands;

  HelpCommand(Map<String, Command> commands) {
    super("help", "[command]", "says more of a command", Collections.<Option>emptyList());
    this.commands = commands;
  }

  @Override
  String[] about() {
    return new String[] {"Lists the commands, or explains one."};
  }

  @Override
  String example() {
    return "help verify";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    if (arguments.operands().isEmpty()) {
      printAll(commands.values(), console);
      return ExitCode.OK;
    }
    String name = arguments.operands().get(0);
    Command command = commands.get(name);
    if (command == null) {
      String nearest = NearestName.of(name, commands.keySet());
      throw CliFault.usage(
          "there is no command " + name + (nearest == null ? "" : "; perhaps you mean " + nearest));
    }
    print(command, console);
    return ExitCode.OK;
  }

  static void printAll(Collection<Command> commands, Console console) {
    console.line("rwsplit " + Cli.version() + ": the command line of rwsplit.jar");
    console.line("");
    console.line("As an agent:  java -javaagent:rwsplit.jar -Drwsplit.master=... -jar app.jar");
    console.line("As a tool:    " + JAR + "<command> [options]");
    console.line("");
    int width = 0;
    for (Command command : commands) {
      width = Math.max(width, synopsis(command).length());
    }
    for (Command command : commands) {
      row("  " + padded(synopsis(command), width) + "  ", command.summary(), console);
    }
    console.line("");
    paragraph("Begin with: " + JAR + "help verify", console);
    paragraph(ExitCode.TEXT, console);
  }

  private static String synopsis(Command command) {
    return command.operands().isEmpty()
        ? command.name()
        : command.name() + " " + command.operands();
  }

  private static void print(Command command, Console console) {
    boolean options = !command.options().isEmpty();
    console.line(JAR + synopsis(command) + (options ? " [options]" : ""));
    console.line("");
    for (String paragraph : command.about()) {
      paragraph(paragraph, console);
      console.line("");
    }
    int width = 0;
    for (Option option : command.options()) {
      width = Math.max(width, option.toString().length());
    }
    for (Option option : command.options()) {
      row("  " + padded(option.toString(), width) + "  ", option.meaning, console);
    }
    if (options) {
      console.line("");
    }
    console.line("Example: " + JAR + command.example());
    paragraph(ExitCode.TEXT, console);
  }

  private static void row(String head, String text, Console console) {
    List<String> lines = Wrapped.lines(text, width(console) - head.length());
    for (int i = 0; i < lines.size(); i++) {
      console.line((i == 0 ? head : padded("", head.length())) + lines.get(i));
    }
  }

  private static void paragraph(String text, Console console) {
    for (String line : Wrapped.lines(text, width(console))) {
      console.line(line);
    }
  }

  private static int width(Console console) {
    return Math.min(WIDEST, console.width());
  }

  private static String padded(String text, int width) {
    StringBuilder padded = new StringBuilder(text);
    while (padded.length() < width) {
      padded.append(' ');
    }
    return padded.toString();
  }
}
