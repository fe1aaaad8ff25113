package io.rwsplit.promotion;

/** When a promotion may happen by itself. Immutable. */
final class PromotionRules {
  /** How long the master must have been silent, in nanoseconds. */
  final long observationNanos;

  /** How old what the new master holds may be at most, in nanoseconds. */
  final long lagMaxNanos;

  /** For how long after one change of masters there is no other, in nanoseconds. */
  final long freezeNanos;

  PromotionRules(long observationNanos, long lagMaxNanos, long freezeNanos) {
    this.observationNanos = observationNanos;
    this.lagMaxNanos = lagMaxNanos;
    this.freezeNanos = freezeNanos;
  }
}
