package io.rwsplit.jfr;

/** Something that has happened to a group. Immutable. */
public final class KeptEvent {
  /** What kind of thing it is. */
  public enum Kind {
    /** Another server is the master, or none. */
    FAILOVER,
    /** What feeds a replica does something else. */
    RESYNC,
    /** A replica may serve, or may not any more. */
    HEALTH,
    /** Somebody has changed something from outside. */
    OPERATOR,
    /** The agent leaves the application alone for its own faults, or no longer. */
    CIRCUIT,
    /** Somebody was told of something. */
    ALERT,
    /** A fault of the agent's own. */
    FAULT
  }

  private final long number;
  private final long at;
  private final Kind kind;
  private final boolean trouble;
  private final String node;
  private final String text;

  KeptEvent(long number, Kind kind, boolean trouble, String node, String text) {
    this.number = number;
    this.at = System.nanoTime();
    this.kind = kind;
    this.trouble = trouble;
    this.node = node;
    this.text = text;
  }

  /** Grows with each event of the group. */
  public long number() {
    return number;
  }

  /** When it happened, by {@link System#nanoTime()}. */
  public long at() {
    return at;
  }

  public Kind kind() {
    return kind;
  }

  /** True for what somebody may have to do something about. */
  public boolean isTrouble() {
    return trouble;
  }

  /** The node it speaks of; null when it speaks of none. */
  public String node() {
    return node;
  }

  /** What has happened, for people; without secrets and literals. */
  public String text() {
    return text;
  }
}
