package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;

/** A statement of a {@link ReplicaFileConnection}: runs as written, and tells of writes. */
final class ReplicaFileStatement extends StatementHook {
  private final ReplicaFileConnection connection;
  private final String prepared;
  private final Pass telling =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          connection.written(null);
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          connection.written(failure);
        }
      };

  ReplicaFileStatement(ReplicaFileConnection connection, String prepared) {
    this.connection = connection;
    this.prepared = prepared;
  }

  @Override
  public Object enter(Object statement, String sql, int kind) {
    if (kind == ADD_BATCH || kind == DESCRIBE) {
      return null;
    }
    return connection.writes(sql == null ? prepared : sql) ? telling : null;
  }

  @Override
  public boolean redirected() {
    return false;
  }

  @Override
  public Object resultSet() {
    return null;
  }

  @Override
  public boolean moreResults(int current) {
    return false;
  }

  @Override
  public Object warnings() {
    return null;
  }

  @Override
  public void masterResult(Object result) {}

  @Override
  public void before(int call, Object statement) {}

  @Override
  public void setting(int setting, long value) {}

  @Override
  public void setPrimitive(int index, int setter, long bits) {}

  @Override
  public void setObject(int index, int setter, Object value) {}

  @Override
  public void setObject(
      int index, int setter, Object value, Object qualifier, int type, int scale) {}

  @Override
  public void setOpaque(int index) {}

  @Override
  public void clearParameters() {}
}
