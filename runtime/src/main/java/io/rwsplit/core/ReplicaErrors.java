package io.rwsplit.core;

import io.rwsplit.engine.Engine;
import io.rwsplit.jdbc.FailureCause;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells what an error of a replica speaks of. By SQLState ("PostgreSQL Error Codes"), by MariaDB's
 * and MySQL's error numbers ("MariaDB Error Codes", "Server Error Message Reference"), and by
 * SQLite's result codes ("Result and Error Codes"). The cases are listed in {@code
 * replica-errors.psv} of the tests.
 */
final class ReplicaErrors {
  private static final int PRIMARY_CODE = 0xff;

  private static final int SQLITE_IOERR = 10;
  private static final int SQLITE_CORRUPT = 11;
  private static final int SQLITE_NOTADB = 26;

  /** IOERR, CORRUPT, CANTOPEN, NOTADB: they speak of the file. */
  private static final Set<String> SQLITE_DAMAGE = words("10 11 14 26");

  /**
   * BUSY, LOCKED, NOMEM, FULL (a sorter's file), PROTOCOL, SCHEMA. Not INTERRUPT: in the middle of
   * a result that is the application's own cancel.
   */
  private static final Set<String> SQLITE_MOMENT = words("5 6 7 13 15 17");

  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_READONLY = 8;

  /**
   * Connection exceptions; insufficient resources; operator intervention other than a cancelled
   * query; system and internal errors.
   */
  private static final Set<String> CLASSES = words("08 53 58 XX");

  /** Shutdowns and restarts. */
  private static final Set<String> STATES = words("57P01 57P02 57P03 57P04 57P05");

  /** A conflict with recovery, a deadlock, a lock that is not to be had. */
  private static final Set<String> MOMENT_STATES = words("40001 40P01 55P03");

  /**
   * Disk and memory (1021, 1037, 1038, 1041), connections and limits of users (1040, 1203, 1226),
   * the storage engine (1030, 1034, 1194, 1195), shutdown (1053), the network (1158 to 1161), a
   * connection that is gone (1927, 2006, 2013, 4031).
   */
  private static final Set<String> NUMBERS =
      words(
          "1021 1030 1034 1037 1038 1040 1041 1053 1158 1159 1160 1161 1194 1195 1203 1226 1927"
              + " 2006 2013 4031");

  /** Those of {@link #NUMBERS} that a new connection may not meet. */
  private static final Set<String> GONE_NUMBERS = words("1053 1158 1159 1160 1161 1927 2006 2013");

  /**
   * Lock wait timeout and deadlock (1205, 1213), a table that changed (1020, 1412, 1615), a time
   * limit of the server's (1969, 3024).
   */
  private static final Set<String> MOMENT_NUMBERS = words("1020 1205 1213 1412 1615 1969 3024");

  /** {@code --read-only} and {@code --super-read-only}, a read-only transaction or schema. */
  private static final Set<String> REFUSED_NUMBERS = words("1290 1792 1836 3989");

  private ReplicaErrors() {}

  private static Set<String> words(String list) {
    return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(list.split(" ", -1))));
  }

  /** What a failure on a replica of that engine speaks of. */
  static FailureCause cause(Engine engine, SQLException failure) {
    if (engine == Engine.SQLITE) {
      return ofSqlite(failure.getErrorCode());
    }
    if (failure instanceof SQLNonTransientConnectionException
        || failure instanceof SQLTransientConnectionException
        || failure instanceof SQLRecoverableException) {
      return FailureCause.REPLICA;
    }
    String state = failure.getSQLState();
    if (state == null || state.length() < 2) {
      return FailureCause.REPLICA;
    }
    if (engine == Engine.MARIADB || engine == Engine.MYSQL) {
      FailureCause cause = byNumber(String.valueOf(failure.getErrorCode()));
      if (cause != FailureCause.STATEMENT) {
        return cause;
      }
    }
    return byState(state);
  }

  /**
   * True when a server has answered, and its answer speaks of itself: other than of a connection
   * that is gone, nothing is mended by another one.
   */
  static boolean isAnswer(Engine engine, SQLException failure) {
    String state = failure.getSQLState();
    return engine != Engine.SQLITE
        && cause(engine, failure) == FailureCause.REPLICA
        && state != null
        && !state.startsWith("08")
        && !STATES.contains(state)
        && !GONE_NUMBERS.contains(String.valueOf(failure.getErrorCode()));
  }

  private static FailureCause byNumber(String number) {
    if (NUMBERS.contains(number)) {
      return FailureCause.REPLICA;
    }
    if (MOMENT_NUMBERS.contains(number)) {
      return FailureCause.MOMENT;
    }
    return REFUSED_NUMBERS.contains(number) ? FailureCause.REFUSED : FailureCause.STATEMENT;
  }

  private static FailureCause byState(String state) {
    if (state.equals("25006")) {
      return FailureCause.REFUSED;
    }
    if (MOMENT_STATES.contains(state) || state.startsWith("40")) {
      return FailureCause.MOMENT;
    }
    boolean ofReplica = STATES.contains(state) || CLASSES.contains(state.substring(0, 2));
    return ofReplica ? FailureCause.REPLICA : FailureCause.STATEMENT;
  }

  private static FailureCause ofSqlite(int code) {
    String primary = String.valueOf(code & PRIMARY_CODE);
    if (SQLITE_DAMAGE.contains(primary)) {
      return FailureCause.REPLICA;
    }
    if ((code & PRIMARY_CODE) == SQLITE_READONLY) {
      // Its extended codes speak of the file: moved away, hot journal, no access to the directory.
      return code == SQLITE_READONLY ? FailureCause.REFUSED : FailureCause.REPLICA;
    }
    return SQLITE_MOMENT.contains(primary) ? FailureCause.MOMENT : FailureCause.STATEMENT;
  }

  /** True for an error that says that a SQLite file is damaged, or cannot be had. */
  static boolean isDamage(SQLException failure) {
    return SQLITE_DAMAGE.contains(String.valueOf(failure.getErrorCode() & PRIMARY_CODE));
  }

  /** True for what SQLite says of files that are damaged, or whose disk is. */
  static boolean isMasterDamage(Throwable failure) {
    int primary =
        failure instanceof SQLException
            ? ((SQLException) failure).getErrorCode() & PRIMARY_CODE
            : 0;
    return primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
  }

  /** True where a probe has to find out whether the replica can still be read. */
  static boolean asksForProbe(Engine engine, SQLException failure) {
    return cause(engine, failure) == FailureCause.REPLICA
        || (engine == Engine.SQLITE && (failure.getErrorCode() & PRIMARY_CODE) == SQLITE_BUSY);
  }
}
