package io.rwsplit.config;

/** What is asked of {@code rwsplit.read.compare}. Immutable. */
public final class CompareSettings {
  private final Values values;

  CompareSettings(Values values) {
    this.values = values;
  }

  /** How much of the reads is compared, in hundredths of a percent; 0: nothing. */
  public int hundredths() {
    return (int) values.number(Property.READ_COMPARE);
  }

  /** Comparisons in a second at most. */
  public int perSecond() {
    return (int) values.number(Property.READ_COMPARE_RATE);
  }

  /** What a statement may take, in nanoseconds. */
  public long timeoutNanos() {
    return values.number(Property.READ_COMPARE_TIMEOUT);
  }

  /** True when values of rows may be shown. */
  public boolean showsValues() {
    return values.flag(Property.READ_COMPARE_VALUES);
  }
}
