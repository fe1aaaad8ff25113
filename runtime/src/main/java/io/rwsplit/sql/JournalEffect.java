package io.rwsplit.sql;

/** What a SQLite PRAGMA does to the journal; the replication engine steps aside for some of it. */
public enum JournalEffect {
  /** Nothing. */
  NONE,
  /** {@code PRAGMA journal_mode = …}: may leave WAL mode. */
  JOURNAL_MODE,
  /** {@code PRAGMA locking_mode = …}: EXCLUSIVE shuts everybody else out. */
  LOCKING_MODE,
  /** {@code PRAGMA wal_checkpoint}: may reset or truncate the log. */
  CHECKPOINT,
  /** {@code PRAGMA wal_autocheckpoint = …}, {@code journal_size_limit = …}. */
  AUTO_CHECKPOINT
}
