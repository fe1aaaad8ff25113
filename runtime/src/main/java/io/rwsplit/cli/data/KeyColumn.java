package io.rwsplit.cli.data;

/** A column of a primary key as rows are ordered by it, and found. Immutable. */
final class KeyColumn {
  final String name;

  /** What rows are ordered by and compared with a parameter. */
  final String order;

  /** What is read to be bound to the parameter. */
  final String read;

  /** The parameter. */
  final String parameter;

  KeyColumn(String name, String order, String read, String parameter) {
    this.name = name;
    this.order = order;
    this.read = read;
    this.parameter = parameter;
  }
}
