package io.rwsplit.cli;

import java.util.Locale;

/** Numbers as people read them. Stateless. */
final class Texts {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 86_400;

  private Texts() {}

  /** {@code 12,345}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A part of all between 0 and 1, as {@code 83.7 %}. */
  static String share(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** {@code 2 h 3 min}. */
  static String duration(long seconds) {
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + " min " + seconds % MINUTE + " s";
    }
    return seconds < DAY
        ? seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min"
        : seconds / DAY + " d " + seconds % DAY / HOUR + " h";
  }

  /** A lag as the agent tells it. */
  static String lag(JsonView lag) {
    String state = lag.get("state").text();
    if (!"behind".equals(state)) {
      return "up-to-date".equals(state) ? "none" : state;
    }
    double millis = lag.get("milliseconds").decimal();
    return millis < 1000
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  /** {@code 1.5 GiB}. */
  static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double shown = bytes;
    int unit = 0;
    while (shown >= 1024 && unit < units.length - 1) {
      shown /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", shown, units[unit]);
  }

  static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
