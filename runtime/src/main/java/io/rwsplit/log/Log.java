package io.rwsplit.log;

import java.io.PrintStream;

/**
 * Where rwsplit's log lines go and which of them: standard error as it was when this class loaded,
 * independent of what the application does to {@code System.err} and of its logging. Thread-safe.
 *
 * <p>Loggers of ours (named {@code io.rwsplit.…}) follow the level; those of third-party code in
 * the jar, wherever it has been relocated to, say WARN and ERROR only, until the level is DEBUG or
 * TRACE. Nothing here throws.
 */
public final class Log {
  private static final PrintStream ERR = System.err;

  private static volatile LogLevel level = LogLevel.INFO;
  private static volatile PrintStream out = ERR;

  private Log() {}

  /** Sets how much is logged from now on, by loggers that exist too. */
  public static void setLevel(LogLevel newLevel) {
    level = newLevel;
  }

  /** How much is logged. */
  public static LogLevel level() {
    return level;
  }

  /** Where lines go: a seam for tests. */
  static void setOutput(PrintStream stream) {
    out = stream == null ? ERR : stream;
  }

  static boolean isEnabled(LogLevel ofLine, boolean thirdParty) {
    LogLevel least = level;
    if (thirdParty && least == LogLevel.INFO) {
      least = LogLevel.WARN;
    }
    return ofLine.compareTo(least) >= 0;
  }

  /** True for loggers of other people's classes, relocated below our package or not. */
  static boolean isThirdParty(String loggerName) {
    return !loggerName.startsWith("io.rwsplit")
        || loggerName.contains(".com.")
        || loggerName.contains(".net.")
        || loggerName.contains(".org.");
  }

  static void write(String line) {
    out.print(line);
  }
}
