package io.rwsplit.benchmarks.program;

import java.util.Set;
import java.util.function.Supplier;

/**
 * A program with its name, the engines it is measured on, and where its reads belong. Immutable.
 */
public final class Case {

  /** Where the agent is to run the statements. */
  public enum Route {
    /** All of them are reads that may leave. */
    REPLICA,
    /** None may leave. */
    MASTER
  }

  private final String name;
  private final Route route;
  private final Set<Engine> engines;
  private final Supplier<Program> supplier;

  Case(String name, Route route, Set<Engine> engines, Supplier<Program> supplier) {
    this.name = name;
    this.route = route;
    this.engines = engines;
    this.supplier = supplier;
  }

  public String name() {
    return name;
  }

  public Route route() {
    return route;
  }

  public boolean runsOn(Engine engine) {
    return engines.contains(engine);
  }

  /** False for what works in many threads at once. */
  public boolean isOneThread() {
    return !name.startsWith("threads");
  }

  Program create() {
    return supplier.get();
  }
}
