package io.rwsplit.config;

/** What replicas must have before a commit of the application returns. */
public enum SyncMode {
  /** Nothing. */
  ASYNC("async"),
  /** Some replicas have it, or a time has passed. */
  SEMI_SYNC("semi-sync"),
  /** Every replica in service has it. */
  SYNC("sync");

  private final String text;

  SyncMode(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
