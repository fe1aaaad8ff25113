package io.rwsplit.operations;

/** Reads the configuration file again when somebody asks. Thread-safe. */
public abstract class Reloading {
  private static volatile Reloading running;

  /** The one of this JVM; null where there is no configuration file. */
  public static Reloading running() {
    return running;
  }

  /** Called once, where there is a configuration file. */
  public static void runs(Reloading known) {
    running = known;
  }

  /** Path of the file. */
  public abstract String file();

  /** Reads it, and applies what may change; what has faults changes nothing. May take seconds. */
  public abstract ReloadReport now();
}
