package io.rwsplit.config;

import io.rwsplit.engine.Secrets;

/** One thing that is wrong with the configuration, ready to be shown: no secrets. Immutable. */
public final class Fault {
  private static final int LONGEST_VALUE = 200;

  private final String name;
  private final String value;
  private final String problem;
  private final String allowed;

  /**
   * @param name property or environment variable
   * @param value the offending text with secrets masked, or null when there is none
   * @param allowed what would be right, or null
   */
  private Fault(String name, String value, String problem, String allowed) {
    this.name = name;
    this.value = value;
    this.problem = problem;
    this.allowed = allowed;
  }

  static Fault of(String name, String value, String problem, String allowed) {
    boolean secret = Secrets.isSecretName(name);
    return new Fault(name, value == null ? null : shown(value, secret), problem, allowed);
  }

  /** The property's or the environment variable's name. */
  public String name() {
    return name;
  }

  /** The property's value, secrets masked; null when the property is not set. */
  public String value() {
    return value;
  }

  /** What is wrong, as the continuation of a sentence. */
  public String problem() {
    return problem;
  }

  /** What would be right; null when that follows from the problem. */
  public String allowed() {
    return allowed;
  }

  private static String shown(String value, boolean secret) {
    if (secret) {
      return Secrets.MASK;
    }
    String masked = Secrets.mask(value);
    boolean cut = masked.length() > LONGEST_VALUE;
    StringBuilder shown = new StringBuilder(cut ? masked.substring(0, LONGEST_VALUE) : masked);
    for (int i = 0; i < shown.length(); i++) {
      if (Character.isISOControl(shown.charAt(i))) {
        shown.setCharAt(i, '?');
      }
    }
    return cut ? shown.append("...").toString() : shown.toString();
  }

  /** One line, such as {@code rwsplit.lag.max = "5" has no unit (…). Allowed: …}. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(name);
    if (value != null) {
      line.append(" = \"").append(value).append('"');
    }
    line.append(' ').append(problem).append('.');
    if (allowed != null) {
      line.append(" Allowed: ").append(allowed).append('.');
    }
    return line.toString();
  }
}
