package io.rwsplit.position;

import io.rwsplit.topology.Lag;
import io.rwsplit.topology.ReplicationState;
import io.rwsplit.topology.ReplicationState.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The state of replication on MariaDB and MySQL, of all channels: the worst of each. Needs {@code
 * REPLICATION CLIENT}, on MariaDB {@code SLAVE MONITOR} (10.5.8 and later). MariaDB's spelling is
 * understood by all its versions; MySQL has another since 8.0.22, and only that since 8.4. Used by
 * one thread at a time.
 */
final class MysqlSignals implements SignalQuery {
  private static final String SEMI_SYNC =
      "SHOW GLOBAL STATUS WHERE Variable_name IN"
          + " ('Rpl_semi_sync_slave_status', 'Rpl_semi_sync_replica_status')";
  private static final String SEMI_SYNC_CLIENTS =
      "SHOW GLOBAL STATUS WHERE Variable_name IN"
          + " ('Rpl_semi_sync_master_clients', 'Rpl_semi_sync_source_clients')";

  private final Connection connection;
  private final String ask;

  MysqlSignals(Connection connection) throws SQLException {
    this.connection = connection;
    String version = first("SELECT VERSION()");
    if (version.contains("MariaDB")) {
      ask = "SHOW ALL SLAVES STATUS";
    } else {
      ask = isOld(version) ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS";
    }
  }

  /** True for MySQL before 8.0.22. */
  static boolean isOld(String version) {
    long number = 0;
    int at = 0;
    for (int part = 0; part < 3; part++) {
      int end = at;
      while (end < version.length() && Character.isDigit(version.charAt(end))) {
        end++;
      }
      number = number * 1000 + (end == at ? 0 : Integer.parseInt(version.substring(at, end)));
      at = Math.min(version.length(), end + 1);
    }
    return number < 8_000_022;
  }

  private String first(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      String value = row.next() ? row.getString(1) : null;
      return value == null ? "" : value;
    }
  }

  @Override
  public ReplicationState ask() throws SQLException {
    Channels channels = new Channels();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(ask)) {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
          Map<String, String> row = new HashMap<>();
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), rows.getString(i));
          }
          channels.add(row);
        }
      }
      try (ResultSet row = statement.executeQuery(SEMI_SYNC)) {
        channels.semiSync(row.next() ? row.getString(2) : null);
      }
      try (ResultSet row = statement.executeQuery(SEMI_SYNC_CLIENTS)) {
        channels.semiSyncClients(row.next() ? row.getInt(2) : 0);
      }
    }
    return channels.state();
  }

  @Override
  public Long heartbeat(String column) throws SQLException {
    return Heartbeats.newest(connection, "UNIX_TIMESTAMP(MAX(", column, "))");
  }

  /** What the channels together say. Not thread-safe. */
  static final class Channels {
    private Part receiving = Part.UNKNOWN;
    private String receivingText;
    private Part applying = Part.UNKNOWN;
    private String applyingText;
    private long seconds = -1;
    private boolean secondsUnknown;
    private String semiSync;
    private int semiSyncClients;

    /**
     * Adds one channel.
     *
     * @param row by names of columns in lower case
     */
    void add(Map<String, String> row) {
      String name = either(row, "connection_name", "channel_name");
      String of = name == null || name.isEmpty() ? "" : " of channel " + name;
      Part received = part(either(row, "slave_io_running", "replica_io_running"));
      String error = error(row, "io");
      if (received == Part.STOPPED || receiving == Part.UNKNOWN) {
        receiving = received;
      }
      if (received == Part.STOPPED && receivingText == null) {
        receivingText = "IO thread" + of + (error == null ? "" : ": " + error);
      }
      Part applied = part(either(row, "slave_sql_running", "replica_sql_running"));
      error = error(row, "sql");
      if (applied == Part.STOPPED && error != null) {
        applied = Part.FAILED;
      }
      if (rank(applied) > rank(applying)) {
        applying = applied;
        applyingText =
            applied == Part.RUNNING
                ? null
                : "SQL thread" + of + (error == null ? " is stopped" : ": " + error);
      }
      String behind = either(row, "seconds_behind_master", "seconds_behind_source");
      if (behind == null) {
        secondsUnknown = true;
      } else {
        seconds = Math.max(seconds, Long.parseLong(behind));
      }
    }

    private static int rank(Part part) {
      switch (part) {
        case FAILED:
          return 3;
        case STOPPED:
          return 2;
        case RUNNING:
          return 1;
        default:
          return 0;
      }
    }

    void semiSync(String status) {
      semiSync = status;
    }

    /** Replicas that a master waits for. */
    void semiSyncClients(int clients) {
      semiSyncClients = clients;
    }

    private static String either(Map<String, String> row, String one, String other) {
      String value = row.get(one);
      return value == null ? row.get(other) : value;
    }

    /** "Connecting" and "Preparing" are no connection. */
    private static Part part(String text) {
      if (text == null) {
        return Part.UNKNOWN;
      }
      return text.equalsIgnoreCase("Yes") ? Part.RUNNING : Part.STOPPED;
    }

    private static String error(Map<String, String> row, String thread) {
      String number = row.get("last_" + thread + "_errno");
      String text = row.get("last_" + thread + "_error");
      if (number == null || number.equals("0")) {
        return null;
      }
      return text == null || text.isEmpty() ? number : number + " " + text;
    }

    ReplicationState state() {
      Lag lag = Lag.unknown();
      // Null of one channel says nothing of how far that is behind: the others' is a lower bound.
      if (seconds > 0) {
        lag = Lag.behind(0, seconds * 1_000_000_000L);
      } else if (seconds == 0 && !secondsUnknown) {
        lag = Lag.upToDate();
      }
      String detail = "ON".equals(semiSync) ? "semi-synchronous" : "";
      if (semiSyncClients > 0) {
        String waits = "semi-synchronous replicas of its own: " + semiSyncClients;
        detail = detail.isEmpty() ? waits : detail + "; " + waits;
      }
      return new ReplicationState(receiving, receivingText, applying, applyingText, lag, detail);
    }
  }
}
