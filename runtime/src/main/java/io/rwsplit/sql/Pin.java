package io.rwsplit.sql;

/**
 * A kind of session state that a replica connection would lack: it ties the session's reads to the
 * master.
 */
public enum Pin {
  /** No such state. */
  NONE,
  /** A temporary table, view or trigger exists in this session. */
  TEMP_OBJECT,
  /** A further database is attached to this connection. */
  ATTACHED_DATABASE,
  /** A setting whose effect on reads is not modelled, or that is known to change results. */
  SETTING,
  /** The current database, schema or role was changed. */
  NAMESPACE,
  /** A user variable was set. */
  USER_VARIABLE,
  /** An advisory or named lock is held. */
  ADVISORY_LOCK,
  /** Tables are locked, or a global lock is held. */
  TABLE_LOCK,
  /** The session listens for notifications. */
  LISTEN,
  /** A cursor or handler is open. */
  CURSOR,
  /** A statement was prepared by SQL text. */
  PREPARED_STATEMENT,
  /** Everything above: DISCARD ALL and RESET ALL end it; an unknown statement may start any. */
  ANY
}
