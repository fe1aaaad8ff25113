package io.rwsplit.failover;

import io.rwsplit.position.GroupMembership;
import io.rwsplit.topology.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The role of a server of MariaDB or MySQL: a master is writable ({@code read_only} and {@code
 * super_read_only} are off) and has no replication that runs or tries to. A user that may not see
 * the state of replication is told by {@code Slave_running} and {@code Slaves_running} in MariaDB,
 * and by {@code read_only} alone in MySQL. A member of a group is what the group says.
 */
final class MysqlRole implements RoleQuery {
  private static final int ACCESS_DENIED = 1227;

  private final Connection connection;
  private final boolean mariadb;
  private final String server;
  private final String showReplication;
  private final Statement statement;

  /** Null for a server that is in no group. */
  private final GroupMembership group;

  private boolean mayShow = true;

  /** Of the newest look at replication. */
  private String source;

  private String remark;

  MysqlRole(Connection connection) throws SQLException {
    this.connection = connection;
    this.statement = connection.createStatement();
    String version = value("SELECT VERSION()");
    this.mariadb = version.contains("MariaDB");
    this.server =
        value(
            mariadb
                ? "SELECT CONCAT(@@hostname, ':', @@port, '/', @@server_id)"
                : "SELECT @@server_uuid");
    this.group = mariadb ? null : GroupMembership.of(connection);
    if (mariadb) {
      showReplication = "SHOW ALL SLAVES STATUS";
    } else {
      // SHOW SLAVE STATUS is gone since 8.4, SHOW REPLICA STATUS came with 8.0.22.
      showReplication = isBefore8022(version) ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS";
    }
  }

  private static boolean isBefore8022(String version) {
    if (version.startsWith("5.")) {
      return true;
    }
    if (!version.startsWith("8.0.")) {
      return false;
    }
    int end = 4;
    while (end < version.length() && Character.isDigit(version.charAt(end))) {
      end++;
    }
    return end > 4 && Integer.parseInt(version.substring(4, end)) < 22;
  }

  private String value(String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      String value = row.next() ? row.getString(1) : null;
      return value == null ? "" : value;
    }
  }

  @Override
  public RoleAnswer ask() throws SQLException {
    String position;
    boolean readOnly;
    String sql =
        mariadb
            ? "SELECT @@GLOBAL.read_only, @@GLOBAL.gtid_current_pos"
            : "SELECT @@GLOBAL.read_only OR @@GLOBAL.super_read_only, @@GLOBAL.gtid_executed";
    try (ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new SQLException("no row");
      }
      // MariaDB 12 has more values than 0 and 1.
      String text = row.getString(1).toUpperCase(Locale.ROOT);
      readOnly = !text.equals("0") && !text.equals("OFF");
      position = row.getString(2);
    }
    if (group != null) {
      return inGroup(readOnly, position);
    }
    boolean replicates = replicates();
    Role role = readOnly || replicates ? Role.REPLICA : Role.MASTER;
    RoleAnswer answer = new RoleAnswer(role, null, 0, server, source, position, remark);
    boolean known = mayShow || mariadb;
    return role == Role.REPLICA && known && !replicates ? answer.asDetached() : answer;
  }

  /** The group decides, and its channels are no replication that speaks against a primary. */
  private RoleAnswer inGroup(boolean readOnly, String position) throws SQLException {
    GroupMembership.Standing standing = group.look();
    // A new primary is read-only until it has applied what it had received.
    Role role = readOnly ? Role.REPLICA : Role.MASTER;
    String said = null;
    if (standing == null) {
      said = "may not read performance_schema.replication_group_members";
    } else if (standing.problem() != null) {
      return new RoleAnswer(Role.REPLICA, null, 0, server, null, position, standing.problem())
          .asDetached();
    } else if (!standing.isPrimary()) {
      role = Role.REPLICA;
    }
    return new RoleAnswer(role, null, 0, server, null, position, said);
  }

  private boolean replicates() throws SQLException {
    source = null;
    remark = null;
    if (mayShow) {
      try {
        return sources();
      } catch (SQLException e) {
        if (e.getErrorCode() != ACCESS_DENIED) {
          throw e;
        }
        mayShow = false;
      }
    }
    remark = "may not see the state of replication";
    if (!mariadb) {
      return false;
    }
    try (ResultSet row =
        statement.executeQuery(
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('Slave_running', 'Slaves_running')")) {
      while (row.next()) {
        String value = row.getString(2);
        if (!"OFF".equals(value) && !"0".equals(value)) {
          return true;
        }
      }
    }
    return false;
  }

  /** True when any source is replicated from, or would be if it answered. */
  private boolean sources() throws SQLException {
    boolean running = false;
    try (ResultSet row = statement.executeQuery(showReplication)) {
      ResultSetMetaData columns = row.getMetaData();
      while (row.next()) {
        String host = null;
        String port = null;
        boolean active = false;
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
          if (name.equals("master_host") || name.equals("source_host")) {
            host = row.getString(i);
          } else if (name.equals("master_port") || name.equals("source_port")) {
            port = row.getString(i);
          } else if (name.endsWith("_io_running") || name.endsWith("_sql_running")) {
            active |= !"No".equalsIgnoreCase(row.getString(i));
          }
        }
        if (active) {
          running = true;
          source = Addresses.of(host, port);
        }
      }
    }
    return running;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // It is being given up.
      source = null;
    }
  }
}
