package io.rwsplit.jdbc;

import io.rwsplit.compare.Binding;
import io.rwsplit.compare.ReadSampler;
import io.rwsplit.compare.SampledRead;
import io.rwsplit.sql.Classification;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The parameters of one read that is to be compared. Immutable. */
final class ReadSample implements Binding {
  /** Larger values are not kept for a comparison. */
  private static final int MOST = 64 * 1024;

  private final Parameters parameters;

  private ReadSample(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Leaves a read to be compared, if it is one of the sample. Throws nothing.
   *
   * @param sql the text of a plain statement; null for a prepared one
   * @param replica index of the one that serves it; negative: any
   */
  static void take(ManagedStatement statement, Classification what, String sql, int replica) {
    ManagedConnection connection = statement.connection();
    RoutingContext context = connection.context;
    try {
      ReadSampler sampler = context.sampler;
      String text = sql == null ? statement.preparedSql : sql;
      if (connection.way == null || statement.settings.changesResults() || !sampler.wants(text)) {
        return;
      }
      Binding binding = null;
      if (sql == null) {
        Parameters bound = statement.parameters == null ? new Parameters() : statement.parameters;
        Parameters copy = bound.copy(MOST);
        if (copy == null) {
          return;
        }
        binding = new ReadSample(copy);
      }
      int chosen = replica < 0 ? sampler.any(context.replicas.length) : replica;
      sampler.offer(
          new SampledRead(connection.way, connection.settings(), what, text, binding, chosen));
    } catch (Throwable t) {
      context.fault("a sample of reads", t);
    }
  }

  @Override
  public void bind(PreparedStatement statement) throws SQLException {
    parameters.replay(statement);
  }
}
