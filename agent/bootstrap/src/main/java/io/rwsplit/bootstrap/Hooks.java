package io.rwsplit.bootstrap;

/** The one static entry of woven code that has no hook at hand yet. Thread-safe. */
public final class Hooks {
  private static volatile HookFactory factory = HookFactory.NONE;

  private Hooks() {}

  /** The installed factory; {@link HookFactory#NONE} before installation; never null. */
  public static HookFactory factory() {
    return factory;
  }

  /** Installs the runtime's factory. */
  public static void install(HookFactory installed) {
    factory = installed;
  }
}
