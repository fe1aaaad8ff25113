package io.rwsplit.cli.verify;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Servers of PostgreSQL: their roles, and whether they are one cluster. Used by one thread. */
final class PostgresServers {
  private static final String SERVER =
      "SELECT pg_is_in_recovery(), current_setting('server_version'), current_user,"
          + " pg_has_role('pg_read_all_stats', 'MEMBER')";

  private final Findings findings;
  private final Databases databases;
  private final boolean mayChange;
  private String system;
  private String version;
  private int masters;
  private int answers;

  PostgresServers(Findings findings, Databases databases) {
    this.findings = findings;
    this.databases = databases;
    this.mayChange = databases.settings().masterMayChange();
  }

  void check() {
    for (Node node : databases.nodes()) {
      try (Connection connection = databases.open(node, Openings.SECONDS);
          Statement statement = connection.createStatement()) {
        answers++;
        server(node, statement);
      } catch (SQLException e) {
        new Openings(findings, databases).failed(node, e);
      }
    }
    if (mayChange && answers > 0 && masters != 1) {
      findings.fail(
          "roles",
          masters == 0 ? "no server is the master" : masters + " servers are masters",
          "let one of them be the master, and the others standbys of it");
    }
  }

  private void server(Node node, Statement statement) throws SQLException {
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
    masters += standby ? 0 : 1;
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
