package io.rwsplit.core;

import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.replication.SqliteReplicator;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.JournalEffect;
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
  private final Set<Object> checkpointing = Collections.newSetFromMap(new IdentityHashMap<>());
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
    } else if (mode != null) {
      replicator.keepWal();
    }
    if (isExclusive(url, properties)) {
      begin(Thread.currentThread(), "the application connects with locking_mode=exclusive");
    }
  }

  /**
   * How the application opened its first connection, before replication is started: had it been
   * switched to WAL, its next connection would fail to take the file back to that mode.
   */
  void connectedFirst(String url, Properties properties) {
    String mode = setting("journal_mode", url, properties);
    if (mode != null && !mode.equalsIgnoreCase("wal")) {
      replicator.keepJournalMode("is opened by the application with journal_mode=" + mode);
    } else if (mode != null) {
      replicator.keepWal();
    }
  }

  /** The application has connected. */
  void connected(Object connection, String url, Properties properties) {
    if (isExclusive(url, properties)) {
      lockExclusively(connection);
    }
  }

  private static boolean isExclusive(String url, Properties properties) {
    return "exclusive".equalsIgnoreCase(setting("locking_mode", url, properties));
  }

  private static String setting(String name, String url, Properties properties) {
    String value = properties.getProperty(name);
    return value == null ? JdbcUrl.parse(url).parameter(name) : value;
  }

  /** A statement that touches the journal is about to run. */
  void statementBegins(Object connection, Classification statement) {
    if (needsTheFile(statement)) {
      begin(connection, "the application runs a PRAGMA " + statement.name());
    } else if (statement.journalEffect() == JournalEffect.CHECKPOINT) {
      boolean first;
      lock.lock();
      try {
        first = checkpointing.add(connection);
      } finally {
        lock.unlock();
      }
      if (first) {
        replicator.checkpointBegins();
      }
    }
  }

  /** It was compiled: a locking mode is set by that already (pragma.c). */
  void statementPrepared(Object connection, Classification statement) {
    if (statement.journalEffect() == JournalEffect.LOCKING_MODE && needsTheFile(statement)) {
      lockExclusively(connection);
    }
  }

  private static boolean needsTheFile(Classification statement) {
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

  /** It has ended. */
  void statementEnded(Object connection, Classification statement, boolean succeeded) {
    if (statement.journalEffect() == JournalEffect.NONE) {
      return;
    }
    if (statement.journalEffect() == JournalEffect.LOCKING_MODE) {
      if (needsTheFile(statement)) {
        // Also when it failed: the text may have gone that far.
        lockExclusively(connection);
      } else if (succeeded && statement.value() != null) {
        lockNormally(connection);
      }
    }
    if (succeeded
        && statement.journalEffect() == JournalEffect.JOURNAL_MODE
        && !needsTheFile(statement)) {
      replicator.keepWal();
    }
    boolean checkpointed;
    lock.lock();
    try {
      checkpointed = checkpointing.remove(connection);
    } finally {
      lock.unlock();
    }
    if (checkpointed) {
      replicator.checkpointEnded();
    }
    end(connection);
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
