package io.rwsplit.promotion;

import io.rwsplit.consistency.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Control of a PostgreSQL server, version 13 or later.
 *
 * <p>The lock is an advisory lock, which works in recovery too, but for each database apart: all
 * sessions of this class must be on the same one.
 */
final class PostgresControl extends NodeControl {
  /** "rwsplit" and a number. */
  private static final long KEY = 0x72777370_6c697401L;

  private static final String NAME = "rwsplit-failover";
  private static final String FENCE_NAME = "rwsplit_fenced";
  private static final long PROMOTED_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int REPOINTS_RUNNING = 130000;
  private static final int PARAMETER_PRIVILEGES = 150000;

  /** More transaction ids than this are not looked at one by one. */
  private static final long MOST_IDS = 5_000_000;

  private static final String LOOK =
      "SELECT r, CASE WHEN r THEN NULL ELSE pg_current_wal_flush_lsn() END,"
          + " CASE WHEN r THEN pg_last_wal_receive_lsn() END,"
          + " CASE WHEN r THEN pg_last_wal_replay_lsn() END,"
          + " CASE WHEN r THEN NULL"
          + " ELSE substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) END,"
          + " (SELECT count(*) FROM pg_stat_wal_receiver),"
          + " (SELECT max(received_tli) FROM pg_stat_wal_receiver),"
          + " CASE WHEN r THEN pg_is_wal_replay_paused() ELSE false END,"
          + " current_setting('recovery_min_apply_delay'),"
          + " txid_current_snapshot()::text,"
          + " (SELECT reset_val FROM pg_settings WHERE name = 'default_transaction_read_only'),"
          + " (SELECT setting FROM pg_settings WHERE name = 'primary_conninfo')";

  private static final String CONTROL =
      ", (SELECT timeline_id FROM pg_control_checkpoint()),"
          + " (SELECT min_recovery_end_timeline FROM pg_control_recovery()),"
          + " (SELECT system_identifier FROM pg_control_system())";

  private final String look;
  private final int version;

  /** What was replayed when somebody last asked whether all is, and since when it has not moved. */
  private Lsn still;

  private long stillSince;

  PostgresControl(Connection connection) throws SQLException {
    super(connection);
    execute("SET application_name = '" + NAME + "'");
    // A fenced server would keep this session from writing what a promotion writes down.
    execute("SET default_transaction_read_only = off");
    version = Integer.parseInt(ask("SHOW server_version_num"));
    boolean control =
        "t"
            .equals(
                ask(
                    "SELECT has_function_privilege('pg_control_checkpoint()', 'EXECUTE')"
                        + " AND has_function_privilege('pg_control_recovery()', 'EXECUTE')"
                        + " AND has_function_privilege('pg_control_system()', 'EXECUTE')"));
    look =
        LOOK
            + (control ? CONTROL : ", NULL, NULL, NULL")
            + " FROM (SELECT pg_is_in_recovery() AS r) AS s";
  }

  @Override
  NodeReport look() throws SQLException {
    NodeReport.Builder found = new NodeReport.Builder();
    try (ResultSet row = row(look)) {
      boolean replica = row.getBoolean(1);
      found.history = row.getString(10);
      found.system = row.getString(15);
      if (replica) {
        Lsn received = lsn(row.getString(3));
        Lsn replayed = lsn(row.getString(4));
        found.applied = replayed;
        found.held =
            received == null || (replayed != null && replayed.includes(received))
                ? replayed
                : received;
        found.source = row.getLong(6) > 0 ? Source.CONNECTED : Source.TRYING;
        found.sourceAddress = address(row.getString(12));
        found.line = Math.max(row.getLong(7), Math.max(row.getLong(13), row.getLong(14)));
        if (row.getBoolean(8)) {
          found.keptBack = "its replay is paused";
        } else if (!"0".equals(row.getString(9))) {
          found.keptBack = "recovery_min_apply_delay is " + row.getString(9);
        }
      } else {
        found.writable = "off".equals(row.getString(11));
        found.held = lsn(row.getString(2));
        found.applied = found.held;
        found.source = Source.NONE;
        found.line = Long.parseLong(row.getString(5), 16);
      }
    }
    return found.build();
  }

  private static Lsn lsn(String text) {
    return text == null ? null : Lsn.parse(text);
  }

  private static String address(String conninfo) {
    try {
      return conninfo == null ? null : String.valueOf(Conninfo.parse(conninfo).address());
    } catch (ControlFailure e) {
      return null;
    }
  }

  @Override
  boolean tryLock() throws SQLException {
    return "t".equals(ask("SELECT pg_try_advisory_lock(" + KEY + ")"));
  }

  @Override
  boolean holdsLock() throws SQLException {
    return "t"
        .equals(
            ask(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
                    + " AND pid = pg_backend_pid() AND (classid::bigint << 32) | objid::bigint = "
                    + KEY
                    + ")"));
  }

  @Override
  String clockIn(long millis) throws SQLException {
    return ask("SELECT clock_timestamp() + interval '" + millis + " milliseconds'");
  }

  @Override
  String lacksRights() throws SQLException {
    StringBuilder lacking = new StringBuilder();
    boolean superuser =
        "t".equals(ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"));
    if (superuser) {
      return null;
    }
    for (String function : new String[] {"pg_promote(boolean, integer)", "pg_reload_conf()"}) {
      if (!"t".equals(ask("SELECT has_function_privilege('" + function + "', 'EXECUTE')"))) {
        lacking.append(", EXECUTE on ").append(function);
      }
    }
    for (String role : new String[] {"pg_read_all_settings", "pg_signal_backend"}) {
      if (!"t".equals(ask("SELECT pg_has_role('" + role + "', 'MEMBER')"))) {
        lacking.append(", membership in ").append(role);
      }
    }
    for (String parameter :
        new String[] {
          "primary_conninfo", "default_transaction_read_only", "synchronous_standby_names"
        }) {
      if (version < PARAMETER_PRIVILEGES
          || !"t"
              .equals(ask("SELECT has_parameter_privilege('" + parameter + "', 'ALTER SYSTEM')"))) {
        lacking.append(", ALTER SYSTEM on ").append(parameter);
      }
    }
    return lacking.length() == 0 ? null : lacking.substring(2);
  }

  @Override
  void stopReceiving() {
    // pg_promote does, and there is no other way over SQL that would not outlive a failure.
  }

  @Override
  void replicateAgain() {
    // Nothing was stopped.
  }

  @Override
  boolean isDrained() throws SQLException {
    NodeReport now = look();
    if (now.hasAppliedAll()) {
      return true;
    }
    // The last record may have been received in part only; then replay never reaches its end.
    if (now.applied == null || !now.applied.equals(still)) {
      still = (Lsn) now.applied;
      stillSince = System.nanoTime();
      return false;
    }
    return System.nanoTime() - stillSince > STILL_NANOS;
  }

  @Override
  Fork promote(String deadline, long line, Address address) throws SQLException, ControlFailure {
    String before = ask("SELECT pg_last_wal_replay_lsn()");
    String snapshot = ask("SELECT txid_current_snapshot()::text");
    String begun =
        ask(
            "SELECT CASE WHEN clock_timestamp() < "
                + quoted(deadline)
                + "::timestamptz AND pg_is_in_recovery() THEN pg_promote(false) END");
    if (!"t".equals(begun)) {
      throw new ControlFailure("the time for it was over, or it is no replica any more");
    }
    long began = System.nanoTime();
    while (!"f".equals(ask("SELECT pg_is_in_recovery()"))) {
      if (System.nanoTime() - began > PROMOTED_NANOS) {
        throw new SQLException("the promotion has begun, and not ended in a minute");
      }
      pause();
    }
    String fork = ask("SELECT pg_last_wal_replay_lsn()");
    long now = look().line;
    boolean exact = fork != null && fork.equals(before);
    return new Fork(now, fork + ";" + (exact ? snapshot : ""));
  }

  /** Only for reports of orphans later. */
  @Override
  void remember(Fork fork, Address address) throws SQLException {
    execute("CREATE SCHEMA IF NOT EXISTS rwsplit");
    execute(
        "CREATE TABLE IF NOT EXISTS rwsplit.term(term bigint PRIMARY KEY, address text,"
            + " fork text, made timestamptz DEFAULT clock_timestamp())");
    execute(
        "INSERT INTO rwsplit.term(term, address, fork) VALUES ("
            + fork.line
            + ", "
            + quoted(String.valueOf(address))
            + ", "
            + quoted(fork.text)
            + ")");
  }

  @Override
  void follow(Address master, NodeControl of) throws SQLException, ControlFailure {
    if (version < REPOINTS_RUNNING) {
      throw new ControlFailure(
          "PostgreSQL before 13 takes another primary_conninfo at a start only");
    }
    String known = ask("SELECT setting FROM pg_settings WHERE name = 'primary_conninfo'");
    if (known == null) {
      throw new ControlFailure("primary_conninfo cannot be read: pg_read_all_settings is needed");
    }
    String slot = ask("SELECT setting FROM pg_settings WHERE name = 'primary_slot_name'");
    if (slot != null && !slot.isEmpty()) {
      ((PostgresControl) of).ensureSlot(slot);
    }
    execute(
        "ALTER SYSTEM SET primary_conninfo = " + quoted(Conninfo.parse(known).to(master).text()));
    ask("SELECT pg_reload_conf()");
  }

  private void ensureSlot(String name) throws SQLException {
    ask(
        "SELECT CASE WHEN NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = "
            + quoted(name)
            + ") THEN pg_create_physical_replication_slot("
            + quoted(name)
            + ", true)::text END");
  }

  @Override
  boolean canBecomeReplica() {
    return false;
  }

  @Override
  void become(Address master, Credentials credentials, NodeControl like) throws ControlFailure {
    throw new ControlFailure(
        "PostgreSQL becomes a standby at a start only, and its history has left the new master's."
            + " Stop it, run pg_rewind --target-pgdata=... --source-server='host="
            + master.host()
            + " port="
            + master.port()
            + " user=... dbname=postgres', create standby.signal, set primary_conninfo, and start"
            + " it; or build it anew with pg_basebackup");
  }

  @Override
  void fence() throws SQLException, ControlFailure {
    execute("ALTER SYSTEM SET default_transaction_read_only = on");
    // Whoever sets his transactions to read-write all the same gets no answer to his commit.
    execute("ALTER SYSTEM SET synchronous_standby_names = '" + FENCE_NAME + "'");
    ask("SELECT pg_reload_conf()");
    long began = System.nanoTime();
    while (!"on"
        .equals(
            ask(
                "SELECT reset_val FROM pg_settings"
                    + " WHERE name = 'default_transaction_read_only'"))) {
      if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(5)) {
        throw new ControlFailure("it has not read its configuration again within 5 s");
      }
      pause();
    }
    endSessions();
    // Sessions that were about to begin may have the old settings; the next look ends nobody else.
    pause();
    endSessions();
  }

  private void endSessions() throws SQLException {
    ask(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            + " AND application_name <> '"
            + NAME
            + "'");
  }

  @Override
  void unfence() throws SQLException {
    execute("ALTER SYSTEM RESET default_transaction_read_only");
    execute("ALTER SYSTEM RESET synchronous_standby_names");
    ask("SELECT pg_reload_conf()");
  }

  @Override
  String fenceLimits() {
    return "a session that sets its transactions to read-write and synchronous_commit to off or"
        + " local can still write";
  }

  @Override
  Orphans orphans(NodeControl master) throws SQLException {
    PostgresControl successor = (PostgresControl) master;
    String flushed = ask("SELECT pg_current_wal_flush_lsn()");
    String fork = null;
    try {
      // The first promotion after the line this server is on is where they parted.
      fork =
          successor.ask(
              "SELECT fork FROM rwsplit.term WHERE term > "
                  + look().line
                  + " ORDER BY term LIMIT 1");
    } catch (SQLException e) {
      fork = null;
    }
    int semicolon = fork == null ? -1 : fork.indexOf(';');
    if (semicolon < 0) {
      return Orphans.unknown(
          "not known: where the histories parted was not written down; its log ends at " + flushed);
    }
    String lsn = fork.substring(0, semicolon);
    String snapshot = fork.substring(semicolon + 1);
    String log = "; its log goes on from " + lsn + " to " + flushed;
    if (snapshot.isEmpty()) {
      return Orphans.unknown("not counted" + log);
    }
    String range =
        ask(
            "SELECT txid_snapshot_xmax(txid_current_snapshot()) - txid_snapshot_xmax("
                + quoted(snapshot)
                + "::txid_snapshot)");
    if (Long.parseLong(range) > MOST_IDS) {
      return Orphans.unknown("too many to be counted" + log);
    }
    String ids =
        "(SELECT txid_snapshot_xip(s) FROM f UNION SELECT generate_series(txid_snapshot_xmax(s),"
            + " txid_snapshot_xmax(txid_current_snapshot()) - 1) FROM f)";
    try (ResultSet row =
        row(
            "WITH f(s) AS (SELECT "
                + quoted(snapshot)
                + "::txid_snapshot), i(x) AS "
                + ids
                + " SELECT count(*), min(x), max(x) FROM i WHERE txid_status(x) = 'committed'")) {
      long count = row.getLong(1);
      String which = count == 0 ? "none" : "ids " + row.getString(2) + " to " + row.getString(3);
      return Orphans.exactly(count, which + log);
    }
  }

  @Override
  Orphans lacks(NodeReport last) throws SQLException {
    if (last.held == null || last.history == null) {
      return Orphans.unknown("not known");
    }
    NodeReport own = look();
    long bytes = own.held.bytesTo(last.held);
    long ids =
        Long.parseLong(
            ask(
                "SELECT txid_snapshot_xmax("
                    + quoted(last.history)
                    + "::txid_snapshot) - txid_snapshot_xmax(txid_current_snapshot())"));
    String text =
        bytes == 0 ? "none" : bytes + " bytes of log, from " + own.held + " to " + last.held;
    return Orphans.atLeast(bytes == 0 ? 0 : Math.max(0, ids), text);
  }
}
