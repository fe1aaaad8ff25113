package io.rwsplit.alert;

/** When something is said. Immutable; all times in nanoseconds. */
final class AlertRules {
  final long raise;
  final long clear;
  final long cooldown;

  /** One look counts for this long at most: the process may have been stopped in between. */
  final long longestStep;

  AlertRules(long raise, long clear, long cooldown, long longestStep) {
    this.raise = raise;
    this.clear = clear;
    this.cooldown = cooldown;
    this.longestStep = longestStep;
  }
}
