package io.rwsplit.sql;

/**
 * The advice a comment of the text gives: {@code /* rwsplit:master *}{@code /}, {@code
 * rwsplit:replica} or {@code rwsplit:replica=NAME}.
 *
 * <p>Advice only: a replica hint changes nothing about what a statement is. Of several hints in one
 * text {@code master} wins, then the last one. Immutable.
 */
public final class Hint {
  /** What a comment with a hint begins with, in any case. */
  static final String PREFIX = "rwsplit";

  /** Chars of a comment that are looked at. */
  static final int MAX_CHARS = 200;

  /** No hint. */
  public static final Hint NONE = new Hint(false, false, null);

  /** To the master, whatever the statement is. */
  public static final Hint MASTER = new Hint(true, false, null);

  /** A replica is wanted where one is allowed. */
  public static final Hint REPLICA = new Hint(false, true, null);

  private final boolean master;
  private final boolean replica;
  private final String name;

  private Hint(boolean master, boolean replica, String name) {
    this.master = master;
    this.replica = replica;
    this.name = name;
  }

  /** The replica of this name is wanted where one is allowed. */
  static Hint replica(String name) {
    return new Hint(false, true, name);
  }

  /** This hint together with a later comment that begins with {@link #PREFIX}. */
  Hint and(String comment) {
    String text = comment.substring(PREFIX.length()).trim();
    if (!text.startsWith(":") || master) {
      return this;
    }
    text = text.substring(1).trim();
    String lower = Ascii.lower(text);
    if (lower.equals("master")) {
      return MASTER;
    }
    if (!lower.startsWith("replica")) {
      return this;
    }
    String rest = text.substring("replica".length()).trim();
    if (rest.isEmpty()) {
      return REPLICA;
    }
    String target = rest.startsWith("=") ? rest.substring(1).trim() : "";
    return target.isEmpty() ? this : replica(target);
  }

  /** True when there is no hint. */
  public boolean isNone() {
    return !master && !replica;
  }

  /** True for {@code rwsplit:master}. */
  public boolean isMaster() {
    return master;
  }

  /** True for {@code rwsplit:replica}, with or without a name. */
  public boolean isReplica() {
    return replica;
  }

  /** The wanted replica's name as written, or null. */
  public String replicaName() {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hint && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    if (master) {
      return "master";
    }
    return replica ? (name == null ? "replica" : "replica=" + name) : "none";
  }
}
