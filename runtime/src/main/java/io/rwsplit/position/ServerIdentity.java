package io.rwsplit.position;

/** Which database system a server is, and which line of its history it follows. Immutable. */
final class ServerIdentity {
  static final ServerIdentity UNKNOWN = new ServerIdentity(null, 0);

  /** PostgreSQL's system identifier, which physical replicas share; null when it is not known. */
  final String system;

  /** PostgreSQL's timeline as of the last checkpoint; 0 when it is not known. */
  final long timeline;

  ServerIdentity(String system, long timeline) {
    this.system = system;
    this.timeline = timeline;
  }
}
