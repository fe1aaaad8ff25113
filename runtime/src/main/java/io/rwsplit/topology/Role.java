package io.rwsplit.topology;

/** What a server is to the others, as far as it was found out. */
public enum Role {
  /** It takes writes and replicates from nobody. */
  MASTER,
  /** It replicates, or refuses writes. */
  REPLICA,
  /** It does not answer, or does not say. */
  UNKNOWN
}
