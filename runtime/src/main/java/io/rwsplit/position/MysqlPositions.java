package io.rwsplit.position;

import io.rwsplit.consistency.MariadbGtids;
import io.rwsplit.consistency.MysqlGtids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Positions of MariaDB and MySQL, whichever of the two the server is: the GTIDs in its binary log,
 * and those it has applied. Used by one thread at a time.
 */
final class MysqlPositions implements PositionQuery {
  /** Between two looks at the group, while positions are asked for far more often. */
  private static final long GROUP_NANOS = 200_000_000L;

  private final Connection connection;
  private final boolean mariadb;
  private Statement statement;

  /** Null for a server that is in no group. */
  private final GroupMembership group;

  private long groupSeen;
  private String groupProblem;

  /** The server's own number in its GTIDs; 0 where that does not matter. */
  private final long origin;

  /**
   * @param changing true where another server may become the master
   */
  MysqlPositions(Connection connection, boolean changing) throws SQLException {
    this.connection = connection;
    this.statement = connection.createStatement();
    this.mariadb = ask("SELECT VERSION()").contains("MariaDB");
    this.group = mariadb ? null : GroupMembership.of(connection);
    this.groupSeen = System.nanoTime() - GROUP_NANOS;
    this.origin = mariadb && changing ? Long.parseLong(ask("SELECT @@GLOBAL.server_id")) : 0;
  }

  private String ask(String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      String value = row.next() ? row.getString(1) : null;
      return value == null ? "" : value;
    }
  }

  @Override
  public MasterSample master() throws SQLException, NoPosition {
    if (mariadb) {
      MariadbGtids written = MariadbGtids.parse(ask("SELECT @@GLOBAL.gtid_binlog_pos"), origin);
      if (written.isEmpty() && ask("SELECT @@GLOBAL.log_bin").equals("0")) {
        throw new NoPosition("the master keeps no binary log");
      }
      return new MasterSample(written, null, 0);
    }
    MysqlGtids written = executed();
    if (written == null) {
      throw new NoPosition("gtid_mode of the master is not ON");
    }
    return new MasterSample(written, null, 0);
  }

  @Override
  public ReplicaSample replica() throws SQLException, NoPosition, NotReplica {
    checkGroup();
    if (mariadb) {
      MariadbGtids reached = MariadbGtids.parse(ask("SELECT @@GLOBAL.gtid_slave_pos"));
      if (reached.isEmpty()) {
        throw new NoPosition("gtid_slave_pos is empty");
      }
      return new ReplicaSample(reached, -1);
    }
    MysqlGtids reached = executed();
    if (reached == null || reached.isEmpty()) {
      throw new NoPosition("gtid_executed is empty");
    }
    return new ReplicaSample(reached, -1);
  }

  private void checkGroup() throws SQLException, NotReplica {
    if (group != null && System.nanoTime() - groupSeen >= GROUP_NANOS) {
      GroupMembership.Standing standing = group.look();
      groupProblem = standing == null ? null : standing.problem();
      groupSeen = System.nanoTime();
    }
    if (groupProblem != null) {
      throw new NotReplica(groupProblem);
    }
  }

  /**
   * Null unless {@code gtid_mode} is ON. It can change while the server runs, and in any other mode
   * there may be writes without a GTID, which {@code gtid_executed} does not count.
   */
  private MysqlGtids executed() throws SQLException, NoPosition {
    String sql = "SELECT @@GLOBAL.gtid_mode, @@GLOBAL.gtid_executed";
    try (ResultSet row = statement.executeQuery(sql)) {
      if (!row.next() || !"ON".equals(row.getString(1))) {
        return null;
      }
      String set = row.getString(2);
      try {
        return MysqlGtids.parse(set);
      } catch (IllegalArgumentException e) {
        throw new NoPosition("gtid_executed cannot be understood: " + set, e);
      }
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
      // It is being given up.
      statement = null;
    }
  }
}
