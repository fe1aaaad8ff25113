package io.rwsplit.sql;

/** What one SQL text does, as far as routing and the state of its session are concerned. */
public enum StatementKind {
  /** Proven to have no effect and to return the same on a replica that holds the same data. */
  READ,
  /** A read without effect that only the master, or only this very session, can answer. */
  MASTER_READ,
  /** A read that takes row or table locks. */
  LOCKING_READ,
  /** INSERT, UPDATE, DELETE and their kin, at any depth. */
  DML,
  /** Changes the schema, privileges or the physical state of the database. */
  DDL,
  /** A stored procedure, an anonymous block, or SQL-text EXECUTE: may do anything. */
  CALL,
  /** Several statements in one text; {@link Classification#parts()} has each of them. */
  MULTI,
  /** BEGIN or START TRANSACTION, able to write. */
  BEGIN(true),
  /** START TRANSACTION READ ONLY. */
  BEGIN_READ_ONLY(true),
  /** COMMIT or END. */
  COMMIT(true),
  /** COMMIT AND CHAIN: a new transaction is open at once. */
  COMMIT_AND_CHAIN(true),
  /** ROLLBACK or ABORT of the whole transaction. */
  ROLLBACK(true),
  /** ROLLBACK AND CHAIN: a new transaction is open at once. */
  ROLLBACK_AND_CHAIN(true),
  /** ROLLBACK TO a savepoint: the transaction goes on. */
  ROLLBACK_TO(true),
  /** SAVEPOINT; on SQLite it opens a transaction when none is open. */
  SAVEPOINT(true),
  /** RELEASE of a savepoint; on SQLite the outermost one commits. */
  RELEASE(true),
  /** SET autocommit = 1. */
  SET_AUTOCOMMIT_ON(true),
  /** SET autocommit = 0. */
  SET_AUTOCOMMIT_OFF(true),
  /**
   * Characteristics (isolation, access mode) of the current, the next or all later transactions.
   */
  SET_TRANSACTION(true),
  /** XA or two-phase commit, in SQL text. */
  DISTRIBUTED_TRANSACTION,
  /** Changes session state: {@link Classification#pin()} and {@link Classification#unpin()}. */
  SESSION,
  /** Changes session state in a way no result of a read depends on. */
  HARMLESS_SESSION,
  /** Not understood: master, and may have written. */
  UNKNOWN;

  private final boolean transactionControl;

  StatementKind() {
    this(false);
  }

  StatementKind(boolean transactionControl) {
    this.transactionControl = transactionControl;
  }

  /** True for what begins, ends or divides a transaction, and writes nothing itself. */
  public boolean isTransactionControl() {
    return transactionControl;
  }
}
