package io.rwsplit.cli;

import io.rwsplit.config.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a command was called with. Read-only once it was parsed. */
final class Arguments {
  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();

  private Arguments() {}

  /**
   * Parses what follows the command's name. {@code -Dname=value} becomes a system property, as
   * before {@code -jar}: it is easily put behind it.
   *
   * @throws CliFault for what the command does not know
   */
  static Arguments parse(Command command, List<String> words) throws CliFault {
    Arguments arguments = new Arguments();
    boolean onlyOperands = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (onlyOperands || !word.startsWith("-") || word.equals("-")) {
        arguments.operands.add(word);
      } else if (word.equals("--")) {
        onlyOperands = true;
      } else if (word.startsWith("-D")) {
        property(word);
      } else {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = find(command, name);
        String value = equals < 0 ? null : word.substring(equals + 1);
        if (option.value == null && value != null) {
          throw CliFault.usage(name + " takes no value");
        }
        if (option.value != null && value == null) {
          if (++i == words.size()) {
            throw CliFault.usage(name + " needs a value: " + option);
          }
          value = words.get(i);
        }
        if (arguments.options.containsKey(name)) {
          throw CliFault.usage(name + " is given twice");
        }
        arguments.options.put(name, value == null ? "" : value);
      }
    }
    int least = command.leastOperands();
    int most = command.mostOperands();
    if (arguments.operands.size() < least) {
      throw CliFault.usage(command.name() + " needs " + command.operands());
    }
    if (arguments.operands.size() > most) {
      throw CliFault.usage(
          command.name()
              + (most == 0 ? " takes no \"" : " takes no further \"")
              + arguments.operands.get(most)
              + '"');
    }
    return arguments;
  }

  private static void property(String word) throws CliFault {
    int equals = word.indexOf('=');
    if (equals < 3) {
      throw CliFault.usage("-D is to be as in -Drwsplit.name=value");
    }
    System.setProperty(word.substring(2, equals), word.substring(equals + 1));
  }

  private static Option find(Command command, String name) throws CliFault {
    List<String> known = new ArrayList<>();
    for (Option option : command.options()) {
      if (option.name.equals(name)) {
        return option;
      }
      known.add(option.name);
    }
    String nearest = NearestName.of(name, known);
    throw CliFault.usage(
        command.name()
            + " has no option "
            + name
            + (nearest == null ? "" : "; perhaps you mean " + nearest));
  }

  boolean has(Option option) {
    return options.containsKey(option.name);
  }

  /** The option's value; null when it is not given. */
  String get(Option option) {
    return options.get(option.name);
  }

  /**
   * The option's value as a whole number.
   *
   * @throws CliFault when it is none between the bounds
   */
  int number(Option option, int usual, int least, int most) throws CliFault {
    String text = get(option);
    if (text == null) {
      return usual;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw CliFault.usage(option.name + " is a whole number, " + least + " to " + most);
  }

  /** What is no option, in order. */
  List<String> operands() {
    return operands;
  }
}
