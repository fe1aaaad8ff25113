package io.rwsplit.cli;

import java.util.List;

/** One command. Stateless. */
abstract class Command {
  private final String name;
  private final String operands;
  private final String summary;
  private final List<Option> options;

  /**
   * @param operands as in the help: {@code <needed>}, {@code [may be left out]}; empty for none
   * @param summary a line without a full stop
   */
  Command(String name, String operands, String summary, List<Option> options) {
    this.name = name;
    this.operands = operands;
    this.summary = summary;
    this.options = options;
  }

  final String name() {
    return name;
  }

  final String operands() {
    return operands;
  }

  final String summary() {
    return summary;
  }

  final List<Option> options() {
    return options;
  }

  final int leastOperands() {
    return count('<');
  }

  final int mostOperands() {
    return count('<') + count('[');
  }

  private int count(char wanted) {
    int count = 0;
    for (int i = 0; i < operands.length(); i++) {
      count += operands.charAt(i) == wanted ? 1 : 0;
    }
    return count;
  }

  /** What there is to know, by paragraphs. */
  abstract String[] about();

  /** What follows {@code java -jar rwsplit.jar} in an example. */
  abstract String example();

  /** Runs it; the exit code. */
  abstract int run(Arguments arguments, Console console) throws CliFault;
}
