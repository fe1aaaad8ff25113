package io.rwsplit.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What closed results of replicas stand for once they are over, of drivers whose statements have
 * one result for all executions: a closed result of the driver, whose statement is closed with the
 * application's connection. One per application connection.
 */
final class EndedResult extends DelegatingResultSet {
  private boolean withoutStatement;

  EndedResult() {
    super(null);
  }

  /**
   * @param closed a closed result of the driver; its statement is open
   */
  synchronized void standFor(ResultSet closed) {
    if (!withoutStatement) {
      delegate = closed;
    }
  }

  /**
   * The application's connection was closed.
   *
   * @param closed a closed result of the driver; its statement is closed too; null is ignored
   */
  synchronized void loseStatement(ResultSet closed) {
    if (closed != null) {
      withoutStatement = true;
      delegate = closed;
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return delegate.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return delegate.isWrapperFor(type);
  }
}
