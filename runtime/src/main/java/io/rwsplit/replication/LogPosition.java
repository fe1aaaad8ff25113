package io.rwsplit.replication;

/**
 * A place in the master's log: after frame {@code frame} of the log with these salts. Immutable.
 */
final class LogPosition {
  /** Identity of the master file; a replaced file is another generation. */
  final long generation;

  final long salts;
  final int frame;

  /** Running checksum after {@link #frame}; meaningless at frame 0. */
  final long checksum;

  LogPosition(long generation, long salts, int frame, long checksum) {
    this.generation = generation;
    this.salts = salts;
    this.frame = frame;
    this.checksum = checksum;
  }

  static LogPosition of(long generation, WalIndexHeader header) {
    return new LogPosition(generation, header.salts, header.maxFrame, header.frameChecksum);
  }

  @Override
  public String toString() {
    return "frame " + frame + " of log " + Long.toHexString(salts);
  }
}
