package io.rwsplit.config;

/** What is done about a SQLite master that is not in WAL mode. */
public enum SqliteWal {
  /** It is switched to WAL mode, which WAL shipping needs. */
  AUTO,
  /** It is left as it is; without WAL mode all statements stay on the master. */
  OFF
}
