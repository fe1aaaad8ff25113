package io.rwsplit.consistency;

/** How much of its master's history a server holds. Implementations are immutable. */
public interface Position {
  /** True when a server at this position holds everything that one at the other position holds. */
  boolean includes(Position other);

  /**
   * Bytes of log from here to a position ahead; 0 when it is not ahead, or positions are no bytes.
   */
  long bytesTo(Position ahead);
}
