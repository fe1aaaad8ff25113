package io.rwsplit.jdbc;

/**
 * What the tickets of one group belong to, from its begin to its end; what threads keep of a group,
 * so that they keep nothing else of it when it is over. Thread-safe.
 */
final class TicketSpace {
  /** Covers what threads have written and read in the same group before it began again. */
  volatile long floor;

  /** True once nobody will ask for its tickets any more. */
  volatile boolean over;
}
