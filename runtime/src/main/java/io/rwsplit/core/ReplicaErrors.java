package io.rwsplit.core;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells errors that speak of the replica, its server or the way to it from those that speak of the
 * statement. By SQLState ("PostgreSQL Error Codes") and by MariaDB's and MySQL's error numbers.
 */
final class ReplicaErrors {
  /**
   * Connection exceptions; transaction rollback, which on a standby is a conflict with recovery;
   * insufficient resources; operator intervention other than a cancelled query; system and internal
   * errors.
   */
  private static final Set<String> CLASSES = words("08 40 53 58 XX");

  /** Read-only transaction; shutdowns and restarts; a lock not available. */
  private static final Set<String> STATES = words("25006 57P01 57P02 57P03 57P04 57P05 55P03");

  /**
   * Too many connections, server shutdown, read only ({@code --read-only}, transaction, super),
   * lock wait timeout, interrupted, connection killed, out of memory or disk.
   */
  private static final Set<String> NUMBERS =
      words("1021 1037 1038 1040 1041 1053 1205 1213 1290 1317 1792 1836 1927 2006 2013 3024");

  private ReplicaErrors() {}

  private static Set<String> words(String list) {
    return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(list.split(" ", -1))));
  }

  /** True when the same statement may well succeed on another server. */
  static boolean isOfReplica(SQLException failure) {
    if (failure instanceof SQLNonTransientConnectionException
        || failure instanceof SQLTransientConnectionException
        || failure instanceof SQLRecoverableException) {
      return true;
    }
    String state = failure.getSQLState();
    if (state == null || state.length() < 2) {
      return true;
    }
    return STATES.contains(state)
        || CLASSES.contains(state.substring(0, 2))
        || NUMBERS.contains(String.valueOf(failure.getErrorCode()));
  }
}
