package io.rwsplit.position;

import io.rwsplit.consistency.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Positions of PostgreSQL: the master's insert position, since a commit may return before it is
 * flushed, and a standby's replay position ("System Administration Functions" of the manual: all of
 * these functions may be called by every user). Used by one thread at a time.
 */
final class PostgresPositions implements PositionQuery {
  private static final String MASTER =
      "SELECT CASE WHEN r THEN NULL ELSE pg_current_wal_insert_lsn() END,"
          + " CASE WHEN r THEN NULL ELSE pg_current_wal_flush_lsn() END"
          + " FROM (SELECT pg_is_in_recovery() AS r) AS s";

  /**
   * The timeline a master writes, by the name of its log's file; the newest that a standby is known
   * to have gone over to. What it receives is shown to {@code pg_read_all_stats} only; a receiver
   * of a timeline has been let begin only because the standby's replay is on the way there ({@code
   * rescanLatestTimeLine}). The control file follows at the next restartpoint.
   */
  private static final String TIMELINES =
      "SELECT CASE WHEN pg_is_in_recovery() THEN greatest("
          + "(SELECT max(received_tli) FROM pg_stat_wal_receiver),"
          + " (SELECT timeline_id FROM pg_control_checkpoint()),"
          + " (SELECT min_recovery_end_timeline FROM pg_control_recovery()))"
          + " ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END";

  private static final String REPLICA =
      "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn(),"
          + " extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())";

  /**
   * An asynchronous commit is flushed within three times wal_writer_delay ("Asynchronous Commit" of
   * the manual); this many times, and at least a second, for a machine that is slow to run it.
   */
  private static final long FLUSH_ROUNDS = 5;

  private static final long LEAST_SEGMENT = 1 << 20;
  private static final long FLUSH_LEAST_NANOS = 1_000_000_000L;

  private final Connection connection;
  private final long blockSize;
  private final long segmentSize;
  private final long flushDelayNanos;
  private ServerIdentity identity;
  private PreparedStatement master;
  private PreparedStatement replica;
  private PreparedStatement timelines;

  PostgresPositions(Connection connection) throws SQLException {
    this.connection = connection;
    this.blockSize = setting("wal_block_size");
    long segment = setting("wal_segment_size");
    // Before version 11 in blocks.
    this.segmentSize = segment < LEAST_SEGMENT ? segment * blockSize : segment;
    this.flushDelayNanos =
        Math.max(FLUSH_LEAST_NANOS, FLUSH_ROUNDS * setting("wal_writer_delay") * 1_000_000L);
    this.identity = readIdentity();
  }

  /** The number as {@code pg_settings} has it, in the setting's own unit. */
  private long setting(String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT setting FROM pg_catalog.pg_settings WHERE name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("PostgreSQL has no setting " + name);
        }
        return row.getLong(1);
      }
    }
  }

  private ServerIdentity readIdentity() {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT s.system_identifier, c.timeline_id"
                    + " FROM pg_control_system() s, pg_control_checkpoint() c")) {
      return row.next()
          ? new ServerIdentity(row.getString(1), row.getLong(2))
          : ServerIdentity.UNKNOWN;
    } catch (SQLException e) {
      // Not allowed to everybody everywhere.
      return ServerIdentity.UNKNOWN;
    }
  }

  @Override
  public MasterSample master() throws SQLException, NoPosition {
    if (master == null) {
      master = connection.prepareStatement(MASTER);
    }
    try (ResultSet row = master.executeQuery()) {
      String insert = row.next() ? row.getString(1) : null;
      if (insert == null) {
        throw new NoPosition("the master is itself a standby");
      }
      Lsn written = Lsn.parse(insert).endOfLastRecord(blockSize, segmentSize);
      Lsn flushed = Lsn.parse(row.getString(2));
      // At the end of a page the log may have been flushed in the middle of a record.
      boolean ofRecord = flushed.value() % blockSize != 0 || flushed.equals(written);
      return new MasterSample(written, ofRecord ? flushed : null, flushDelayNanos);
    }
  }

  @Override
  public ReplicaSample replica() throws SQLException, NoPosition, NotReplica {
    if (replica == null) {
      replica = connection.prepareStatement(REPLICA);
    }
    try (ResultSet row = replica.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("no row");
      }
      if (!row.getBoolean(1)) {
        throw new NotReplica("it is not in recovery");
      }
      String replayed = row.getString(2);
      if (replayed == null) {
        throw new NoPosition("it replays no log");
      }
      double age = row.getDouble(3);
      return new ReplicaSample(
          Lsn.parse(replayed), row.wasNull() ? -1 : (long) (Math.max(0, age) * 1e9));
    }
  }

  @Override
  public ServerIdentity identity() {
    return identity;
  }

  @Override
  public ServerIdentity freshIdentity() throws SQLException {
    if (identity.system != null) {
      if (timelines == null) {
        timelines = connection.prepareStatement(TIMELINES);
      }
      try (ResultSet row = timelines.executeQuery()) {
        if (row.next()) {
          identity = new ServerIdentity(identity.system, row.getLong(1));
        }
      }
    }
    return identity;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // It is being given up.
      master = null;
    }
  }
}
