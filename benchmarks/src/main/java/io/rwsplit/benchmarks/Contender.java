package io.rwsplit.benchmarks;

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
    return this == PASS || this == ROUTE;
  }

  boolean runsOn(Engine engine) {
    return (this != SHARDINGSPHERE && this != AWS) || engine == Engine.POSTGRESQL;
  }

  String classPath(Engine engine) throws IOException {
    return jars == null ? ClassPaths.of(engine) : ClassPaths.of(engine, jars);
  }

  /** What the measured process is told of the agent. */
  String mode() {
    return isAgent() ? name().toLowerCase(java.util.Locale.ROOT) : "bare";
  }
}
