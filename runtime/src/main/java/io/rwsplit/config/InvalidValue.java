package io.rwsplit.config;

/** What is wrong with a value, as the continuation of a sentence that names it. */
final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;

  /** What would be right; null: what the property allows. */
  private final String allowed;

  InvalidValue(String problem) {
    this(problem, null);
  }

  InvalidValue(String problem, String allowed) {
    super(problem, null, false, false);
    this.allowed = allowed;
  }

  /** What would be right, where that is not what the property allows. */
  String allowedOr(String usual) {
    return allowed == null ? usual : allowed;
  }
}
