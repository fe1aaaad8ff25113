package io.rwsplit.promotion;

/** Transactions that a former master has and its successor has not. Immutable. */
public final class Orphans {
  private final long count;
  private final boolean exact;
  private final String text;

  private Orphans(long count, boolean exact, String text) {
    this.count = count;
    this.exact = exact;
    this.text = text;
  }

  static Orphans exactly(long count, String text) {
    return new Orphans(count, true, text);
  }

  static Orphans atLeast(long count, String text) {
    return new Orphans(count, false, text);
  }

  Orphans asLowerBound() {
    return new Orphans(count, false, text);
  }

  static Orphans unknown(String text) {
    return new Orphans(-1, false, text);
  }

  /** How many transactions, at least when not {@link #isExact}; negative when not known. */
  public long count() {
    return count;
  }

  /** True when they were counted on the server that has them. */
  public boolean isExact() {
    return exact;
  }

  boolean isNone() {
    return exact && count == 0;
  }

  /** For people: which, as the engine names them. */
  @Override
  public String toString() {
    return text;
  }
}
