package io.rwsplit.position;

import io.rwsplit.topology.Lag;
import io.rwsplit.topology.ReplicationState;
import io.rwsplit.topology.ReplicationState.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The state of PostgreSQL's WAL receiver and replay, and of a master's WAL senders. Every user may
 * ask whether replay is paused, whether a receiver runs, and how many senders do; what those are
 * doing is hidden from users without {@code pg_read_all_stats} ("The Cumulative Statistics System"
 * of the manual). Used by one thread at a time.
 */
final class PostgresSignals implements SignalQuery {
  private static final String ASK =
      "SELECT r, CASE WHEN r THEN pg_is_wal_replay_paused() END,"
          + " (SELECT count(*) FROM pg_stat_wal_receiver),"
          + " (SELECT status FROM pg_stat_wal_receiver LIMIT 1),"
          + " (SELECT extract(epoch FROM clock_timestamp() - last_msg_receipt_time)"
          + " FROM pg_stat_wal_receiver LIMIT 1)"
          + " FROM (SELECT pg_is_in_recovery() AS r) AS s";

  private static final String ASK_MASTER =
      "SELECT application_name, host(client_addr), state, sync_state,"
          + " pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)"
          + " FROM pg_stat_replication ORDER BY application_name, client_addr, pid";

  private final Connection connection;

  PostgresSignals(Connection connection) {
    this.connection = connection;
  }

  @Override
  public ReplicationState ask() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ASK)) {
      if (!row.next() || !row.getBoolean(1)) {
        return senders();
      }
      boolean paused = row.getBoolean(2);
      boolean receives = row.getLong(3) > 0;
      String status = row.getString(4);
      if (status != null) {
        receives &= status.equals("streaming") || status.equals("waiting");
      }
      double silent = row.getDouble(5);
      String detail = status == null ? "" : "WAL receiver " + status;
      if (!row.wasNull() && receives) {
        detail += ", last heard of its master " + (long) (silent * 1000) + " ms ago";
      }
      return new ReplicationState(
          receives ? Part.RUNNING : Part.STOPPED,
          receives ? null : "WAL receiver " + (status == null ? "not running" : status),
          paused ? Part.STOPPED : Part.RUNNING,
          paused ? "replay is paused" : null,
          Lag.unknown(),
          detail);
    }
  }

  /** The standbys of a master, in its own words. A base backup is a sender, too. */
  private ReplicationState senders() throws SQLException {
    Senders senders = new Senders();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ASK_MASTER)) {
      while (row.next()) {
        long behind = row.getLong(5);
        senders.add(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.wasNull() ? -1 : behind);
      }
    }
    return senders.state();
  }

  @Override
  public Long heartbeat(String column) throws SQLException {
    return Heartbeats.newest(connection, "extract(epoch FROM max(", column, "))");
  }
}
