package io.rwsplit.promotion;

/** Where a new master's history left that of the old one, as the table of terms keeps it. */
final class Fork {
  final long line;
  final String text;

  Fork(long line, String text) {
    this.line = line;
    this.text = text;
  }
}
