package io.rwsplit.core;

import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.log.LogScope;
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
  /**
   * So long a checkpoint waits for a copy to end before the copy is broken off; doubled each time,
   * or an application that checkpoints often would never get a replica.
   */
  private static final long MIN_PATIENCE_MILLIS = 3000;

  private static final long MAX_PATIENCE_MILLIS = 60_000;

  private final String group;
  private final ReplicationFeed feed;
  private final SqliteReplicator replicator;
  private final Lock lock = new ReentrantLock();
  private final Set<Object> running = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Holders exclusive = new Holders();
  private volatile boolean aside;

  /** Whose checkpoints run while replication stays, only out of their way. */
  private final Set<Object> checkpointing = Collections.newSetFromMap(new IdentityHashMap<>());

  private volatile boolean yielding;
  private volatile long patienceMillis = MIN_PATIENCE_MILLIS;

  /**
   * @param group for the log, since all of this runs on threads of the application
   */
  SoleUse(String group, ReplicationFeed feed) {
    this.group = group;
    this.feed = feed;
    this.replicator = feed.replicator();
  }

  /** A statement or connect begins. */
  void begin(Object user, String reason) {
    enter(running, user, reason);
  }

  /** A statement of the connection begins; nothing happens unless it concerns the journal. */
  void statementBegins(Object connection, Classification statement) {
    if (!needsTheFile(statement)) {
      return;
    }
    String before = LogScope.enter(group);
    try {
      begins(connection, statement);
    } finally {
      LogScope.leave(before);
    }
  }

  private void begins(Object connection, Classification statement) {
    if (statement.journalEffect() == JournalEffect.CHECKPOINT) {
      if (replicator.beginCheckpoint(patienceMillis)) {
        patienceMillis = MIN_PATIENCE_MILLIS;
        yielding(connection);
        return;
      }
      patienceMillis = Math.min(MAX_PATIENCE_MILLIS, 2 * patienceMillis);
    }
    begin(connection, "the application runs a PRAGMA " + statement.name());
  }

  private static boolean needsTheFile(Classification statement) {
    String value = statement.value() == null ? "" : statement.value().toLowerCase(Locale.ROOT);
    switch (statement.journalEffect()) {
      case JOURNAL_MODE:
        return !value.contains("wal");
      case LOCKING_MODE:
        return value.contains("exclusive");
      case CHECKPOINT:
        // These wait for readers, and keep writers out meanwhile.
        return value.contains("truncate") || value.contains("restart") || value.contains("full");
      default:
        return false;
    }
  }

  private void yielding(Object connection) {
    lock.lock();
    try {
      if (!checkpointing.add(connection)) {
        replicator.endCheckpoint();
      }
      yielding = true;
    } finally {
      lock.unlock();
    }
  }

  /** It has ended; nothing happens if it was not begun. */
  void end(Object user) {
    if (yielding) {
      lock.lock();
      try {
        if (checkpointing.remove(user)) {
          replicator.endCheckpoint();
        }
        yielding = !checkpointing.isEmpty();
      } finally {
        lock.unlock();
      }
    }
    leave(running, user);
  }

  /** From here on the connection may lock the file exclusively. */
  void lockExclusively(Object connection) {
    lock.lock();
    try {
      exclusive.add(connection);
      letGo("the application locks the master exclusively");
    } finally {
      lock.unlock();
    }
  }

  /** The connection has gone back to normal locking, or is closed. */
  void lockNormally(Object connection) {
    if (!aside) {
      return;
    }
    lock.lock();
    try {
      if (exclusive.remove(connection)) {
        comeBack();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * From time to time: connections that the application has dropped without closing them will not
   * use the file again. What lock the driver still has on it, replication will find.
   */
  void lookForDropped() {
    if (aside && lock.tryLock()) {
      try {
        if (exclusive.dropCollected()) {
          comeBack();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** The application's connect may do to the journal what its SQL could. */
  void connecting(String url, Properties properties) {
    String before = LogScope.enter(group);
    try {
      connects(url, properties);
    } finally {
      LogScope.leave(before);
    }
  }

  private void connects(String url, Properties properties) {
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

  /** It was compiled: a locking mode is set by that already (pragma.c). */
  void statementPrepared(Object connection, Classification statement) {
    if (statement.journalEffect() == JournalEffect.LOCKING_MODE && needsTheFile(statement)) {
      lockExclusively(connection);
    }
  }

  /** It has ended. */
  void statementEnded(Object connection, Classification statement, boolean succeeded) {
    if (statement.journalEffect() == JournalEffect.NONE) {
      return;
    }
    String before = LogScope.enter(group);
    try {
      ended(connection, statement, succeeded);
    } finally {
      LogScope.leave(before);
    }
  }

  private void ended(Object connection, Classification statement, boolean succeeded) {
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
    end(connection);
  }

  private void enter(Set<Object> users, Object user, String reason) {
    lock.lock();
    try {
      users.add(user);
      letGo(reason);
    } finally {
      lock.unlock();
    }
  }

  private void letGo(String reason) {
    aside = true;
    boolean unused = replicator.stepAside(reason);
    feed.awaitClosedBeside();
  }

  private void leave(Set<Object> users, Object user) {
    if (!aside) {
      return;
    }
    lock.lock();
    try {
      if (users.remove(user)) {
        comeBack();
      }
    } finally {
      lock.unlock();
    }
  }

  private void comeBack() {
    if (aside && running.isEmpty() && exclusive.isEmpty()) {
      aside = false;
      replicator.resume();
    }
  }
}
