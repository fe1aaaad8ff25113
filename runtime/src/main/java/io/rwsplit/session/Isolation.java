package io.rwsplit.session;

import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.util.Locale;

/** Isolation levels as {@code java.sql.Connection} numbers them, read out of SQL texts. */
final class Isolation {
  /** Nobody has said, and the connection was not asked. */
  static final int UNKNOWN = -1;

  private Isolation() {}

  /** The level a text names; {@link #UNKNOWN} when it names none. */
  static int in(String text) {
    String upper = text.toUpperCase(Locale.ROOT).replace('-', ' ');
    if (upper.contains("SERIALIZABLE")) {
      return Connection.TRANSACTION_SERIALIZABLE;
    }
    if (upper.contains("REPEATABLE READ") || upper.contains("SNAPSHOT")) {
      return Connection.TRANSACTION_REPEATABLE_READ;
    }
    if (upper.contains("READ UNCOMMITTED")) {
      return Connection.TRANSACTION_READ_UNCOMMITTED;
    }
    return upper.contains("READ COMMITTED") ? Connection.TRANSACTION_READ_COMMITTED : UNKNOWN;
  }

  /** The access mode a text names: read only, read write, or null for neither. */
  static Boolean readOnly(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.contains("READ WRITE")) {
      return false;
    }
    return upper.contains("READ ONLY") ? Boolean.TRUE : null;
  }

  /** True when every statement has a snapshot of its own. */
  static boolean isPerStatement(Engine engine, int level) {
    return engine != Engine.SQLITE
        && (level == Connection.TRANSACTION_READ_COMMITTED
            || level == Connection.TRANSACTION_READ_UNCOMMITTED);
  }
}
