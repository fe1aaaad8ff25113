package io.rwsplit.replication;

/**
 * What a replica holds: its own log state, and the place in the master's log it equals. Immutable.
 */
final class PositionRecord {
  final long sequence;

  /** True when the replica's database file alone, with an empty log, is at {@link #master}. */
  final boolean wholeWithoutLog;

  final long replicaSalts;
  final int replicaFrame;
  final LogPosition master;

  /**
   * Modification time of the database file in nanoseconds when this was written, 0 when it was not
   * settled: only an unchanged file may be resumed without its log.
   */
  final long settledTime;

  PositionRecord(
      long sequence,
      boolean wholeWithoutLog,
      long replicaSalts,
      int replicaFrame,
      LogPosition master,
      long settledTime) {
    this.sequence = sequence;
    this.wholeWithoutLog = wholeWithoutLog;
    this.replicaSalts = replicaSalts;
    this.replicaFrame = replicaFrame;
    this.master = master;
    this.settledTime = settledTime;
  }
}
