package io.rwsplit.session;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;

/**
 * What begins and ends of transactions and savepoints do to a session: to its transaction, and to
 * the settings and pins that a rollback takes back. Guarded by its {@link SessionState}.
 */
final class TransactionControl {
  private final Engine engine;
  private final TransactionState transaction;
  private final SettingsState settings;
  private final Pins pins;

  TransactionControl(
      Engine engine, TransactionState transaction, SettingsState settings, Pins pins) {
    this.engine = engine;
    this.transaction = transaction;
    this.settings = settings;
    this.pins = pins;
  }

  /**
   * A statement was run that may be one of transaction control.
   *
   * @return true when a write may have become visible to others by it
   */
  boolean executed(Classification statement, boolean succeeded) {
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
    if ((open || transaction.wrote) && engine.isMySqlFamily()) {
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

  /** Back to a savepoint; null: nobody knows which. */
  void rolledBackTo(String name) {
    transaction.failed = false;
    pins.rolledBack();
    if (!settings.rollbackTo(name)) {
      pins.add(Pin.SETTING, "rolled back");
    }
  }

  /** DDL of MySQL commits the open transaction before it begins, whether it succeeds or not. */
  boolean implicitCommit(Classification statement, boolean succeeded) {
    if (!engine.isMySqlFamily()) {
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

  private void chain(boolean committed) {
    boolean hadFailed = transaction.failed;
    transaction.chain();
    over(committed, hadFailed);
  }

  /** The transaction is over. */
  void end(boolean committed) {
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
}
