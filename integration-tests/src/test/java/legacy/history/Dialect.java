package legacy.history;

/** What differs between the engines the program runs on. */
enum Dialect {
  /** Snapshot transactions; the first write of a transaction waits for the lock. */
  SQLITE(true, false),
  /** Needs REPEATABLE READ for one snapshot per transaction. */
  POSTGRESQL(true, true),
  /** One snapshot per transaction by default. */
  MARIADB(false, true);

  /** UPDATE … RETURNING. */
  final boolean returning;

  /** {@code setReadOnly} and isolation levels work on an open connection. */
  final boolean readOnlyTransactions;

  Dialect(boolean returning, boolean readOnlyTransactions) {
    this.returning = returning;
    this.readOnlyTransactions = readOnlyTransactions;
  }
}
