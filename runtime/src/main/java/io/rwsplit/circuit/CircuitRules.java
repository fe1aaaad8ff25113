package io.rwsplit.circuit;

/** When a circuit opens, and for how long. Immutable; times in nanoseconds. */
public final class CircuitRules {
  /** A pause grows to this many times the first one. */
  private static final int MOST_PAUSES = 64;

  final int faults;
  final long windowNanos;
  final long pauseNanos;

  /**
   * @param faults so many within the window open it; 0: it never opens
   * @param windowNanos also how long a trial lasts
   * @param pauseNanos the first pause; each trial in vain doubles it
   */
  public CircuitRules(int faults, long windowNanos, long pauseNanos) {
    this.faults = faults;
    this.windowNanos = windowNanos;
    this.pauseNanos = pauseNanos;
  }

  /** What follows a pause when its trial was in vain. */
  long longer(long pause) {
    return Math.min(2 * pause, MOST_PAUSES * pauseNanos);
  }
}
