package io.rwsplit.failover;

import io.rwsplit.topology.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The role of a PostgreSQL server: a master is not in recovery. Its timeline is the one it writes,
 * by the name of its log's file, which every user may ask for; {@code pg_control_checkpoint()}
 * would show it only after the first checkpoint. Of a standby it is the last that is known of it.
 */
final class PostgresRole implements RoleQuery {
  private static final String SERVER =
      "SELECT system_identifier::text,"
          + " extract(epoch FROM pg_postmaster_start_time())::text FROM pg_control_system()";

  private static final String ROLE =
      "SELECT r, CASE WHEN r THEN NULL ELSE pg_walfile_name(pg_current_wal_lsn()) END,"
          + " CASE WHEN r THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text"
          + " FROM (SELECT pg_is_in_recovery() AS r) AS s";

  private static final String RECEIVER =
      "SELECT sender_host, sender_port, received_tli FROM pg_stat_wal_receiver";

  private static final String CHECKPOINT = "SELECT timeline_id FROM pg_control_checkpoint()";

  private final Connection connection;
  private final String system;
  private final String server;
  private PreparedStatement role;
  private PreparedStatement receiver;
  private PreparedStatement checkpoint;

  PostgresRole(Connection connection) throws SQLException {
    this.connection = connection;
    String identifier = null;
    String start = null;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SERVER)) {
      if (row.next()) {
        identifier = row.getString(1);
        start = row.getString(2);
      }
    } catch (SQLException e) {
      if (!isRefusal(e)) {
        throw e;
      }
    }
    this.system = identifier;
    this.server = identifier == null ? null : identifier + '/' + start;
    role = connection.prepareStatement(ROLE);
  }

  /** Not every user may ask everything everywhere. */
  private static boolean isRefusal(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("42");
  }

  @Override
  public RoleAnswer ask() throws SQLException {
    boolean standby;
    String file;
    String position;
    try (ResultSet row = role.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("no row");
      }
      standby = row.getBoolean(1);
      file = row.getString(2);
      position = row.getString(3);
    }
    if (!standby) {
      return new RoleAnswer(Role.MASTER, system, timeline(file), server, null, position, null);
    }
    String source = null;
    long timeline = 0;
    if (receiver == null) {
      receiver = connection.prepareStatement(RECEIVER);
    }
    try (ResultSet row = receiver.executeQuery()) {
      if (row.next()) {
        source = Addresses.of(row.getString(1), row.getString(2));
        timeline = row.getLong(3);
      }
    }
    if (timeline == 0) {
      timeline = ofCheckpoint();
    }
    return new RoleAnswer(Role.REPLICA, system, timeline, server, source, position, null);
  }

  private long ofCheckpoint() throws SQLException {
    if (system == null) {
      return 0;
    }
    if (checkpoint == null) {
      checkpoint = connection.prepareStatement(CHECKPOINT);
    }
    try (ResultSet row = checkpoint.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The first eight hexadecimal digits of the name of a log's file. */
  private static long timeline(String file) {
    return file == null || file.length() < 8 ? 0 : Long.parseLong(file.substring(0, 8), 16);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // It is being given up.
      role = null;
    }
  }
}
