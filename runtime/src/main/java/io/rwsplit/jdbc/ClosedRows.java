package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.RowsHook;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The hook of a statement's closed results, of drivers whose closed results may still be asked for
 * their statement: MariaDB's {@code Result.getStatement} and, with {@code
 * retainStatementAfterResultSetClose}, MySQL's. Weak, since the statement on the replica, which is
 * kept for others, refers to the newest of them.
 */
final class ClosedRows extends WeakReference<Statement> implements RowsHook {
  private final boolean warnsByStatement;

  ClosedRows(Statement statement, boolean warnsByStatement) {
    super(statement);
    this.warnsByStatement = warnsByStatement;
  }

  @Override
  public void moving(Object result) {}

  @Override
  public void stuck(Object result, Throwable failure) {}

  @Override
  public void moved(Object result, boolean more) {}

  @Override
  public boolean closing(Object result) {
    return false;
  }

  @Override
  public void closed(Object result, boolean first, boolean ok) {}

  @Override
  public Object statement(Object result, Object own) {
    return get();
  }

  @Override
  public Object warnings(Object result) {
    Statement statement = get();
    try {
      return !warnsByStatement ? this : statement == null ? null : statement.getWarnings();
    } catch (SQLException e) {
      throw Sneaky.rethrow(e);
    }
  }

  @Override
  public boolean clearWarnings(Object result) {
    Statement statement = get();
    try {
      if (warnsByStatement && statement != null) {
        statement.clearWarnings();
      }
      return warnsByStatement;
    } catch (SQLException e) {
      throw Sneaky.rethrow(e);
    }
  }
}
