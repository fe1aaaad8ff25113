package io.rwsplit.jdbc;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.StatementKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * The newest read of one connection that a replica served, while nothing has run on the master
 * since. On MariaDB and MySQL the next statement may ask for what only the session knows that ran
 * it: how many rows it had, and its warnings ("FOUND_ROWS", "ROW_COUNT", "SHOW WARNINGS"). Then the
 * master runs it, too, just before; and from then on it alone runs such a read.
 *
 * <p>Not thread-safe: threads that share a connection have no order of statements anyway.
 */
final class PreviousRead {
  /** Loaded when it is first needed: no regular expression on the way to the first connection. */
  private static final class Asking {
    /** Calls, and variables of the server: columns may have the names as well. */
    static final Pattern OF_THE_READ =
        Pattern.compile(
            "(found_rows|row_count) ?\\(|@@(session ?\\. ?)?(warning|error)_count"
                + "|^show (warnings|errors|count)|^get ",
            Pattern.CASE_INSENSITIVE);
  }

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
    return Asking.OF_THE_READ.matcher(next.digest()).find();
  }
}
