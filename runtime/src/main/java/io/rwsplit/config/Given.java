package io.rwsplit.config;

/** A text that was given for a property, and where. Immutable. */
final class Given {
  final String text;

  /** The name under which it was given, with the place when that is no system property. */
  final String where;

  Given(String text, String where) {
    this.text = text;
    this.where = where;
  }
}
