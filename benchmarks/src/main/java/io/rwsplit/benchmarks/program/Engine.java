package io.rwsplit.benchmarks.program;

import java.util.Locale;

/** The databases that are measured. */
public enum Engine {
  SQLITE,
  /** In memory, in the measured process. */
  H2,
  POSTGRESQL;

  /** The engine that a JDBC URL means, also one of a driver that wraps another's. */
  public static Engine of(String url) {
    if (url.contains(":sqlite:")) {
      return SQLITE;
    }
    return url.contains(":h2:") ? H2 : POSTGRESQL;
  }

  /** As tables and options name it. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
