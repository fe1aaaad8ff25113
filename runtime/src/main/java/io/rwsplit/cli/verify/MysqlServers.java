package io.rwsplit.cli.verify;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import io.rwsplit.engine.Host;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Servers of MariaDB and MySQL: their roles, whom they replicate from, and whether their positions
 * can be compared. Used by one thread.
 */
final class MysqlServers extends Servers {
  private static final int ACCESS_DENIED = 1227;

  private String masterServer;
  private int tablesOfMaster;

  MysqlServers(Findings findings, Databases databases) {
    super(findings, databases);
  }

  @Override
  String replicasOfIt() {
    return "replicas of it, with read_only on";
  }

  private static boolean isOn(String value) {
    return !value.equals("0") && !value.equalsIgnoreCase("OFF");
  }

  @Override
  boolean isMaster(Node node, Statement statement) throws SQLException {
    String version = ask(statement, "SELECT VERSION()");
    boolean mariadb = version.contains("MariaDB");
    String server =
        ask(
            statement,
            mariadb
                ? "SELECT CONCAT(@@hostname, ':', @@port, '/', @@server_id)"
                : "SELECT @@server_uuid");
    boolean readOnly = isOn(ask(statement, "SELECT @@GLOBAL.read_only"));
    boolean groups =
        !mariadb
            && !ask(statement, "SHOW STATUS LIKE 'group_replication_primary_member'").isEmpty();
    if (node.isMaster()) {
      masterServer = server;
      positions(node, statement, mariadb);
    } else if (server.equals(masterServer)) {
      findings.fail(node.name(), "is the master itself", "name another server in rwsplit.replicas");
      return false;
    }
    boolean replicates = !groups && sources(node, statement, mariadb, version, readOnly);
    boolean master = !readOnly && !replicates;
    if (mayChange || groups || node.isMaster() == master) {
      findings.ok(
          node.name(), (master ? "the master, writable" : "a replica") + ", version " + version);
    } else if (node.isMaster()) {
      findings.fail(
          node.name(),
          readOnly ? "is read-only: it takes no writes" : "replicates from another server",
          "name the master in rwsplit.master, or set rwsplit.failover=follow");
    } else {
      findings.fail(
          node.name(),
          "is no replica: writable, and replicates from nobody",
          "let it replicate from the master by GTID and set read_only=ON, or take it out of"
              + " rwsplit.replicas");
    }
    if (!master && !readOnly && !node.isMaster()) {
      findings.warn(
          node.name(), "takes writes of everybody", "SET GLOBAL read_only=ON, and in its my.cnf");
    }
    tables(node, statement);
    return master;
  }

  /** A user sees the tables it has any right on. */
  private void tables(Node node, Statement statement) throws SQLException {
    int seen =
        Integer.parseInt(
            ask(
                statement,
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE()"));
    if (node.isMaster()) {
      tablesOfMaster = seen;
    } else if (seen < tablesOfMaster) {
      findings.warn(
          node.name(),
          "the user sees " + seen + " tables here, and " + tablesOfMaster + " on the master",
          "GRANT SELECT on the database TO the user, or wait until the replica has caught up");
    }
  }

  private void positions(Node node, Statement statement, boolean mariadb) throws SQLException {
    boolean log = isOn(ask(statement, "SELECT @@GLOBAL.log_bin"));
    boolean gtids = mariadb || "ON".equals(ask(statement, "SELECT @@GLOBAL.gtid_mode"));
    if (!log || !gtids) {
      findings.warn(
          node.name(),
          (log ? "gtid_mode is not ON" : "keeps no binary log")
              + ": positions are not known, and reads stay on the master for"
              + " rwsplit.read-after-write.window after a write",
          log ? "set gtid_mode=ON on all servers" : "set log_bin on the master");
    } else {
      findings.ok(node.name(), "positions are known by GTID");
    }
  }

  /** True when it replicates, or tries to. */
  private boolean sources(
      Node node, Statement statement, boolean mariadb, String version, boolean readOnly)
      throws SQLException {
    boolean old = version.startsWith("5.") || version.startsWith("8.0.1");
    String show =
        mariadb ? "SHOW ALL SLAVES STATUS" : old ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS";
    try (ResultSet row = statement.executeQuery(show)) {
      if (!row.next()) {
        if (readOnly && !node.isMaster()) {
          findings.fail(
              node.name(),
              "replicates from nobody, although it is read-only",
              "let it replicate from the master (CHANGE " + (mariadb ? "MASTER" : "SOURCE") + ")");
        }
        return false;
      }
      String prefix = mariadb || old ? "Slave" : "Replica";
      String source = mariadb || old ? "Master" : "Source";
      state(node, row, prefix + "_IO_Running", "Last_IO_Error");
      state(node, row, prefix + "_SQL_Running", "Last_SQL_Error");
      from(node, row.getString(source + "_Host"), row.getInt(source + "_Port"));
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() != ACCESS_DENIED) {
        throw e;
      }
      findings.warn(
          node.name(),
          "the user may not see the state of replication",
          "GRANT " + (mariadb ? "SLAVE MONITOR" : "REPLICATION CLIENT") + " ON *.* TO the user");
      return readOnly;
    }
  }

  private void state(Node node, ResultSet row, String column, String error) throws SQLException {
    String running = row.getString(column);
    if (!"Yes".equalsIgnoreCase(running) && !node.isMaster()) {
      findings.fail(
          node.name(),
          column
              + " is "
              + running
              + ": "
              + databases.message(new SQLException(row.getString(error))),
          "mend what the server says, and start the replica again");
    }
  }

  private void from(Node node, String host, int port) {
    boolean same = false;
    for (Host each : databases.settings().master().hosts()) {
      same |= each.equals(Host.of(host, port));
    }
    if (!same && !node.isMaster() && !mayChange) {
      findings.warn(
          node.name(),
          "replicates from " + host + ":" + port + ", which is not written like rwsplit.master",
          "nothing, if that is another name of the master");
    }
  }
}
