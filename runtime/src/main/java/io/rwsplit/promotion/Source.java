package io.rwsplit.promotion;

/** What a server says of the link to the server it replicates from. */
enum Source {
  /** It replicates from nobody, and is not set up to. */
  NONE,
  /** It is set up to replicate, and told not to. */
  STOPPED,
  /** It wants to replicate and has no connection. */
  TRYING,
  /** It has a connection, which says nothing of how much comes through. */
  CONNECTED,
  /** It does not tell, for instance for want of privileges. */
  UNKNOWN
}
