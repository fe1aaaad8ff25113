package io.rwsplit.failover;

import io.rwsplit.topology.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a server of MySQL is in its group (Group Replication): the primary is the master, and a
 * secondary a replica, while they are {@code ONLINE} and reach the majority of the group; whoever
 * is not is neither, however writable its settings make it. Of several primaries each is a master.
 *
 * <p>From {@code performance_schema.replication_group_members} (MySQL 8.0 manual, 27.12.11.16). A
 * user that may not read it is told by {@code read_only} alone, which the plugin keeps on
 * secondaries.
 */
final class GroupMembership {
  private static final String MEMBERS =
      "SELECT MEMBER_ID = @@server_uuid, MEMBER_STATE, MEMBER_ROLE"
          + " FROM performance_schema.replication_group_members";

  private final Statement statement;

  private GroupMembership(Statement statement) {
    this.statement = statement;
  }

  /** The membership of the server behind a connection; null when no group is configured. */
  static GroupMembership of(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    try (ResultSet row =
        statement.executeQuery("SHOW GLOBAL VARIABLES LIKE 'group_replication_group_name'")) {
      if (row.next() && row.getString(2) != null && !row.getString(2).isEmpty()) {
        return new GroupMembership(statement);
      }
    }
    statement.close();
    return null;
  }

  /**
   * The server's role.
   *
   * @param readOnly by its settings
   * @param server what tells it from others
   * @param position how far it is
   */
  RoleAnswer ask(boolean readOnly, String server, String position) throws SQLException {
    int members = 0;
    int reached = 0;
    String state = "";
    String role = "";
    try (ResultSet row = statement.executeQuery(MEMBERS)) {
      while (row.next()) {
        members++;
        reached += "UNREACHABLE".equals(row.getString(2)) ? 0 : 1;
        if (row.getBoolean(1)) {
          state = row.getString(2);
          role = row.getString(3);
        }
      }
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().startsWith("42")) {
        throw e;
      }
      Role bySettings = readOnly ? Role.REPLICA : Role.MASTER;
      return answer(bySettings, server, position, "may not see who is in its group");
    }
    return judge(state, role, members, reached, readOnly, server, position);
  }

  /** The role by what was read; pure. */
  static RoleAnswer judge(
      String state,
      String role,
      int members,
      int reached,
      boolean readOnly,
      String server,
      String position) {
    String problem = null;
    if (!"ONLINE".equals(state)) {
      problem = "is " + (state.isEmpty() ? "no member" : state) + " in its group";
    } else if (2 * reached <= members) {
      problem = "reaches " + reached + " of " + members + " members of its group";
    }
    if (problem != null) {
      return answer(Role.REPLICA, server, position, problem).asDetached();
    }
    boolean primary = "PRIMARY".equals(role);
    // A new primary is read-only until it has applied what it had received.
    Role found = primary && !readOnly ? Role.MASTER : Role.REPLICA;
    return answer(found, server, position, primary ? null : "is a secondary of its group");
  }

  private static RoleAnswer answer(Role role, String server, String position, String remark) {
    return new RoleAnswer(role, null, 0, server, null, position, remark);
  }
}
