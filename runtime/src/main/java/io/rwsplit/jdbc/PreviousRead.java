package io.rwsplit.jdbc;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.StatementKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The newest read of one connection that a replica served, while nothing has run on the master
 * since. On MariaDB and MySQL the next statement may ask for what only the session knows that ran
 * it: how many rows it had, and its warnings ("FOUND_ROWS", "ROW_COUNT", "SHOW WARNINGS"). Then the
 * master runs it, too, just before; and from then on it alone runs such a read.
 *
 * <p>Not thread-safe: threads that share a connection have no order of statements anyway.
 */
final class PreviousRead {
  private static final String[] ASKING = {
    "found_rows",
    "row_count",
    "show warnings",
    "show errors",
    "show count",
    "warning_count",
    "error_count",
    "diagnostics"
  };

  private final boolean matters;
  private Classification what;
  private String sql;

  /** Null when it has none. */
  private Parameters parameters;

  PreviousRead(Engine engine) {
    matters = engine.isMySqlFamily();
  }

  /** A replica has served it. */
  void served(Classification read, String text, Parameters with) {
    if (matters) {
      what = read;
      sql = text;
      parameters = with;
    }
  }

  /** True when nothing has run on the master since. */
  boolean isOnReplica() {
    return what != null;
  }

  /**
   * The master is about to run a statement; null stands for a batch.
   *
   * @param statement of the connection
   */
  void over(
      Classification next, Statement statement, ManagedConnection connection, ThreadState thread)
      throws SQLException {
    Classification read = what;
    String text = sql;
    Parameters with = parameters;
    what = null;
    sql = null;
    parameters = null;
    if (next == null || !asks(next)) {
      return;
    }
    connection.context.askedAfter.add(read);
    Connection master = statement.getConnection();
    thread.enter(connection);
    try (PreparedStatement again = master.prepareStatement(text)) {
      if (with != null) {
        with.replay(again);
      }
      boolean unused = again.execute();
    } catch (SQLException e) {
      // What is asked for speaks of this failure, then.
      return;
    } finally {
      connection.leave(thread);
    }
  }

  private static boolean asks(Classification next) {
    if (next.digest() == null || next.isRead() || next.kind() == StatementKind.DDL) {
      return false;
    }
    String text = next.digest().toLowerCase(Locale.ROOT);
    for (String word : ASKING) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
