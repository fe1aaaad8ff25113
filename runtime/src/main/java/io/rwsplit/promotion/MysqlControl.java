package io.rwsplit.promotion;

import io.rwsplit.consistency.MysqlGtids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Control of a MySQL server, 8.0.23 or later, that replicates by GTID with automatic positions. */
final class MysqlControl extends MysqlFamilyControl {
  MysqlControl(Connection connection) throws SQLException {
    super(connection);
  }

  @Override
  String statusStatement() {
    return "SHOW REPLICA STATUS";
  }

  @Override
  NodeReport look() throws SQLException {
    NodeReport.Builder found = new NodeReport.Builder();
    String executed;
    try (ResultSet row =
        row(
            "SELECT @@GLOBAL.read_only, @@GLOBAL.gtid_executed, @@GLOBAL.server_uuid,"
                + " @@GLOBAL.gtid_mode")) {
      found.writable = "0".equals(row.getString(1));
      executed = row.getString(2).replace("\n", "");
      found.identity = row.getString(3);
      found.history = executed;
      if ("ON".equals(row.getString(4))) {
        found.applied = position(executed);
      } else {
        found.problem = "gtid_mode is not ON";
      }
    }
    return withSources(found, executed);
  }

  @Override
  String receivedColumn() {
    return "retrieved_gtid_set";
  }

  @Override
  MysqlGtids position(String sets) {
    return MysqlGtids.parse(sets);
  }

  @Override
  String identity() throws SQLException {
    return ask("SELECT @@GLOBAL.server_uuid");
  }

  @Override
  String lacksRights() throws SQLException {
    return lacking(
        "CREATE",
        "INSERT",
        "SELECT",
        "PROCESS",
        "CONNECTION_ADMIN",
        "SYSTEM_VARIABLES_ADMIN",
        "REPLICATION_SLAVE_ADMIN",
        "REPLICATION CLIENT");
  }

  @Override
  void stopReceiving() throws SQLException {
    execute("STOP REPLICA IO_THREAD");
  }

  @Override
  void replicateAgain() throws SQLException {
    execute("SET GLOBAL super_read_only = 1");
    execute("START REPLICA");
  }

  @Override
  void stopReplication() throws SQLException {
    execute("STOP REPLICA");
  }

  @Override
  void forgetSource() throws SQLException {
    execute("RESET REPLICA ALL");
  }

  @Override
  void follow(Address master, NodeControl of) throws SQLException {
    execute("STOP REPLICA");
    execute("CHANGE REPLICATION SOURCE TO " + to(master) + ", SOURCE_AUTO_POSITION=1");
    execute("START REPLICA");
  }

  private static String to(Address master) {
    return "SOURCE_HOST=" + quoted(master.host()) + ", SOURCE_PORT=" + master.port();
  }

  @Override
  void become(Address master, Credentials credentials, NodeControl like) throws SQLException {
    List<Map<String, String>> others =
        like == null ? java.util.Collections.emptyList() : ((MysqlControl) like).sources();
    StringBuilder change = new StringBuilder("CHANGE REPLICATION SOURCE TO ").append(to(master));
    change.append(", SOURCE_USER=").append(quoted(credentials.user)).append(", SOURCE_PASSWORD=");
    change.append(quoted(password(credentials)));
    if (!others.isEmpty()) {
      boolean tls = "Yes".equals(others.get(0).get("source_ssl_allowed"));
      change.append(", SOURCE_SSL=").append(tls ? 1 : 0);
      change.append(", GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=");
      change.append(others.get(0).get("connect_retry"));
    }
    execute("STOP REPLICA");
    execute(change.append(", SOURCE_AUTO_POSITION=1").toString());
    execute("START REPLICA");
  }

  @Override
  void fence() throws SQLException {
    execute("SET GLOBAL super_read_only = 1");
    endSessions();
  }

  @Override
  void unfence() throws SQLException {
    execute("SET GLOBAL super_read_only = 0");
    execute("SET GLOBAL read_only = 0");
  }

  @Override
  String fenceLimits() {
    return "a restart ends it unless super_read_only is in the server's configuration";
  }

  @Override
  Orphans orphans(NodeControl master) throws SQLException {
    return excess(look().history, master.look().history);
  }

  @Override
  Orphans lacks(NodeReport last) throws SQLException {
    return excess(last.history, look().history).asLowerBound();
  }

  private Orphans excess(String of, String over) throws SQLException {
    String excess = ask("SELECT GTID_SUBTRACT(" + quoted(of) + ", " + quoted(over) + ")");
    String text = excess == null ? "" : excess.replace("\n", "");
    long count = MysqlGtids.parse(text).count();
    return Orphans.exactly(count, count == 0 ? "none" : text);
  }

  @Override
  boolean canBecomeReplica() {
    return true;
  }
}
