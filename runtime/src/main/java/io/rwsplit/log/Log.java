package io.rwsplit.log;

import java.io.PrintStream;
import java.util.Arrays;

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

  private static final int LEAST_SECRET = 6;

  /** Applications that make passwords as they go must not fill the memory. */
  private static final int MOST_SECRETS = 256;

  private static volatile String[] secrets = new String[0];
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
    return !loggerName.startsWith("io.rwsplit.") || loggerName.startsWith("io.rwsplit.shaded.");
  }

  /**
   * From now on a text that must not be shown is in no line, whoever says it: exceptions of drivers
   * may quote what they were given. One of few characters is left alone, since it would be found in
   * everything; one that is a common word where it is a part of a longer one, see {@link
   * Concealing}.
   *
   * @param secret null for none
   */
  public static void conceal(String secret) {
    if (secret == null || secret.length() < LEAST_SECRET) {
      return;
    }
    synchronized (Log.class) {
      String[] known = secrets;
      for (String each : known) {
        if (each.equals(secret)) {
          return;
        }
      }
      if (known.length < MOST_SECRETS) {
        String[] more = Arrays.copyOf(known, known.length + 1);
        int place = known.length;
        // The longer first: one may be part of another.
        for (; place > 0 && known[place - 1].length() < secret.length(); place--) {
          more[place] = known[place - 1];
        }
        more[place] = secret;
        secrets = more;
      }
    }
  }

  /** The text without what is to be concealed; null stays null. */
  public static String concealed(String text) {
    String shown = text;
    for (String secret : secrets) {
      if (shown != null && shown.contains(secret)) {
        shown = Concealing.mask(shown, secret);
      }
    }
    return shown;
  }

  static void write(String line) {
    out.print(concealed(line));
  }
}
