package io.rwsplit.compare;

import java.util.Locale;

/** Why a comparison has told nothing. */
public enum Undecided {
  /** It has rows that two servers with the same data may choose differently. */
  NO_TOTAL_ORDER("limits its rows, and their order may not be total"),
  /** Its functions depend on chance, time or the order of rows. */
  NOT_DETERMINISTIC("calls functions that depend on chance, time or the order of rows"),
  /** It asks for what only one server, or one session, can answer. */
  OF_THE_SERVER("reads what belongs to one server or session"),
  /** More rows or bytes than are compared. */
  TOO_LARGE("has a result that is too large"),
  /** The rows changed on the master between its two readings. */
  CHANGING("its rows kept changing"),
  /** The replica did not get to where the master was in time. */
  BEHIND("the replica did not get to where the master was in time"),
  /** A difference, but nobody can tell whether the replica should have had the rows by then. */
  NO_POSITION("differed, while positions are not known"),
  /** Master or replica could not be asked. */
  UNAVAILABLE("master or replica could not be asked"),
  /** It failed on the master, or took too long. */
  FAILED("failed on the master or took too long there"),
  /** It failed on the replica, or took too long. */
  REPLICA_FAILED("failed on the replica or took too long there");

  private final String text;

  Undecided(String text) {
    this.text = text;
  }

  /** A few words. */
  public String text() {
    return text;
  }

  /** As in {@code no-total-order}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
