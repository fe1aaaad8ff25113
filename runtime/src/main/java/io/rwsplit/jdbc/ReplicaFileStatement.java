package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;

/** A statement of a {@link ReplicaFileConnection}: runs as written, and tells of writes. */
final class ReplicaFileStatement extends MasterStatement {
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
}
