package io.rwsplit.log;

/**
 * Builds log lines: {@code [rwsplit] 2026-11-20 12:00:01.123Z INFO message}. Stateless.
 *
 * <p>Times are UTC by arithmetic alone. Asking for the JVM's time zone would fix it ({@code
 * TimeZone.getDefault} writes {@code user.timezone}) before the application had a chance to set its
 * own.
 */
final class LogLine {
  private static final int MAX_FRAMES = 8;
  private static final int MAX_CAUSES = 4;
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final String END = System.lineSeparator();

  private LogLine() {}

  /**
   * @param source the group a line is about, and whom one of third-party code is from; null when
   *     there is nothing to say
   * @param problem may be null
   */
  static String of(
      long epochMillis, LogLevel level, String source, String message, Throwable problem) {
    StringBuilder line = new StringBuilder(160).append("[rwsplit] ");
    appendTime(line, epochMillis);
    line.append(' ').append(level.name());
    line.append(level.name().length() == 4 ? "  " : " ");
    if (source != null) {
      line.append(source).append(": ");
    }
    line.append(message);
    if (problem != null) {
      appendProblem(line, problem);
    }
    return line.append(END).toString();
  }

  /** The date by "civil_from_days" of Howard Hinnant's chrono-compatible calendar algorithms. */
  static void appendTime(StringBuilder to, long epochMillis) {
    long days = Math.floorDiv(epochMillis, MILLIS_PER_DAY);
    int ofDay = (int) Math.floorMod(epochMillis, MILLIS_PER_DAY);
    long z = days + 719_468;
    long era = Math.floorDiv(z, 146_097L);
    long dayOfEra = z - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long marchMonth = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    append(to, year, 4).append('-');
    append(to, month, 2).append('-');
    append(to, day, 2).append(' ');
    append(to, ofDay / 3_600_000, 2).append(':');
    append(to, ofDay / 60_000 % 60, 2).append(':');
    append(to, ofDay / 1_000 % 60, 2).append('.');
    append(to, ofDay % 1_000, 3).append('Z');
  }

  private static StringBuilder append(StringBuilder to, long number, int digits) {
    String text = Long.toString(number);
    for (int i = text.length(); i < digits; i++) {
      to.append('0');
    }
    return to.append(text);
  }

  private static void appendProblem(StringBuilder to, Throwable problem) {
    Throwable cause = problem;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      to.append(END).append(i == 0 ? "    " : "    caused by ").append(textOf(cause));
      StackTraceElement[] frames = cause.getStackTrace();
      for (int f = 0; f < frames.length && f < MAX_FRAMES; f++) {
        to.append(END).append("      at ").append(frames[f]);
      }
      if (frames.length > MAX_FRAMES) {
        to.append(END).append("      ... ").append(frames.length - MAX_FRAMES).append(" more");
      }
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
  }

  private static String textOf(Throwable problem) {
    try {
      return String.valueOf(problem);
    } catch (RuntimeException e) {
      return problem.getClass().getName() + " (its text cannot be had)";
    }
  }
}
