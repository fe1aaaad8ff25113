package io.rwsplit.core;

import io.rwsplit.config.Settings;

/**
 * The lags that deserve an alert, in nanoseconds. Thread-safe; they change with the configuration.
 */
final class LagLimits {
  private volatile long warning;
  private volatile long critical;

  LagLimits(Settings settings) {
    set(settings);
  }

  /** Other limits from now on. */
  void set(Settings settings) {
    warning = settings.lagAlertNanos();
    critical = settings.lagMaxNanos();
  }

  /** A greater lag is a warning; 0: none is. */
  long warning() {
    return warning;
  }

  /** A greater lag is critical. */
  long critical() {
    return critical;
  }
}
