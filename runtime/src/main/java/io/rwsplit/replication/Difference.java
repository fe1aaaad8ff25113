package io.rwsplit.replication;

/** One thing in which a replica differs from its master at one commit. Immutable. */
public final class Difference {
  /** What differs. */
  public enum Kind {
    /** A table, index, view or trigger. */
    SCHEMA,
    /** A row is on both, with other values. */
    ROW_CHANGED,
    /** A row of the master is not on the replica. */
    ROW_MISSING,
    /** A row of the replica is not on the master. */
    ROW_EXTRA,
    /** The replica cannot be read there. */
    UNREADABLE,
    /** A page of the file has other bytes. */
    PAGE
  }

  private final Kind kind;
  private final String where;
  private final String what;

  Difference(Kind kind, String where, String what) {
    this.kind = kind;
    this.where = where;
    this.what = what;
  }

  /** What differs. */
  public Kind kind() {
    return kind;
  }

  /** The table or object, and for rows the range of keys in which it was found; or the page. */
  public String where() {
    return where;
  }

  /** The row's key, or what is to be said of it; no values of the application but keys. */
  public String what() {
    return what;
  }

  @Override
  public String toString() {
    return kind + " " + where + ": " + what;
  }
}
