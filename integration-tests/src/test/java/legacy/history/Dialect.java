package legacy.history;

/** What differs between the engines the program runs on. */
enum Dialect {
  /** Snapshot transactions; the first write of a transaction waits for the lock. */
  SQLITE("BEGIN", "BEGIN IMMEDIATE", "", "UPDATE register SET version = ? WHERE id = ? "),
  /** Needs REPEATABLE READ for one snapshot per transaction. */
  POSTGRESQL(
      "BEGIN ISOLATION LEVEL REPEATABLE READ",
      "BEGIN",
      " READ ONLY",
      "UPDATE register SET version = ? WHERE id = ? "),
  /** One snapshot per transaction by default; RETURNING of INSERT, DELETE and REPLACE only. */
  MARIADB(
      "START TRANSACTION",
      "START TRANSACTION",
      " READ ONLY",
      "INSERT INTO register(version, id) VALUES (?, ?)"
          + " ON DUPLICATE KEY UPDATE version = VALUES(version) "),
  /** As MariaDB, without RETURNING. */
  MYSQL("START TRANSACTION", "START TRANSACTION", " READ ONLY", null);

  /** Begins a transaction that shows one state. */
  final String beginSnapshot;

  /** Begins a transaction that writes. */
  final String beginWrite;

  /** What makes a transaction a read-only one, after its BEGIN. */
  final String readOnly;

  /** Sets a register's version and returns it; null where nothing can. */
  final String returning;

  Dialect(String beginSnapshot, String beginWrite, String readOnly, String returning) {
    this.beginSnapshot = beginSnapshot;
    this.beginWrite = beginWrite;
    this.readOnly = readOnly;
    this.returning = returning == null ? null : returning + "RETURNING version";
  }

  /** At the default isolation level, every transaction has one snapshot. */
  boolean isSnapshotByDefault() {
    return this == MARIADB || this == MYSQL;
  }

  /** {@code setReadOnly} and isolation levels work on an open connection, as servers have them. */
  boolean isServer() {
    return this != SQLITE;
  }
}
