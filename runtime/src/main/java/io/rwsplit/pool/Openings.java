package io.rwsplit.pool;

import io.rwsplit.log.Log;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How opening connections of one pool goes: the newest failure, as long as no attempt has succeeded
 * since. Thread-safe; nothing of it is called where the application waits for a read.
 */
final class Openings {
  /** Failures of all pools of the replica. */
  private final AtomicLong failures;

  /** Null while opening works, or was not tried yet. */
  private volatile PoolTrouble trouble;

  Openings(AtomicLong failures) {
    this.failures = failures;
  }

  void opened() {
    PoolTrouble known = trouble;
    if (known != null && !known.isOfSetUp()) {
      trouble = null;
    }
  }

  /** A connection is lent that was opened and set up. */
  void lent() {
    if (trouble != null) {
      trouble = null;
    }
  }

  void failed(Throwable why) {
    add(why, false);
  }

  /** The driver has opened a connection, but it could not be made ready. */
  void notSetUp(Throwable why) {
    add(why, true);
  }

  private synchronized void add(Throwable why, boolean inSetUp) {
    failures.incrementAndGet();
    long now = System.nanoTime();
    PoolTrouble known = trouble;
    long since = known == null ? now : known.sinceNanos();
    trouble = new PoolTrouble(key(why), text(why), inSetUp, since, now);
  }

  /** What was wrong when it was tried last; null when nothing was. */
  PoolTrouble trouble() {
    return trouble;
  }

  /** Messages of servers hold numbers that differ from time to time. */
  private static String key(Throwable why) {
    if (why instanceof SQLException) {
      SQLException error = (SQLException) why;
      return error.getSQLState() + '/' + error.getErrorCode();
    }
    return why.getClass().getName();
  }

  private static String text(Throwable why) {
    String message = why.getMessage();
    StringBuilder text = new StringBuilder(message == null ? why.toString() : message.trim());
    if (why instanceof SQLException) {
      SQLException error = (SQLException) why;
      text.append(" (");
      if (error.getErrorCode() != 0) {
        text.append("error ").append(error.getErrorCode()).append(", ");
      }
      text.append("SQLSTATE ").append(error.getSQLState()).append(')');
    }
    return Log.concealed(text.toString());
  }
}
