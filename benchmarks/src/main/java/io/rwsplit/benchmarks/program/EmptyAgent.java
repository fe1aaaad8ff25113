package io.rwsplit.benchmarks.program;

import java.lang.instrument.Instrumentation;

/** An agent that does nothing: what it costs is the JVM's own price for any. */
public final class EmptyAgent {
  private EmptyAgent() {}

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    // Nothing.
  }
}
