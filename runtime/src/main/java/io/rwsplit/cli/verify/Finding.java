package io.rwsplit.cli.verify;

/** One thing that was looked at. Immutable. */
public final class Finding {
  /** How it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, with less than could be. */
    WARN,
    /** Does not work. */
    FAIL
  }

  private final Level level;
  private final String subject;
  private final String message;
  private final String remedy;

  Finding(Level level, String subject, String message, String remedy) {
    this.level = level;
    this.subject = subject;
    this.message = message;
    this.remedy = remedy;
  }

  /** How it is. */
  public Level level() {
    return level;
  }

  /** What was looked at. */
  public String subject() {
    return subject;
  }

  /** What was seen. */
  public String message() {
    return message;
  }

  /** What to do about it; null when there is nothing to do. */
  public String remedy() {
    return remedy;
  }
}
