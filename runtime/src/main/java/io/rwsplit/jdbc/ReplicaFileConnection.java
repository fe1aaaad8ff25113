package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookedStatement;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.sql.StatementKind;

/**
 * The hook of a connection that the application has opened to a replica's file: nothing is
 * redirected, but writes are noticed, which are a mistake. Thread-safe.
 */
public final class ReplicaFileConnection extends ConnectionHook {
  /** Is told of writes; must not block. */
  public interface Listener {
    /**
     * A statement that writes has ended.
     *
     * @param failure what the driver threw; null when it has written
     */
    void written(Throwable failure);
  }

  private final SqlClassifier classifier;
  private final Listener listener;

  public ReplicaFileConnection(SqlClassifier classifier, Listener listener) {
    this.classifier = classifier;
    this.listener = listener;
  }

  @Override
  public void created(Object connection, Object statement, String sql, int flags) {
    if (statement instanceof HookedStatement) {
      HookedStatement hooked = (HookedStatement) statement;
      if (hooked.rwsplit$hook() == null) {
        hooked.rwsplit$hook(new ReplicaFileStatement(this, sql));
      }
    }
  }

  /** True for a text that changes the database; null stands for a batch. */
  boolean writes(String sql) {
    if (sql == null) {
      return true;
    }
    Classification what = classifier.classify(sql);
    return what.kind() == StatementKind.DML || what.kind() == StatementKind.DDL;
  }

  void written(Throwable failure) {
    listener.written(failure);
  }

  @Override
  public void enterCall(int call, Object connection, Object argument) {}

  @Override
  public void exitCall(int call, Object connection, Object argument, Throwable failure) {}
}
