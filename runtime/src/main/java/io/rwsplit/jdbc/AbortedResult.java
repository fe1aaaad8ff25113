package io.rwsplit.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A result that the database has ended: it has no further row, and says why. */
final class AbortedResult extends DelegatingResultSet {
  private final SQLException failure;

  AbortedResult(ResultSet ended, SQLException failure) {
    super(ended);
    this.failure = failure;
  }

  @Override
  public boolean next() throws SQLException {
    throw failure;
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
