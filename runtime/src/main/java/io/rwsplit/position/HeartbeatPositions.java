package io.rwsplit.position;

import io.rwsplit.consistency.Beat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;

/**
 * Positions by a heartbeat table, of servers that have none to tell. A job on the master keeps
 * raising its newest value: a number, or a time of a clock that is not set back. Replicas must
 * apply in the order of commits. Used by one thread at a time.
 */
final class HeartbeatPositions implements PositionQuery {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Connection connection;
  private final PreparedStatement question;

  /**
   * @param column {@code table.column} or {@code schema.table.column}
   */
  HeartbeatPositions(Connection connection, String column) throws SQLException {
    this.connection = connection;
    int dot = column.lastIndexOf('.');
    this.question =
        connection.prepareStatement(
            "SELECT MAX(" + column.substring(dot + 1) + ") FROM " + column.substring(0, dot));
  }

  @Override
  public MasterSample master() throws SQLException, NoPosition {
    return new MasterSample(Beat.after(newest()), null, 0);
  }

  @Override
  public ReplicaSample replica() throws SQLException, NoPosition {
    return new ReplicaSample(Beat.shown(newest()), -1);
  }

  private long newest() throws SQLException, NoPosition {
    try (ResultSet row = question.executeQuery()) {
      Object value = row.next() ? row.getObject(1) : null;
      if (value instanceof Number
          && ((Number) value).doubleValue() == ((Number) value).longValue()) {
        return ((Number) value).longValue();
      }
      if (value == null) {
        throw new NoPosition("there is no heartbeat");
      }
      Timestamp time = row.getTimestamp(1);
      return Math.floorDiv(time.getTime(), 1000L) * SECOND_NANOS + time.getNanos();
    }
  }

  @Override
  public ServerIdentity identity() {
    return ServerIdentity.UNKNOWN;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // It is being given up: the next question goes over another one.
      return;
    }
  }
}
