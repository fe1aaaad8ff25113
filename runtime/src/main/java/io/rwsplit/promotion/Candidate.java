package io.rwsplit.promotion;

/** One configured node as a decision sees it. Immutable. */
final class Candidate {
  final String name;

  /** The lowest goes first among equals. */
  final int priority;

  final NodeReport report;

  /** Host and port under which the other servers reach it. */
  final String address;

  /** For how long it has not answered, in nanoseconds; 0 when it did the last time. */
  final long silentNanos;

  /** True when it has answered this JVM once, as a master. */
  final boolean seenAsMaster;

  /**
   * How much older what it holds is than what the master was last seen to have, in nanoseconds;
   * negative when that is not known.
   */
  final long lagNanos;

  Candidate(
      String name,
      int priority,
      String address,
      NodeReport report,
      long silentNanos,
      boolean seenAsMaster,
      long lagNanos) {
    this.name = name;
    this.priority = priority;
    this.address = address;
    this.report = report;
    this.silentNanos = silentNanos;
    this.seenAsMaster = seenAsMaster;
    this.lagNanos = lagNanos;
  }
}
