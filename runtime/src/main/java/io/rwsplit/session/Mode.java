package io.rwsplit.session;

/** How the reads of a session may leave its master connection at this moment. */
public enum Mode {
  /** Each by itself: no transaction is open, and nothing pins the session. */
  FREE,
  /** All of the open transaction to one replica. */
  READ_ONLY_TRANSACTION,
  /** Each by itself until the open transaction writes. */
  UNTIL_WRITE,
  /** Not at all. */
  MASTER
}
