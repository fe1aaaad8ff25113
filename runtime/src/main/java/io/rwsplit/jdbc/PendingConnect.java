package io.rwsplit.jdbc;

/** A connect to the master that a thread is in the middle of. Immutable. */
final class PendingConnect {
  final Destination destination;

  /** The URL as the application wrote it. */
  final String url;

  /** How many connects surround it, itself counted. */
  final int depth;

  /** The one around it; null for the outermost. */
  final PendingConnect outer;

  PendingConnect(Destination destination, String url, int depth, PendingConnect outer) {
    this.destination = destination;
    this.url = url;
    this.depth = depth;
    this.outer = outer;
  }
}
