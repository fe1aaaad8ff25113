package io.rwsplit.topology;

/** The limits by which one replica's health is judged. Immutable; times in nanoseconds. */
public final class HealthRules {
  final int failures;
  final long patience;
  final long observation;
  final long lagMax;
  final long lagReadmit;

  /**
   * @param failures failed probes in a row that take it out
   * @param patience how long a probe may run
   * @param observation how long it must answer, once it was out for not answering
   * @param lagMax the lag above which it is out
   * @param lagReadmit the lag at which it is back; at most {@code lagMax}
   */
  public HealthRules(int failures, long patience, long observation, long lagMax, long lagReadmit) {
    this.failures = failures;
    this.patience = patience;
    this.observation = observation;
    this.lagMax = lagMax;
    this.lagReadmit = lagReadmit;
  }
}
