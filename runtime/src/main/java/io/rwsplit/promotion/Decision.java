package io.rwsplit.promotion;

/** Whether somebody is to be promoted, and why or why not. Immutable. */
final class Decision {
  private final int node;
  private final boolean calm;
  private final String reason;

  private Decision(int node, boolean calm, String reason) {
    this.node = node;
    this.calm = calm;
    this.reason = reason;
  }

  /** There is a master, and nothing to do. */
  static Decision none(String reason) {
    return new Decision(-1, true, reason);
  }

  /** Something is wrong, and nothing may be done about it. */
  static Decision standStill(String reason) {
    return new Decision(-1, false, reason);
  }

  static Decision promote(int node, String reason) {
    return new Decision(node, false, reason);
  }

  /** True when {@link #node()} is to be promoted. */
  boolean isPromotion() {
    return node >= 0;
  }

  /** True when nothing is wrong. */
  boolean isCalm() {
    return calm;
  }

  int node() {
    return node;
  }

  /** For people; never null. */
  String reason() {
    return reason;
  }

  @Override
  public String toString() {
    return (node < 0 ? calm ? "none: " : "stand still: " : "promote " + node + ": ") + reason;
  }
}
