package io.rwsplit.config;

/** Who feeds the replicas. */
public enum ReplicationMode {
  /** This agent ships the write-ahead log of a SQLite master to them. */
  WAL,
  /** Somebody else; they are taken as they are. */
  OFF
}
