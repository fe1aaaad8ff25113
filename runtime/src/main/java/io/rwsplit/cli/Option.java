package io.rwsplit.cli;

/** An option of a command. Immutable. */
final class Option {
  final String name;

  /** What stands for its value in the help; null for an option without one. */
  final String value;

  final String meaning;

  private Option(String name, String value, String meaning) {
    this.name = name;
    this.value = value;
    this.meaning = meaning;
  }

  /** {@code --name}. */
  static Option flag(String name, String meaning) {
    return new Option(name, null, meaning);
  }

  /** {@code --name value}. */
  static Option of(String name, String value, String meaning) {
    return new Option(name, value, meaning);
  }

  @Override
  public String toString() {
    return value == null ? name : name + " " + value;
  }
}
