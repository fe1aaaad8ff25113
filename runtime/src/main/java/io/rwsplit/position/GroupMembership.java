package io.rwsplit.position;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a server of MySQL is in its group (Group Replication), from {@code
 * performance_schema.replication_group_members} of MySQL 8.0. Used by one thread at a time, on a
 * connection that is somebody else's to close.
 */
public final class GroupMembership {
  private static final String NAME = "SHOW GLOBAL VARIABLES LIKE 'group_replication_group_name'";

  private static final String MEMBERS =
      "SELECT MEMBER_ID = @@server_uuid, MEMBER_STATE, MEMBER_ROLE"
          + " FROM performance_schema.replication_group_members";

  /** What was found out. Immutable. */
  public static final class Standing {
    private final boolean primary;
    private final String problem;

    Standing(boolean primary, String problem) {
      this.primary = primary;
      this.problem = problem;
    }

    /** True for a primary; where there are several, for each of them. */
    public boolean isPrimary() {
      return primary;
    }

    /**
     * Why the server may neither be written to nor read from, however writable its settings make
     * it; null when it is {@code ONLINE} and reaches the majority of the group.
     */
    public String problem() {
      return problem;
    }
  }

  private final Connection connection;

  private GroupMembership(Connection connection) {
    this.connection = connection;
  }

  /** The membership of the server behind a connection; null when no group is configured there. */
  public static GroupMembership of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NAME)) {
      String name = row.next() ? row.getString(2) : null;
      return name == null || name.isEmpty() ? null : new GroupMembership(connection);
    }
  }

  /** What the server says now; null when the user may not read it. */
  public Standing look() throws SQLException {
    int members = 0;
    int reached = 0;
    String state = "";
    String role = "";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MEMBERS)) {
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
      return null;
    }
    return judge(state, role, members, reached);
  }

  /**
   * The standing by what was read; pure.
   *
   * @param state its own; empty when it is not listed
   * @param reached how many of the members, itself among them, it can reach
   */
  static Standing judge(String state, String role, int members, int reached) {
    String problem = null;
    if (!"ONLINE".equals(state)) {
      problem = "is " + (state.isEmpty() ? "no member" : state) + " in its group";
    } else if (2 * reached <= members) {
      problem = "reaches only " + reached + " of " + members + " members of its group";
    }
    return new Standing("PRIMARY".equals(role), problem);
  }
}
