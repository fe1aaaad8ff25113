package io.rwsplit.config;

/** What is wrong with a value, as the continuation of a sentence that names it. */
final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidValue(String problem) {
    super(problem, null, false, false);
  }
}
