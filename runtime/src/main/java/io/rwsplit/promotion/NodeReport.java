package io.rwsplit.promotion;

import io.rwsplit.consistency.Position;

/** What one server said of itself, once. Immutable. */
final class NodeReport {
  /** False when it could not be reached, or did not answer in time. */
  final boolean answered;

  /** True when it, or something in its place, answered with a refusal: it runs. */
  final boolean refused;

  /** Why it did not answer, or refused; null when it answered. */
  final String problem;

  /** True when it takes writes of everybody. */
  final boolean writable;

  final Source source;

  /** Host and port it replicates from or is set up to; null when it does not tell. */
  final String sourceAddress;

  /** Everything it will have once it has applied all that it has received; null when unknown. */
  final Position held;

  /** What it has applied; null when unknown. */
  final Position applied;

  /** Why what it has received cannot be applied; null when it can. */
  final String broken;

  /** Why it is kept behind on purpose; null when it is not. */
  final String keptBack;

  /**
   * The line of history it is on, which grows by one with each promotion: PostgreSQL's timeline;
   * elsewhere the newest row of the table of terms, 0 without one.
   */
  final long line;

  /** Tells this server from the others of its replication; null when it does not matter. */
  final String identity;

  /** The server that the newest term names as master, by its identity; null without one. */
  final String leader;

  /** The engine's own account of its history, for finding orphans. */
  final String history;

  /** What all servers of one replication share (PostgreSQL's system identifier); null: unknown. */
  final String system;

  private NodeReport(Builder from) {
    answered = from.answered;
    refused = from.refused;
    problem = from.problem;
    writable = from.writable;
    source = from.source;
    sourceAddress = from.sourceAddress;
    held = from.held;
    applied = from.applied;
    broken = from.broken;
    keptBack = from.keptBack;
    line = from.line;
    identity = from.identity;
    leader = from.leader;
    history = from.history;
    system = from.system;
  }

  /** A server that could not be asked. */
  static NodeReport silent(String problem) {
    Builder builder = new Builder();
    builder.answered = false;
    builder.problem = problem;
    return builder.build();
  }

  /** A server that runs, and refuses to be asked. */
  static NodeReport refusing(String problem) {
    Builder builder = new Builder();
    builder.answered = false;
    builder.refused = true;
    builder.problem = problem;
    return builder.build();
  }

  /** True when it has applied all that it has received, as far as positions tell. */
  boolean hasAppliedAll() {
    return applied != null && held != null && applied.includes(held);
  }

  /** True when it is no master and set up to follow one. */
  boolean isReplica() {
    return answered && !writable && source != Source.NONE;
  }

  /** Collects what a server said. Not thread-safe. */
  static final class Builder {
    boolean answered = true;
    boolean refused;
    String problem;
    boolean writable;
    Source source = Source.UNKNOWN;
    String sourceAddress;
    Position held;
    Position applied;
    String broken;
    String keptBack;
    long line;
    String identity;
    String leader;
    String history;
    String system;

    NodeReport build() {
      return new NodeReport(this);
    }
  }
}
