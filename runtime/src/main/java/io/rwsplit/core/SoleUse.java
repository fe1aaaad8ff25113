package io.rwsplit.core;

import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.replication.SqliteReplicator;
import io.rwsplit.sql.Classification;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who of the application needs the master's file for itself: statements and connects that change
 * its journal, and connections that lock it exclusively. Replication is aside while anybody does.
 *
 * <p>SQLite takes the exclusive lock with the first write after {@code PRAGMA
 * locking_mode=EXCLUSIVE}, so that the pragma's end is too early to come back ("PRAGMA
 * locking_mode", sqlite.org/pragma.html).
 *
 * <p>Thread-safe. {@link #begin} blocks until replication has let go, at most some seconds.
 */
final class SoleUse {
  private final SqliteReplicator replicator;
  private final Lock lock = new ReentrantLock();
  private final Set<Object> running = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> exclusive = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile boolean aside;

  SoleUse(SqliteReplicator replicator) {
    this.replicator = replicator;
  }

  /** A statement or connect begins. */
  void begin(Object user, String reason) {
    enter(running, user, reason);
  }

  /** It has ended; nothing happens if it was not begun. */
  void end(Object user) {
    leave(running, user);
  }

  /** From here on the connection may lock the file exclusively. */
  void lockExclusively(Object connection) {
    enter(exclusive, connection, "the application locks the master exclusively");
  }

  /** The connection has gone back to normal locking, or is closed. */
  void lockNormally(Object connection) {
    leave(exclusive, connection);
  }

  /** The application's connect may do to the journal what its SQL could. */
  void connecting(String url, Properties properties) {
    String mode = setting("journal_mode", url, properties);
    if (mode != null && !mode.equalsIgnoreCase("wal")) {
      begin(Thread.currentThread(), "the application connects with journal_mode=" + mode);
    }
  }

  /** It has connected. */
  void connected(Object connection, String url, Properties properties) {
    if ("exclusive".equalsIgnoreCase(setting("locking_mode", url, properties))) {
      lockExclusively(connection);
    }
  }

  private static String setting(String name, String url, Properties properties) {
    String value = properties.getProperty(name);
    return value == null ? JdbcUrl.parse(url).parameter(name) : value;
  }

  /** True for a statement that wants to be the file's sole user. */
  static boolean needsTheFile(Classification statement) {
    String value = statement.value() == null ? "" : statement.value().toLowerCase(Locale.ROOT);
    switch (statement.journalEffect()) {
      case JOURNAL_MODE:
        return !value.contains("wal");
      case LOCKING_MODE:
        return value.contains("exclusive");
      case CHECKPOINT:
        return value.contains("truncate") || value.contains("restart");
      default:
        return false;
    }
  }

  private void enter(Set<Object> users, Object user, String reason) {
    lock.lock();
    try {
      users.add(user);
      aside = true;
      replicator.stepAside(reason);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Set<Object> users, Object user) {
    if (!aside) {
      return;
    }
    lock.lock();
    try {
      if (users.remove(user) && running.isEmpty() && exclusive.isEmpty()) {
        aside = false;
        replicator.resume();
      }
    } finally {
      lock.unlock();
    }
  }
}
