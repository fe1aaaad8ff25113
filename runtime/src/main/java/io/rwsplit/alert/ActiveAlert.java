package io.rwsplit.alert;

/** An alert that lasts, as it is at a moment. Immutable; holds no known secrets. */
public final class ActiveAlert {
  private final AlertKey key;
  private final Severity severity;
  private final String text;
  private final String advice;
  private final long sinceMillis;
  private final boolean told;
  private final String suppressedBy;

  ActiveAlert(
      AlertKey key,
      Severity severity,
      String text,
      String advice,
      long sinceMillis,
      boolean told,
      String suppressedBy) {
    this.key = key;
    this.severity = severity;
    this.text = text;
    this.advice = advice;
    this.sinceMillis = sinceMillis;
    this.told = told;
    this.suppressedBy = suppressedBy;
  }

  /** What it is about, and where. */
  public AlertKey key() {
    return key;
  }

  /** How bad it is now. */
  public Severity severity() {
    return severity;
  }

  /** What is wrong. */
  public String text() {
    return text;
  }

  /** What to do. */
  public String advice() {
    return advice;
  }

  /** Since when, in milliseconds since 1970; for people. */
  public long sinceMillis() {
    return sinceMillis;
  }

  /** False while nothing was said of it: for its cause, or the time since the last notice. */
  public boolean isTold() {
    return told;
  }

  /** What explains it, for which nothing is said of it; null for nothing. */
  public String suppressedBy() {
    return suppressedBy;
  }
}
