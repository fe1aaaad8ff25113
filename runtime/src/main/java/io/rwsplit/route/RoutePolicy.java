package io.rwsplit.route;

import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;

/**
 * The routing policy up to the choice of a replica: a pure function of what the statement is and
 * what its session holds.
 */
public final class RoutePolicy {
  private RoutePolicy() {}

  /**
   * Why a statement must be run by the master.
   *
   * @param statement what it is
   * @param session why the session's reads stay on the master, or null when they may leave
   * @return null when a replica may run it
   */
  public static RouteReason masterReason(Classification statement, RouteReason session) {
    if (!statement.isRead()) {
      return ofKind(statement);
    }
    if (session != null) {
      return session;
    }
    if (statement.reason() == Reason.CATALOG_READ) {
      // SQLite answers PRAGMA table_info and its kin from the schema a connection has in memory,
      // without asking whether that is still the database's (sqlite3Pragma, pragma.c): a pooled
      // connection to a replica may have an older one than the replica itself.
      return RouteReason.MASTER_READ;
    }
    return statement.hint().isMaster() ? RouteReason.HINT : null;
  }

  private static RouteReason ofKind(Classification statement) {
    switch (statement.kind()) {
      case MASTER_READ:
        return RouteReason.MASTER_READ;
      case LOCKING_READ:
        return RouteReason.LOCKING_READ;
      case DML:
      case DDL:
      case CALL:
        return RouteReason.WRITE;
      case MULTI:
        return statement.mayWrite() ? RouteReason.WRITE : RouteReason.CONTROL;
      case UNKNOWN:
        return statement.reason() == Reason.CLASSIFYING
            ? RouteReason.CLASSIFYING
            : RouteReason.UNKNOWN;
      default:
        return RouteReason.CONTROL;
    }
  }
}
