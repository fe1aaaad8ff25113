package io.rwsplit.session;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.StatementKind;

/** Questions about a statement that only the state of a session depends on. */
final class Statements {
  private Statements() {}

  /**
   * Transaction control writes nothing itself; what it makes visible is what was written before.
   */
  static boolean isControl(Classification statement) {
    return statement.kind().isTransactionControl()
        || (isSetConfig(statement) && statement.name() != null && statement.value() != null);
  }

  /** True when all it can do to the session is to read and to write. */
  static boolean isOrdinary(Engine engine, Classification statement) {
    switch (statement.kind()) {
      case READ:
        return true;
      case DDL:
        if (engine.isMySqlFamily()) {
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

  static boolean locks(Classification statement) {
    return statement.kind() == StatementKind.LOCKING_READ;
  }

  static boolean begins(Classification statement) {
    return statement.kind() == StatementKind.BEGIN
        || statement.kind() == StatementKind.BEGIN_READ_ONLY;
  }

  /** True for SET, PRAGMA, USE and {@code set_config}. */
  static boolean isSetting(Classification statement) {
    return statement.kind() == StatementKind.SESSION
        || statement.kind() == StatementKind.HARMLESS_SESSION
        || isSetConfig(statement);
  }

  static boolean isSetConfig(Classification statement) {
    return "set_config".equals(statement.detail());
  }

  /** True when it returns, or decides by, what is in tables. */
  static boolean readsData(Classification statement) {
    switch (statement.kind()) {
      case READ:
      case LOCKING_READ:
      case DML:
      case CALL:
        return true;
      case UNKNOWN:
        return !isSetConfig(statement);
      case MASTER_READ:
        return statement.reason() != Reason.NO_FROM && statement.reason() != Reason.SETTING_READ;
      default:
        return false;
    }
  }

  /** "Statements That Cause an Implicit Commit", MySQL 8.0 manual 13.3.3. */
  static boolean commitsOnMysql(Classification statement) {
    if (statement.kind() == StatementKind.SET_AUTOCOMMIT_ON) {
      return false;
    }
    if (statement.kind() == StatementKind.SESSION) {
      return "LOCK".equals(statement.detail());
    }
    if (statement.kind() != StatementKind.DDL || statement.detail() == null) {
      return false;
    }
    switch (statement.detail()) {
      case "CREATE":
      case "ALTER":
      case "DROP":
      case "RENAME":
      case "TRUNCATE":
      case "GRANT":
      case "REVOKE":
      case "ANALYZE":
      case "OPTIMIZE":
      case "REPAIR":
      case "CHECK":
      case "CACHE":
      case "INSTALL":
      case "UNINSTALL":
      case "FLUSH":
      case "RESET":
        return true;
      default:
        return false;
    }
  }
}
