package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Case;
import io.rwsplit.benchmarks.program.Engine;
import java.io.IOException;

/** What a program is measured under. */
enum Contender {
  /** The driver alone; what all others are compared with. */
  BARE("bare", null),
  /** The same again: the noise floor. */
  CONTROL("bare again", null),
  /** The agent with two replicas, switched to pass-through while it runs. */
  PASS("agent, passing through", null),
  /** The agent with two replicas. */
  ROUTE("agent, routing", null),
  /** The agent with one: each read goes where the one before it went, as with bare. */
  ONE_REPLICA("agent, one replica", null),
  /**
   * The driver alone, each operation on the other of two standbys: what it costs to read in turn,
   * whoever does it.
   */
  IN_TURN("bare, standbys in turn", null),
  /** p6spy without a log: its core module alone. */
  P6SPY("p6spy", "p6spy-"),
  /** ShardingSphere-JDBC, splitting reads and writes over the same servers. */
  SHARDINGSPHERE("ShardingSphere-JDBC", ""),
  /** The AWS wrapper with its default plugins. */
  AWS("AWS wrapper", "aws-advanced-jdbc-wrapper-");

  private final String title;
  private final String jars;

  Contender(String title, String jars) {
    this.title = title;
    this.jars = jars;
  }

  String title() {
    return title;
  }

  boolean isAgent() {
    return this == PASS || this == ROUTE || this == ONE_REPLICA;
  }

  boolean isBare() {
    return this == BARE || this == CONTROL || this == IN_TURN;
  }

  boolean runsOn(Engine engine) {
    switch (this) {
      case SHARDINGSPHERE:
      case AWS:
      case ONE_REPLICA:
      case IN_TURN:
        return engine == Engine.POSTGRESQL;
      default:
        return true;
    }
  }

  /** False for what it cannot do. */
  boolean runs(Case which) {
    return this != IN_TURN || (which.route() == Case.Route.REPLICA && which.isOneThread());
  }

  /** How many of the replicas the agent is told of. */
  int replicas() {
    return this == ONE_REPLICA ? 1 : PostgresServers.REPLICAS;
  }

  String classPath(Engine engine) throws IOException {
    return jars == null ? ClassPaths.of(engine) : ClassPaths.of(engine, jars);
  }

  /** What the measured process is told of the agent. */
  String mode() {
    return this == PASS ? "pass" : isAgent() ? "route" : "bare";
  }
}
