package io.rwsplit.cli.data;

/** A column as it is read: as text that tells all of its value. Immutable. */
final class Column {
  final String name;

  /** Gives the value as text; null stays null. */
  final String text;

  Column(String name, String text) {
    this.name = name;
    this.text = text;
  }
}
