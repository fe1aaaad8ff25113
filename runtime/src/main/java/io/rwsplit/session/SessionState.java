package io.rwsplit.session;

import io.rwsplit.engine.Engine;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.StatementKind;
import java.sql.Connection;
import java.util.List;
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
      end(true);
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
      end(true);
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
    end(false);
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
    end(false);
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
    rolledBackTo(null);
    settle();
  }

  /**
   * {@code setReadOnly} returned.
   *
   * <p>sqlite-jdbc allows that only with {@code jdbc.explicit_readonly}. Then the transaction's
   * first query makes its connection refuse writes, and its mode cannot be changed any more, so
   * that query must run there ({@code SQLiteConnection.tryEnforceTransactionMode}).
   */
  public synchronized void readOnlySet(boolean readOnly) {
    transaction.readOnlyConnection = readOnly && engine != Engine.SQLITE;
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
    if (isOrdinary(statement)) {
      // What most statements on the master are leaves the session as it is; no lock for them.
      boolean noted =
          readNoted && succeeded && (wroteNoted || !statement.mayWrite()) && !locks(statement);
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

  /** True when all it can do to the session is to read and to write. */
  private boolean isOrdinary(Classification statement) {
    switch (statement.kind()) {
      case READ:
        return true;
      case DDL:
        if (engine == Engine.MYSQL || engine == Engine.MARIADB) {
          return false;
        }
        break;
      case MASTER_READ:
      case LOCKING_READ:
      case DML:
        break;
      default:
        return false;
    }
    return statement.pin() == Pin.NONE && statement.unpin() == Pin.NONE;
  }

  private static boolean locks(Classification statement) {
    return statement.kind() == StatementKind.LOCKING_READ;
  }

  private synchronized boolean changed(Classification statement, Extent extent, boolean succeeded) {
    boolean visible;
    if (statement.kind() != StatementKind.MULTI) {
      visible = single(statement, succeeded);
    } else {
      visible = several(statement, succeeded ? extent : Extent.UNCERTAIN);
    }
    settledSettings();
    settle();
    return visible;
  }

  private boolean several(Classification statement, Extent extent) {
    boolean visible = statement.mayWrite();
    boolean sawControl = false;
    List<Classification> parts =
        extent == Extent.FIRST ? statement.parts().subList(0, 1) : statement.parts();
    boolean openedOnTheWay = false;
    for (Classification part : parts) {
      boolean wasOpen = openByText();
      visible |= single(part, true);
      sawControl |= wasOpen != openByText();
      openedOnTheWay |= openByText();
    }
    if (extent == Extent.UNCERTAIN && (sawControl || openedOnTheWay)) {
      transaction.uncertain = true;
      transaction.wrote = true;
    }
    if (extent == Extent.UNCERTAIN) {
      pinUncertain(parts);
    }
    if (statement.parts().isEmpty() && statement.mayWrite()) {
      transaction.uncertain = true;
    }
    return visible;
  }

  /** Nobody knows whether the SETs of the text were run: the session has them, or has not. */
  private void pinUncertain(List<Classification> parts) {
    for (int i = 1; i < parts.size(); i++) {
      Classification part = parts.get(i);
      if (part.kind() == StatementKind.SESSION && part.name() != null) {
        pins.add(Pin.SETTING, part.name());
      }
    }
  }

  private boolean openByText() {
    return transaction.openByText() || transaction.uncertain;
  }

  private boolean single(Classification statement, boolean succeeded) {
    if (statement.kind() != StatementKind.MULTI && !statement.parts().isEmpty()) {
      boolean visible = false;
      for (Classification part : statement.parts()) {
        visible |= single(part, succeeded);
      }
      return visible;
    }
    boolean inside = !transaction.autoCommit || openByText();
    boolean writes = statement.mayWrite() && !Statements.isControl(statement);
    boolean visible = writes && !inside;
    if (inside) {
      transaction.wrote |= writes;
      transaction.locked |= statement.kind() == StatementKind.LOCKING_READ;
      transaction.failed |= !succeeded && engine == Engine.POSTGRESQL;
      transaction.readOnMaster |= Statements.readsData(statement);
      visible |= implicitCommit(statement, succeeded);
    } else if (statement.kind() != StatementKind.SET_TRANSACTION && !Statements.begins(statement)) {
      transaction.statementOutside();
    }
    sessionEffect(statement, succeeded, inside);
    return control(statement, succeeded) || visible;
  }

  /** DDL of MySQL commits the open transaction before it begins, whether it succeeds or not. */
  private boolean implicitCommit(Classification statement, boolean succeeded) {
    if (engine != Engine.MYSQL && engine != Engine.MARIADB) {
      return false;
    }
    boolean begin = Statements.begins(statement);
    if (!Statements.commitsOnMysql(statement) && !begin) {
      return false;
    }
    boolean visible = transaction.wrote;
    if (succeeded && !begin) {
      end(true);
    } else {
      transaction.uncertain |= !begin;
    }
    return visible;
  }

  private boolean control(Classification statement, boolean succeeded) {
    boolean wrote = transaction.wrote;
    switch (statement.kind()) {
      case BEGIN:
      case BEGIN_READ_ONLY:
        if (succeeded) {
          begin(statement);
        }
        return false;
      case SAVEPOINT:
        if (succeeded) {
          transaction.savepoint(statement);
          transaction.savepointSet = true;
          settings.savepoint(statement.name());
        }
        return false;
      case ROLLBACK_TO:
        if (succeeded) {
          rolledBackTo(statement.name());
        }
        return false;
      case RELEASE:
        return release(statement, succeeded);
      case COMMIT:
        if (succeeded) {
          end(true);
        }
        return wrote;
      case COMMIT_AND_CHAIN:
        if (succeeded) {
          chain(true);
        }
        return wrote;
      case ROLLBACK:
        if (succeeded) {
          end(false);
        }
        return false;
      case ROLLBACK_AND_CHAIN:
        if (succeeded) {
          chain(false);
        }
        return false;
      case SET_AUTOCOMMIT_OFF:
        transaction.autoCommit &= !succeeded;
        return false;
      case SET_AUTOCOMMIT_ON:
        if (succeeded) {
          boolean wasOff = !transaction.autoCommit;
          transaction.autoCommit = true;
          if (wasOff) {
            end(true);
          }
        }
        return wrote;
      case SET_TRANSACTION:
        if (succeeded) {
          transaction.set(statement);
        }
        return false;
      case DISTRIBUTED_TRANSACTION:
        return distributed(statement, succeeded);
      case MULTI:
        transaction.uncertain = true;
        return false;
      default:
        return false;
    }
  }

  /** PostgreSQL only warns of a BEGIN inside a transaction; MySQL commits and begins anew. */
  private void begin(Classification statement) {
    boolean open = transaction.openByText();
    if ((open || transaction.wrote) && (engine == Engine.MYSQL || engine == Engine.MARIADB)) {
      end(true);
      open = false;
    }
    if (open) {
      transaction.masterOnly = true;
      return;
    }
    boolean readBefore = transaction.readOnMaster;
    transaction.begin(statement);
    transaction.readOnMaster = readBefore && !transaction.autoCommit;
  }

  private boolean distributed(Classification statement, boolean succeeded) {
    String what = statement.value() == null ? "" : statement.value();
    boolean wrote = transaction.wrote;
    switch (what) {
      case "XA COMMIT":
      case "XA ROLLBACK":
        if (succeeded) {
          transaction.distributed = false;
          end(false);
        }
        return what.equals("XA COMMIT");
      case "PREPARE TRANSACTION":
        if (succeeded) {
          end(true);
        }
        return false;
      case "COMMIT PREPARED":
      case "ROLLBACK PREPARED":
        return what.equals("COMMIT PREPARED");
      default:
        transaction.distributed = true;
        return wrote;
    }
  }

  private boolean release(Classification statement, boolean succeeded) {
    boolean visible = transaction.wrote && transaction.hasSavepoints();
    if (!succeeded || !transaction.hasSavepoints()) {
      return visible;
    }
    if (transaction.release(statement)) {
      end(true);
      return visible;
    }
    return visible && transaction.uncertain;
  }

  private void rolledBackTo(String name) {
    transaction.failed = false;
    pins.rolledBack();
    if (!settings.rollbackTo(name)) {
      pins.add(Pin.SETTING, "rolled back");
    }
  }

  /** Pins and settings: what running the statement set up or ended. */
  private void sessionEffect(Classification statement, boolean succeeded, boolean inside) {
    Pin pin = statement.pin();
    boolean assigns = statement.name() != null && statement.value() != null;
    if (assigns && Statements.isSetting(statement) && model.knows(statement.name())) {
      assigned(statement, succeeded, inside);
      return;
    }
    if (pin != Pin.NONE && !(statement.isLocal() && Statements.isSetConfig(statement))) {
      // Also when it failed: a failed ATTACH or SET may have had part of its effect.
      pins.add(pin, statement.name());
    }
    if (statement.unpin() != Pin.NONE && succeeded) {
      unpinned(statement, inside);
    } else if (statement.unpin() != Pin.NONE && !desired.all().isEmpty()) {
      pins.add(Pin.SETTING, statement.name());
    }
  }

  private void assigned(Classification statement, boolean succeeded, boolean inside) {
    String name = statement.name();
    boolean local = statement.isLocal();
    if (!succeeded) {
      // A driver that misses a result has run it all the same: executeQuery of a SET.
      pins.add(statement.pin() == Pin.NONE ? Pin.SETTING : statement.pin(), name);
      return;
    }
    if (local && !inside) {
      return;
    }
    if (model.isDefault(name, statement.value())) {
      settings.unset(model.key(name), local);
      return;
    }
    Setting setting =
        model.setting(
            name, statement.value(), Statements.isSetConfig(statement), settings.current());
    if (setting != null) {
      settings.set(setting, local);
      unpin(statement.pin() == Pin.NONE ? Pin.SETTING : statement.pin(), name, inside);
    } else if (local) {
      transaction.masterOnly = true;
    } else if (statement.pin() != Pin.NONE) {
      pins.add(statement.pin(), name);
    }
  }

  private void unpinned(Classification statement, boolean inside) {
    Pin pin = statement.unpin();
    String name = statement.name();
    unpin(pin, name, inside);
    if (pin == Pin.ANY || (pin == Pin.SETTING && name == null)) {
      settings.reset(pin == Pin.ANY);
      unpin(Pin.SETTING, null, inside);
      transaction.reset();
    } else if (pin == Pin.SETTING || pin == Pin.NAMESPACE) {
      settings.unset(model.key(name), false);
      if (name.startsWith("default_transaction")) {
        transaction.reset();
      }
    }
  }

  private void unpin(Pin pin, String name, boolean inside) {
    // Locks, prepared statements and MySQL's temporary tables know of no rollback.
    boolean atOnce =
        pin == Pin.ADVISORY_LOCK
            || pin == Pin.PREPARED_STATEMENT
            || pin == Pin.TABLE_LOCK
            || engine == Engine.MYSQL
            || engine == Engine.MARIADB;
    if (inside && !atOnce) {
      pins.removeAtCommit(pin, name);
    } else {
      pins.remove(pin, name);
    }
  }

  private void chain(boolean committed) {
    boolean hadFailed = transaction.failed;
    transaction.chain();
    over(committed, hadFailed);
  }

  private void end(boolean committed) {
    boolean hadFailed = transaction.failed;
    transaction.end();
    over(committed, hadFailed);
  }

  private void over(boolean committed, boolean hadFailed) {
    if (!committed) {
      settings.rolledBack();
      pins.rolledBack();
      return;
    }
    if (hadFailed && settings.isChanged()) {
      // PostgreSQL rolls back at COMMIT, unless the driver has gone back to a savepoint of its own.
      pins.add(Pin.SETTING, "failed transaction");
    }
    if (hadFailed) {
      pins.rolledBack();
    }
    settings.committed();
    pins.committed();
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
    if (open && !mayLeave(serializable)) {
      now = Mode.MASTER;
      reason =
          transaction.autoCommit && transaction.uncertain && !transaction.openByText()
              ? RouteReason.TRANSACTION_UNCERTAIN
              : RouteReason.IN_TRANSACTION;
    } else if (!pins.isEmpty()) {
      now = Mode.MASTER;
      reason = RouteReason.PINNED;
    } else if (serializable) {
      now = Mode.MASTER;
      reason = RouteReason.SERIALIZABLE;
    } else {
      now = !open ? Mode.FREE : isReadOnlyMode() ? Mode.READ_ONLY_TRANSACTION : Mode.UNTIL_WRITE;
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

  /** True when reads of the open transaction may leave the master. */
  private boolean mayLeave(boolean serializable) {
    boolean certain =
        !transaction.uncertain
            && !transaction.distributed
            && !transaction.failed
            && !transaction.wrote
            && !transaction.locked
            && !transaction.masterOnly
            && !serializable;
    return certain && (isReadOnlyMode() || isUntilWrite());
  }

  private boolean isReadOnlyMode() {
    return transaction.isReadOnly() && !transaction.readOnMaster;
  }

  private boolean isUntilWrite() {
    return untilWrite
        && engine == Engine.POSTGRESQL
        && transaction.isolation() == Connection.TRANSACTION_READ_COMMITTED;
  }

  /** The kinds of pins the session has, for explanations; a copy. */
  public synchronized Set<Pin> pins() {
    return pins.kinds();
  }
}
