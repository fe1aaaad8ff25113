package io.rwsplit.promotion;

import io.rwsplit.consistency.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What MariaDB and MySQL have in common. */
abstract class MysqlFamilyControl extends NodeControl {
  /** ER_BAD_DB_ERROR, ER_NO_SUCH_TABLE. */
  private static final int NO_DATABASE = 1049;

  private static final int NO_TABLE = 1146;

  /** ER_SPECIFIC_ACCESS_DENIED_ERROR. */
  private static final int DENIED = 1227;

  /** ER_NO_SUCH_THREAD. */
  private static final int NO_THREAD = 1094;

  private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private Object still;
  private long stillSince;

  MysqlFamilyControl(Connection connection) throws SQLException {
    super(connection);
    execute("SET SESSION time_zone = '+00:00'");
    execute("SET SESSION lock_wait_timeout = 5");
  }

  @Override
  final boolean tryLock() throws SQLException {
    return "1".equals(ask("SELECT GET_LOCK('" + LOCK + "', 0)"));
  }

  @Override
  final boolean holdsLock() throws SQLException {
    return "1".equals(ask("SELECT IS_USED_LOCK('" + LOCK + "') = CONNECTION_ID()"));
  }

  @Override
  final String clockIn(long millis) throws SQLException {
    return ask("SELECT SYSDATE(6) + INTERVAL " + millis * 1000 + " MICROSECOND");
  }

  /** Condition, in SQL, that the deadline has not passed; evaluated when it is reached. */
  static String before(String deadline) {
    return "SYSDATE(6) < CAST(" + quoted(deadline) + " AS DATETIME(6))";
  }

  /** The statement that shows every source of replication, a row each. */
  abstract String statusStatement();

  /**
   * The sources of replication: columns by their names in lower case, in today's words ({@code
   * source_host} for {@code Master_Host}).
   */
  final List<Map<String, String>> sources() throws SQLException {
    List<Map<String, String>> found = new ArrayList<>();
    try (ResultSet rows = statement().executeQuery(statusStatement())) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        Map<String, String> row = new HashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
          row.put(name.replace("slave", "replica").replace("master", "source"), rows.getString(i));
        }
        found.add(row);
      }
    }
    return found;
  }

  /**
   * Makes a report of what the server says of itself.
   *
   * @param found with all that it says without its sources
   * @param applied what it has applied, as the engine writes it
   */
  final NodeReport withSources(NodeReport.Builder found, String applied) throws SQLException {
    found.held = found.applied;
    try {
      List<Map<String, String>> sources = sources();
      if (!sources.isEmpty() && found.applied != null) {
        String received = sources.get(0).get(receivedColumn());
        found.held = position(applied + "," + (received == null ? "" : received));
      }
      describe(found, sources);
      if (found.broken != null) {
        found.held = found.applied;
      }
      // Whoever replicates is no master, whatever writes it takes.
      found.writable &= found.source == Source.NONE || found.source == Source.STOPPED;
    } catch (SQLException e) {
      if (e.getErrorCode() != DENIED) {
        throw e;
      }
      found.problem = e.getMessage();
    }
    readTerm(found);
    return found.build();
  }

  /** What {@link #sources} calls the transactions that were received. */
  abstract String receivedColumn();

  /** The position that has all of some sets of transactions. */
  abstract Position position(String sets);

  static String password(Credentials credentials) {
    return credentials.password == null ? "" : credentials.password;
  }

  /** Fills in what the replication threads say. */
  private static void describe(NodeReport.Builder found, List<Map<String, String>> sources) {
    if (sources.isEmpty()) {
      found.source = Source.NONE;
      return;
    }
    Map<String, String> source = sources.get(0);
    String io = source.get("replica_io_running");
    found.source =
        "Yes".equals(io)
            ? Source.CONNECTED
            : "No".equals(io) ? Source.STOPPED : io == null ? Source.UNKNOWN : Source.TRYING;
    String host = source.get("source_host");
    if (host != null && !host.isEmpty()) {
      int port = Integer.parseInt(source.get("source_port"));
      found.sourceAddress = new Address(host, port).toString();
    }
    String error = source.get("last_sql_errno");
    if (error != null && !error.equals("0")) {
      found.broken = source.get("last_sql_error");
    }
    if (sources.size() > 1) {
      found.keptBack = "it has several sources";
    } else if (!"Yes".equals(source.get("replica_sql_running"))
        && (found.applied == null || !found.applied.includes(found.held))) {
      found.keptBack = "its SQL thread is stopped";
    } else if (source.get("sql_delay") != null && !"0".equals(source.get("sql_delay"))) {
      found.keptBack = "it replicates with a delay of " + source.get("sql_delay") + " s";
    }
  }

  /** The newest term, as this server has it. */
  private void readTerm(NodeReport.Builder found) throws SQLException {
    try (ResultSet row =
        statement()
            .executeQuery("SELECT term, server FROM rwsplit.term ORDER BY term DESC LIMIT 1")) {
      if (row.next()) {
        found.line = row.getLong(1);
        found.leader = row.getString(2);
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_DATABASE || e.getErrorCode() == NO_TABLE) {
        return;
      }
      if (e.getSQLState() == null || !e.getSQLState().startsWith("42")) {
        throw e;
      }
      found.problem = "rwsplit.term cannot be read: " + e.getMessage();
    }
  }

  /** Makes the table of terms, if there is none yet. */
  private void makeTerms() throws SQLException {
    // CREATE ... IF NOT EXISTS is a transaction of its own even where it does nothing.
    if (!"0"
        .equals(
            ask(
                "SELECT COUNT(*) FROM information_schema.TABLES"
                    + " WHERE TABLE_SCHEMA = 'rwsplit' AND TABLE_NAME = 'term'"))) {
      return;
    }
    execute("CREATE DATABASE IF NOT EXISTS rwsplit");
    execute(
        "CREATE TABLE IF NOT EXISTS rwsplit.term(term BIGINT UNSIGNED NOT NULL PRIMARY KEY,"
            + " server VARCHAR(190) NOT NULL, address VARCHAR(300) NOT NULL,"
            + " made TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)) ENGINE=InnoDB");
  }

  @Override
  final boolean isDrained() throws SQLException {
    NodeReport now = look();
    if (now.hasAppliedAll()) {
      return true;
    }
    // Of the last transaction a part may have been received only; it is never applied.
    List<Map<String, String>> sources = sources();
    String state = sources.isEmpty() ? "" : sources.get(0).get("replica_sql_running_state");
    boolean idle =
        state != null && state.toLowerCase(Locale.ROOT).contains("has read all relay log");
    if (!idle || now.applied == null || !now.applied.equals(still)) {
      still = now.applied;
      stillSince = System.nanoTime();
      return false;
    }
    return System.nanoTime() - stillSince > STILL_NANOS;
  }

  /** Stops all replication threads. */
  abstract void stopReplication() throws SQLException;

  /** Forgets the source of replication. */
  abstract void forgetSource() throws SQLException;

  @Override
  final void prepare() throws SQLException {
    makeTerms();
  }

  @Override
  final Fork promote(String deadline, long line, Address address)
      throws SQLException, ControlFailure {
    stopReplication();
    try {
      // The one step that counts, bound to the server's own clock. Nothing may be written before:
      // the replica has to go on as one when it is too late.
      execute("SET GLOBAL read_only = IF(" + before(deadline) + ", 0, 1)");
    } catch (SQLException e) {
      if (!isWritable()) {
        replicateAgain();
        throw new ControlFailure("it could not be made writable: " + e.getMessage(), e);
      }
    }
    if (!isWritable()) {
      replicateAgain();
      throw new ControlFailure("the time for it was over");
    }
    makeTerms();
    execute(
        "INSERT INTO rwsplit.term(term, server, address) VALUES ("
            + line
            + ", "
            + quoted(identity())
            + ", "
            + quoted(address.toString())
            + ")");
    forgetSource();
    return new Fork(line, "");
  }

  /** Tells this server from the others. */
  abstract String identity() throws SQLException;

  private boolean isWritable() throws SQLException {
    String readOnly = ask("SELECT @@GLOBAL.read_only");
    return "0".equals(readOnly) || "OFF".equalsIgnoreCase(readOnly);
  }

  /** Ends all sessions but this one and those of replication. */
  final void endSessions() throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet rows =
        statement()
            .executeQuery(
                "SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID()"
                    + " AND USER NOT IN ('system user', 'event_scheduler')"
                    + " AND COMMAND NOT LIKE 'Binlog Dump%' AND COMMAND <> 'Daemon'"
                    + " AND COMMAND NOT LIKE 'Slave%'")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    for (String id : ids) {
      try {
        execute("KILL CONNECTION " + id);
      } catch (SQLException e) {
        if (e.getErrorCode() != NO_THREAD) {
          throw e;
        }
      }
    }
  }

  /** What of these privileges {@code SHOW GRANTS} does not name; null when nothing. */
  final String lacking(String... needed) throws SQLException {
    StringBuilder grants = new StringBuilder();
    try (ResultSet rows = statement().executeQuery("SHOW GRANTS")) {
      while (rows.next()) {
        String grant = rows.getString(1).toUpperCase(Locale.ROOT);
        if (grant.contains(" ON *.*")) {
          grants.append(grant, 0, grant.indexOf(" ON *.*")).append(',');
        }
      }
    }
    String held = grants.toString().replace("GRANT ", ",").replace(", ", ",");
    if (held.contains(",ALL PRIVILEGES") || held.contains(",SUPER,")) {
      return null;
    }
    StringBuilder lacking = new StringBuilder();
    for (String privilege : needed) {
      if (!held.contains("," + privilege + ",")) {
        lacking.append(lacking.length() == 0 ? "" : ", ").append(privilege);
      }
    }
    return lacking.length() == 0 ? null : lacking + " on *.*";
  }
}
