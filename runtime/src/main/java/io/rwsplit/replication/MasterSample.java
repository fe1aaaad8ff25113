package io.rwsplit.replication;

/**
 * A reading of the master's log with a ticket that covers all it holds. Immutable; may be asked by
 * any thread.
 */
final class MasterSample {
  private final MasterLog log;
  private final WalIndexHeader header;

  /**
   * Whoever has seen no more than this reading has seen nothing that this ticket does not cover.
   */
  final long ticket;

  MasterSample(MasterLog log, WalIndexHeader header, long ticket) {
    this.log = log;
    this.header = header;
    this.ticket = ticket;
  }

  /** Frames of the log. */
  int frames() {
    return header.maxFrame;
  }

  /**
   * True when the log holds no more now, so that the ticket covers every read that has ended. Reads
   * some bytes of shared memory.
   */
  boolean isCurrent() {
    try {
      return log.isStill(header);
    } catch (InternalError e) {
      // The -shm file was truncated under its mapping: its last user has left.
      return false;
    }
  }
}
