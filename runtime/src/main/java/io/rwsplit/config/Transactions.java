package io.rwsplit.config;

/** Where the reads of a transaction go that is not read-only. */
public enum Transactions {
  /** All of them to the master. */
  MASTER,
  /**
   * Until its first write to replicas that have every write completed in this JVM, then to the
   * master; PostgreSQL at READ COMMITTED only.
   */
  UNTIL_WRITE;

  /** As it is configured. */
  @Override
  public String toString() {
    return this == UNTIL_WRITE ? "until-write" : "master";
  }
}
