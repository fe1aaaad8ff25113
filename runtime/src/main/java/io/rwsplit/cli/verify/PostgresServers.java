package io.rwsplit.cli.verify;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Servers of PostgreSQL: their roles, and whether they are one cluster. Used by one thread. */
final class PostgresServers extends Servers {
  private static final String SERVER =
      "SELECT pg_is_in_recovery(), current_setting('server_version'), current_user,"
          + " pg_has_role('pg_read_all_stats', 'MEMBER')";

  /** Of what the application may have made, what the user may read, and all. */
  private static final String TABLES =
      "SELECT coalesce(sum(CASE WHEN has_schema_privilege(n.oid, 'USAGE')"
          + " AND has_table_privilege(c.oid, 'SELECT') THEN 1 ELSE 0 END), 0), count(*)"
          + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname <> 'information_schema'"
          + " AND n.nspname NOT LIKE 'pg\\_%'";

  private String system;
  private String version;

  PostgresServers(Findings findings, Databases databases) {
    super(findings, databases);
  }

  @Override
  String replicasOfIt() {
    return "standbys of it";
  }

  @Override
  boolean isMaster(Node node, Statement statement) throws SQLException {
    boolean standby;
    boolean stats;
    String own;
    String user;
    try (ResultSet row = statement.executeQuery(SERVER)) {
      if (!row.next()) {
        throw new SQLException("no row");
      }
      standby = row.getBoolean(1);
      own = row.getString(2);
      user = row.getString(3);
      stats = row.getBoolean(4);
    }
    role(node, standby, own);
    cluster(node, statement, standby);
    if (version != null && !major(version).equals(major(own))) {
      findings.fail(
          node.name(),
          "is of version " + own + ", the master of " + version,
          "streaming replication needs one major version");
    }
    version = node.isMaster() ? own : version;
    if (standby && stats) {
      receiver(node, statement);
    }
    if (mayChange && !stats) {
      findings.warn(
          node.name(),
          "the user may not see a standby's timeline: after a failover it gets no reads for minutes",
          "GRANT pg_read_all_stats TO " + user);
    }
    tables(node, statement, user);
    return !standby;
  }

  private void tables(Node node, Statement statement, String user) throws SQLException {
    try (ResultSet row = statement.executeQuery(TABLES)) {
      if (row.next() && row.getInt(1) < row.getInt(2)) {
        findings.warn(
            node.name(),
            "the user may read " + row.getInt(1) + " of " + row.getInt(2) + " tables and views",
            "if the application reads the others: GRANT USAGE on their schema and SELECT on them TO "
                + user);
      }
    }
  }

  private void role(Node node, boolean standby, String own) {
    if (standby != node.isMaster() || mayChange) {
      findings.ok(
          node.name(), (standby ? "a standby" : "the master, writable") + ", PostgreSQL " + own);
    } else if (standby) {
      findings.fail(
          node.name(),
          "is in recovery: a standby, which takes no writes",
          "name the master in rwsplit.master, or set rwsplit.failover=follow");
    } else {
      findings.fail(
          node.name(),
          "is not in recovery: no standby, but a server of its own",
          "make it a standby of the master (pg_basebackup -R), or take it out of rwsplit.replicas");
    }
  }

  private void cluster(Node node, Statement statement, boolean standby) {
    String own;
    try (ResultSet row =
        statement.executeQuery("SELECT system_identifier::text FROM pg_control_system()")) {
      own = row.next() ? row.getString(1) : null;
    } catch (SQLException e) {
      findings.warn(
          node.name(),
          "the user may not ask which cluster it is of",
          "GRANT EXECUTE ON FUNCTION pg_control_system() TO the user");
      return;
    }
    if (node.isMaster()) {
      system = own;
    } else if (system != null && standby && !system.equals(own)) {
      findings.fail(
          node.name(),
          "is a standby of another cluster than the master's",
          "make it anew from this master (pg_basebackup -R)");
    }
  }

  private void receiver(Node node, Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT status FROM pg_stat_wal_receiver")) {
      if (!row.next()) {
        findings.warn(
            node.name(),
            "receives nothing from a master now",
            "look at primary_conninfo and the standby's log");
      }
    }
  }

  private static String major(String version) {
    int dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }
}
