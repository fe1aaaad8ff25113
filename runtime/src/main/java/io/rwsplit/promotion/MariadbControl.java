package io.rwsplit.promotion;

import io.rwsplit.consistency.MariadbGtids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Control of a MariaDB server that replicates by GTID. */
final class MariadbControl extends MysqlFamilyControl {
  private static final String IDENTITY = "CONCAT(@@GLOBAL.server_id, '@', @@hostname, ':', @@port)";

  MariadbControl(Connection connection) throws SQLException {
    super(connection);
  }

  @Override
  String statusStatement() {
    return "SHOW ALL SLAVES STATUS";
  }

  @Override
  NodeReport look() throws SQLException {
    NodeReport.Builder found = new NodeReport.Builder();
    String all;
    try (ResultSet row =
        row(
            "SELECT @@GLOBAL.read_only, @@GLOBAL.gtid_slave_pos, @@GLOBAL.gtid_binlog_pos,"
                + " @@GLOBAL.gtid_binlog_state,"
                + " "
                + IDENTITY)) {
      String readOnly = row.getString(1);
      found.writable = readOnly.equals("0") || readOnly.equalsIgnoreCase("OFF");
      String replicated = row.getString(2);
      all = replicated + "," + row.getString(3);
      found.history = row.getString(4) + "," + replicated;
      found.identity = row.getString(5);
    }
    found.applied = position(all);
    return withSources(found, all);
  }

  @Override
  String receivedColumn() {
    return "gtid_io_pos";
  }

  /** The newest GTID of each domain. */
  @Override
  MariadbGtids position(String sets) {
    Map<String, String> newest = new TreeMap<>();
    for (String gtid : sets.split(",", -1)) {
      int dash = gtid.indexOf('-');
      if (dash > 0) {
        String domain = gtid.substring(0, dash).trim();
        String known = newest.get(domain);
        if (known == null || number(known) < number(gtid)) {
          newest.put(domain, gtid.trim());
        }
      }
    }
    return MariadbGtids.parse(String.join(",", newest.values()));
  }

  private static long number(String gtid) {
    return Long.parseLong(gtid.substring(gtid.lastIndexOf('-') + 1).trim());
  }

  @Override
  String identity() throws SQLException {
    return ask("SELECT " + IDENTITY);
  }

  @Override
  String lacksRights() throws SQLException {
    return lacking(
        "CREATE",
        "INSERT",
        "SELECT",
        "PROCESS",
        "CONNECTION ADMIN",
        "READ_ONLY ADMIN",
        "REPLICATION SLAVE ADMIN",
        "SLAVE MONITOR");
  }

  @Override
  void stopReceiving() throws SQLException {
    execute("STOP SLAVE IO_THREAD");
  }

  @Override
  void replicateAgain() throws SQLException {
    execute("START SLAVE");
  }

  @Override
  void stopReplication() throws SQLException {
    execute("STOP SLAVE");
  }

  @Override
  void forgetSource() throws SQLException {
    execute("RESET SLAVE ALL");
  }

  @Override
  void follow(Address master, NodeControl of) throws SQLException {
    execute("STOP SLAVE");
    execute("CHANGE MASTER TO " + to(master) + ", MASTER_USE_GTID=slave_pos");
    execute("START SLAVE");
  }

  private static String to(Address master) {
    return "MASTER_HOST=" + quoted(master.host()) + ", MASTER_PORT=" + master.port();
  }

  @Override
  void become(Address master, Credentials credentials, NodeControl like) throws SQLException {
    List<Map<String, String>> others =
        like == null ? java.util.Collections.emptyList() : ((MariadbControl) like).sources();
    StringBuilder change = new StringBuilder("CHANGE MASTER TO ").append(to(master));
    change.append(", MASTER_USER=").append(quoted(credentials.user));
    change.append(", MASTER_PASSWORD=").append(quoted(password(credentials)));
    if (!others.isEmpty()) {
      Map<String, String> other = others.get(0);
      boolean tls = "Yes".equals(other.get("source_ssl_allowed"));
      change.append(", MASTER_SSL=").append(tls ? 1 : 0);
      if (tls && "No".equals(other.get("source_ssl_verify_server_cert"))) {
        change.append(", MASTER_SSL_VERIFY_SERVER_CERT=0");
      }
      change.append(", MASTER_CONNECT_RETRY=").append(other.get("connect_retry"));
    }
    execute("STOP SLAVE");
    // All that it has, be it replicated once or its own.
    execute("SET GLOBAL gtid_slave_pos = " + quoted(ask("SELECT @@GLOBAL.gtid_current_pos")));
    execute(change.append(", MASTER_USE_GTID=slave_pos").toString());
    execute("START SLAVE");
  }

  @Override
  void fence() throws SQLException {
    execute("SET GLOBAL read_only = 1");
    endSessions();
  }

  @Override
  void unfence() throws SQLException {
    execute("SET GLOBAL read_only = 0");
  }

  @Override
  String fenceLimits() {
    return "users with READ_ONLY ADMIN (before 10.11 SUPER) can still write, and a restart ends it"
        + " unless read_only is in the server's configuration";
  }

  @Override
  Orphans orphans(NodeControl master) throws SQLException {
    return MariadbOrphans.count(look().history, master.look().history);
  }

  @Override
  Orphans lacks(NodeReport last) throws SQLException {
    return MariadbOrphans.count(last.history, look().history).asLowerBound();
  }

  @Override
  boolean canBecomeReplica() {
    return true;
  }
}
