package io.rwsplit.report;

/**
 * Figures as text: what {@code String.format} with the root locale would make of them, at a price
 * that a program can pay at its end. The first use of a {@code Formatter} with a number loads the
 * JVM's locale data, some 15 ms of CPU. Stateless.
 */
public final class Figures {
  private Figures() {}

  /** The number with a comma between thousands; not negative. */
  public static String grouped(long number) {
    StringBuilder text = new StringBuilder().append(number);
    for (int i = text.length() - 3; i > 0; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /** What part of {@code all} in percent, with one decimal, rounded half up; 0 of nothing. */
  public static String percent(long part, long all) {
    long tenths = all == 0 ? 0 : (2000 * part + all) / (2 * all);
    return tenths / 10 + "." + tenths % 10 + " %";
  }

  /** Appends the text, with blanks before it up to {@code width} characters. */
  public static StringBuilder right(StringBuilder to, String text, int width) {
    return blanks(to, width - text.length()).append(text);
  }

  /** Appends the text, with blanks behind it up to {@code width} characters. */
  public static StringBuilder left(StringBuilder to, String text, int width) {
    return blanks(to.append(text), width - text.length());
  }

  private static StringBuilder blanks(StringBuilder to, int count) {
    for (int i = 0; i < count; i++) {
      to.append(' ');
    }
    return to;
  }
}
