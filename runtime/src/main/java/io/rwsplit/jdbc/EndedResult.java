package io.rwsplit.jdbc;

import io.rwsplit.pool.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What closed results of replicas stand for once they are over, of drivers whose statements have
 * one result for all executions: a closed result of the driver, whose statement is closed with the
 * application's connection. One per application connection.
 */
final class EndedResult extends DelegatingResultSet {
  private boolean withoutStatement;

  /** Whose connection it comes from; null at first. */
  private volatile Lease of;

  EndedResult() {
    super(null);
  }

  /** True while the connection of what it stands for is open: one is as good as another. */
  boolean isCurrent() {
    Lease known = of;
    return known != null && !known.isGone();
  }

  /**
   * @param closed a closed result of the driver; its statement is open
   * @param lease of its connection
   */
  synchronized void standFor(ResultSet closed, Lease lease) {
    of = lease;
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
