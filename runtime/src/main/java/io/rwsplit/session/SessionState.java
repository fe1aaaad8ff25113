package io.rwsplit.session;

import io.rwsplit.engine.Engine;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.StatementKind;
import java.sql.Connection;
import java.util.Set;

/**
 * Transaction, pins and settings of one application connection, followed through JDBC calls and SQL
 * texts.
 *
 * <p>Thread-safe: changes are synchronized and never block; the hot questions {@link
 * #masterReason()}, {@link #mode()} and {@link #settings()} are one volatile read each.
 */
public final class SessionState {
  /** How a text of several statements was run, which decides how many of them took effect. */
  public enum Extent {
    /** Every statement of the text was run. */
    ALL,
    /** Only the first was. */
    FIRST,
    /** Nobody knows how many were. */
    UNCERTAIN
  }

  private final Engine engine;
  private final boolean untilWrite;
  private final SettingModel model;
  private final TransactionState transaction;
  private final SettingsState settings = new SettingsState();
  private final Pins pins = new Pins();
  private final TransactionControl control;
  private final StatementEffects effects;

  private volatile RouteReason masterReason;
  private volatile Mode mode;
  private volatile boolean inTransaction;
  private volatile SessionSettings desired = SessionSettings.NONE;
  private volatile long ended;

  /** A SET TRANSACTION waits for the transaction it speaks of. */
  private volatile boolean expectsNext;

  /** The open transaction is known to have read, and to have written, on the master. */
  private volatile boolean readNoted;

  private volatile boolean wroteNoted;

  /**
   * @param autoCommit the connection's mode at this moment
   * @param readOnly {@code Connection.isReadOnly()} at this moment
   * @param untilWrite true when reads of a transaction that has not written may leave the master
   */
  public SessionState(Engine engine, boolean autoCommit, boolean readOnly, boolean untilWrite) {
    this.engine = engine;
    this.untilWrite = untilWrite;
    this.model = new SettingModel(engine);
    this.transaction = new TransactionState(engine, autoCommit);
    transaction.readOnlyConnection = readOnly;
    control = new TransactionControl(engine, transaction, settings, pins);
    effects = new StatementEffects(engine, model, transaction, control, settings, pins);
    settle();
  }

  /** Why the session's reads must stay on the master; null when they may leave. */
  public RouteReason masterReason() {
    return masterReason;
  }

  /** How reads may leave the master now. */
  public Mode mode() {
    return mode;
  }

  /** What a replica connection has to be given before it reads for the session. */
  public SessionSettings settings() {
    return desired;
  }

  /** Grows whenever a transaction ends. */
  public long transactionsEnded() {
    return ended;
  }

  /** True while a transaction is open, or may be. One volatile read. */
  public boolean isInTransaction() {
    return inTransaction;
  }

  /** True when the open transaction was begun by SQL text, autocommit being on. */
  public synchronized boolean isTextTransaction() {
    return transaction.autoCommit && transaction.openByText();
  }

  /**
   * The isolation level of the open or coming transaction, as {@link Connection} numbers them; -1
   * when the connection has to be asked.
   */
  public synchronized int isolation() {
    return transaction.isolation();
  }

  /** True when every statement of the transaction has a snapshot of its own. */
  public synchronized boolean isSnapshotPerStatement() {
    return Isolation.isPerStatement(engine, transaction.isolation());
  }

  /**
   * True when routing hangs on an isolation level nobody has told yet: the connection has to be
   * asked once, see {@link #isolationIs}.
   */
  public boolean needsIsolation() {
    return untilWrite
        && engine == Engine.POSTGRESQL
        && inTransaction
        && masterReason == RouteReason.IN_TRANSACTION
        && isolation() == Isolation.UNKNOWN;
  }

  /** What the connection answered when it was asked for its isolation level. */
  public synchronized void isolationIs(int level) {
    transaction.initialIsolation(level);
    settle();
  }

  /**
   * {@code setAutoCommit} returned.
   *
   * @return true when a transaction that may have written ended by it
   */
  public synchronized boolean autoCommitSet(boolean on) {
    boolean commits = on && !transaction.autoCommit;
    boolean committed = commits && transaction.wrote;
    // Switched off, what a BEGIN has opened before stays open.
    transaction.autoCommit = on;
    if (commits) {
      control.end(true);
    }
    settle();
    return committed;
  }

  /**
   * {@code setAutoCommit} threw. The driver may have changed its mode all the same, and a
   * transaction opened by SQL text may still be open (sqlite-jdbc): what it wrote is still to
   * become visible.
   *
   * @param now the connection's mode after the call
   */
  public synchronized void autoCommitFailed(boolean now) {
    transaction.autoCommit = now;
    transaction.uncertain = true;
    transaction.wrote = true;
    settle();
  }

  /**
   * {@code commit()} returned or threw.
   *
   * @return true when what may have been written may be visible to others now
   */
  public synchronized boolean commitEnded(boolean succeeded) {
    boolean committed = transaction.wrote;
    if (succeeded) {
      control.end(true);
    }
    settle();
    return committed;
  }

  /**
   * The server has rolled back and forgotten everything of the session but its current database
   * ("COM_RESET_CONNECTION", MySQL).
   *
   * @param autoCommit the connection's mode now
   */
  public synchronized void serverReset(boolean autoCommit) {
    control.end(false);
    Setting database = settings.current().get(Setting.DATABASE);
    settings.reset(true);
    if (database != null) {
      settings.set(database, false);
    }
    settings.committed();
    pins.remove(Pin.ANY, null);
    transaction.reset();
    transaction.autoCommit = autoCommit;
    settle();
  }

  /** {@code rollback()} returned. */
  public synchronized void rolledBack() {
    control.end(false);
    settle();
  }

  /**
   * A savepoint of JDBC was set. In autocommit mode some drivers switch that off by it
   * (sqlite-jdbc, {@code JDBC3Connection.setSavepoint}), others open a transaction all the same.
   *
   * @param autoCommitNow the connection's mode after the call
   */
  public synchronized void savepointSet(boolean autoCommitNow) {
    transaction.autoCommit = autoCommitNow;
    transaction.savepointSet = true;
    if (autoCommitNow && !transaction.text) {
      transaction.uncertain = true;
    }
    settle();
  }

  /** True when the open transaction has a savepoint. */
  public synchronized boolean hasSavepoint() {
    return transaction.savepointSet;
  }

  /** {@code rollback(Savepoint)} returned: nothing tells which savepoint it was. */
  public synchronized void rolledBackToSavepoint() {
    control.rolledBackTo(null);
    settle();
  }

  /**
   * {@code setReadOnly} returned.
   *
   * <p>sqlite-jdbc allows that only with {@code jdbc.explicit_readonly}. Then the transaction's
   * first query makes its connection refuse writes, and its mode cannot be changed any more, so
   * that query must run there ({@code SQLiteConnection.tryEnforceTransactionMode}). H2 ignores it,
   * so a transaction may write all the same.
   */
  public synchronized void readOnlySet(boolean readOnly) {
    transaction.readOnlyConnection = readOnly && engine != Engine.SQLITE && engine != Engine.H2;
    settle();
  }

  /** {@code setTransactionIsolation} returned. */
  public synchronized void isolationSet(int level) {
    transaction.sessionIsolation(level);
    if (engine != Engine.SQLITE) {
      settings.setForGood(Setting.number(Setting.Way.ISOLATION, level));
    }
    settle();
  }

  /** A method of {@code java.sql.Connection} has set something that no rollback undoes. */
  public synchronized void set(Setting setting) {
    settings.setForGood(setting);
    settle();
  }

  /**
   * A method of {@code java.sql.Connection} has run a SET.
   *
   * @param value as a SQL text would have it; null when the setting was reset
   */
  public synchronized void set(String name, String value) {
    Setting setting = value == null ? null : model.setting(name, value, false, settings.current());
    if (value == null) {
      settings.unset(model.key(name), false);
    } else if (setting == null) {
      pins.add(Pin.SETTING, name);
    } else {
      settings.set(setting, false);
    }
    settledSettings();
    settle();
  }

  /** A pin that no SQL text announced: a function registered on the connection, a JDBC setting. */
  public synchronized void pin(Pin pin, String name) {
    pins.add(pin, name);
    settle();
  }

  /**
   * The open transaction has read on the master, or cannot be had on a replica: all of it stays.
   */
  public synchronized void stayOnMaster() {
    transaction.readOnMaster = true;
    settle();
  }

  /**
   * A statement was run on the master.
   *
   * @param extent how much of a text of several statements took effect
   * @param succeeded false when it threw: what it may have written is assumed, what it would have
   *     ended is not
   * @return true when a write of the session may have become visible to others by it
   */
  public boolean executed(Classification statement, Extent extent, boolean succeeded) {
    if (Statements.isOrdinary(engine, statement)) {
      // What most statements on the master are leaves the session as it is; no lock for them.
      boolean noted =
          readNoted
              && succeeded
              && (wroteNoted || !statement.mayWrite())
              && !Statements.locks(statement);
      if (inTransaction ? noted : !expectsNext) {
        return !inTransaction && statement.mayWrite();
      }
    }
    return changed(statement, extent, succeeded);
  }

  /**
   * A statement that returns no rows was run by {@code executeQuery}, which threw: sqlite-jdbc and
   * pgjdbc have run it by then.
   */
  public synchronized void outcomeUnknown(Classification statement) {
    if ((Statements.isControl(statement) && !Statements.isSetConfig(statement))
        || statement.kind() == StatementKind.DISTRIBUTED_TRANSACTION) {
      transaction.uncertain = true;
      transaction.wrote = true;
      settle();
    }
  }

  private synchronized boolean changed(Classification statement, Extent extent, boolean succeeded) {
    boolean visible = effects.executed(statement, extent, succeeded);
    settledSettings();
    settle();
    return visible;
  }

  /** Outside of transactions, and on engines that roll no setting back, every SET lasts. */
  private void settledSettings() {
    if (!model.isTransactional() || !transaction.isOpen()) {
      settings.committed();
    }
  }

  private void settle() {
    boolean open = transaction.isOpen();
    int level = transaction.isolation();
    boolean serializable = engine != Engine.SQLITE && level == Connection.TRANSACTION_SERIALIZABLE;
    Mode now;
    RouteReason reason;
    if (open && (serializable || !transaction.mayLeave(untilWrite))) {
      now = Mode.MASTER;
      reason =
          transaction.autoCommit && transaction.uncertain && !transaction.openByText()
              ? RouteReason.TRANSACTION_UNCERTAIN
              : RouteReason.IN_TRANSACTION;
    } else if (!pins.isEmpty()) {
      now = Mode.MASTER;
      reason = RouteReason.PINNED;
    } else if (model.isInServersSchema(settings.current())) {
      now = Mode.MASTER;
      reason = RouteReason.SESSION_STATE;
    } else if (serializable) {
      now = Mode.MASTER;
      reason = RouteReason.SERIALIZABLE;
    } else {
      now =
          !open
              ? Mode.FREE
              : transaction.isReadOnlyMode() ? Mode.READ_ONLY_TRANSACTION : Mode.UNTIL_WRITE;
      reason = null;
    }
    publish(now, reason, open);
  }

  /** Writes what has changed only: each write is a memory barrier. */
  @SuppressWarnings("ReferenceEquality") // another object may be an equal one
  private void publish(Mode now, RouteReason reason, boolean open) {
    if (desired != settings.current()) {
      desired = settings.current();
    }
    if (ended != transaction.ended) {
      ended = transaction.ended;
    }
    if (expectsNext != transaction.hasNext) {
      expectsNext = transaction.hasNext;
    }
    if (readNoted != transaction.readOnMaster) {
      readNoted = transaction.readOnMaster;
    }
    if (wroteNoted != transaction.wrote) {
      wroteNoted = transaction.wrote;
    }
    if (inTransaction != open) {
      inTransaction = open;
    }
    if (mode != now) {
      mode = now;
    }
    if (masterReason != reason) {
      masterReason = reason;
    }
  }

  /** The kinds of pins the session has, for explanations; a copy. */
  public synchronized Set<Pin> pins() {
    return pins.kinds();
  }
}
