package io.rwsplit.config;

/** A name with its value, and the line it stands in. Immutable. */
final class FileEntry {
  final String name;
  final String value;

  /** From 1. */
  final int line;

  FileEntry(String name, String value, int line) {
    this.name = name;
    this.value = value;
    this.line = line;
  }
}
