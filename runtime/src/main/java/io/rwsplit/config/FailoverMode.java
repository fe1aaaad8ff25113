package io.rwsplit.config;

/** What is done when another server than the configured one is, or has to become, the master. */
public enum FailoverMode {
  /** Nothing: the configured master is the master. */
  OFF("off"),
  /** Somebody else promotes; the application's connections go where the master is. */
  FOLLOW("follow"),
  /** As {@link #FOLLOW}, and a replica is promoted when the master is gone. */
  PROMOTE("promote");

  private final String text;

  FailoverMode(String text) {
    this.text = text;
  }

  /** True when the master may be another node than the configured one. */
  public boolean isOn() {
    return this != OFF;
  }

  @Override
  public String toString() {
    return text;
  }
}
