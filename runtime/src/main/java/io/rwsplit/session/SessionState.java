package io.rwsplit.session;

import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.StatementKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Transaction and pins of one application connection, followed through JDBC calls and SQL texts.
 *
 * <p>Thread-safe: changes are synchronized and never block; the hot question {@link
 * #masterReason()} is one volatile read.
 */
public final class SessionState {
  /** How a text of several statements was run, which decides how many of them took effect. */
  public enum Extent {
    /** Every statement of the text was run. */
    ALL,
    /** Only the first was. */
    FIRST,
    /** Nobody knows how many were. */
    UNCERTAIN
  }

  private final Map<Pin, Set<String>> pins = new EnumMap<>(Pin.class);

  /** Savepoints that stand outside of BEGIN: on SQLite the outermost one is a transaction. */
  private final List<String> savepoints = new ArrayList<>();

  private final boolean savepointBegins;
  private boolean autoCommit = true;
  private boolean textTransaction;
  private boolean uncertain;
  private boolean distributed;

  /** Something inside the open transaction may have written. Changed under the lock only. */
  private volatile boolean wrote;

  private volatile RouteReason masterReason;

  /**
   * @param savepointBegins true when SAVEPOINT outside of a transaction opens one (SQLite)
   * @param autoCommit the connection's mode at this moment
   */
  public SessionState(boolean savepointBegins, boolean autoCommit) {
    this.savepointBegins = savepointBegins;
    this.autoCommit = autoCommit;
    settle();
  }

  /** Why the session's reads must stay on the master; null when they may leave. */
  public RouteReason masterReason() {
    return masterReason;
  }

  /**
   * {@code setAutoCommit} returned.
   *
   * @return true when a transaction that may have written ended by it
   */
  public synchronized boolean autoCommitSet(boolean on) {
    boolean committed = on != autoCommit && wrote;
    if (on != autoCommit) {
      autoCommit = on;
      endTransaction();
    }
    settle();
    return committed;
  }

  /**
   * {@code setAutoCommit} threw. The driver may have changed its mode all the same, and a
   * transaction opened by SQL text may still be open (sqlite-jdbc): what it wrote is still to
   * become visible.
   *
   * @param now the connection's mode after the call
   */
  public synchronized void autoCommitFailed(boolean now) {
    autoCommit = now;
    uncertain = true;
    wrote = true;
    settle();
  }

  /**
   * {@code commit()} returned or threw.
   *
   * @return true when what may have been written may be visible to others now
   */
  public synchronized boolean commitEnded(boolean succeeded) {
    boolean committed = wrote;
    if (succeeded) {
      endTransaction();
    }
    settle();
    return committed;
  }

  /** {@code rollback()} returned. */
  public synchronized void rolledBack() {
    endTransaction();
    settle();
  }

  /**
   * A savepoint of JDBC was set. In autocommit mode some drivers switch that off by it
   * (sqlite-jdbc, {@code JDBC3Connection.setSavepoint}), others open a transaction all the same.
   *
   * @param autoCommitNow the connection's mode after the call
   */
  public synchronized void savepointSet(boolean autoCommitNow) {
    autoCommit = autoCommitNow;
    if (autoCommitNow && !textTransaction) {
      uncertain = true;
    }
    settle();
  }

  /** A pin that no SQL text announced: a function registered on the connection, a JDBC setting. */
  public synchronized void pin(Pin pin, String name) {
    add(pin, name);
    settle();
  }

  /** True while a transaction is open, or may be. One volatile read. */
  public boolean isInTransaction() {
    RouteReason reason = masterReason;
    return reason == RouteReason.IN_TRANSACTION || reason == RouteReason.TRANSACTION_UNCERTAIN;
  }

  /**
   * A statement was run on the master.
   *
   * @param extent how much of a text of several statements took effect
   * @param succeeded false when it threw: what it may have written is assumed, what it would have
   *     ended is not
   * @return true when a write of the session may have become visible to others by it
   */
  public boolean executed(Classification statement, Extent extent, boolean succeeded) {
    if (statement.isRead()) {
      return false;
    }
    if (!isOrdinary(statement)) {
      return changed(statement, extent, succeeded);
    }
    // What most statements on the master are leaves the session as it is; no lock for them.
    if (!statement.mayWrite()) {
      return false;
    }
    if (!isInTransaction()) {
      return true;
    }
    return !wrote && changed(statement, extent, succeeded);
  }

  /** True when all it can do to the session is to write. */
  private static boolean isOrdinary(Classification statement) {
    switch (statement.kind()) {
      case MASTER_READ:
      case LOCKING_READ:
      case DML:
      case DDL:
        return statement.pin() == Pin.NONE && statement.unpin() == Pin.NONE;
      default:
        return false;
    }
  }

  private synchronized boolean changed(Classification statement, Extent extent, boolean succeeded) {
    boolean visible;
    if (statement.kind() != StatementKind.MULTI) {
      visible = single(statement, succeeded);
    } else {
      visible = several(statement, succeeded ? extent : Extent.UNCERTAIN);
    }
    settle();
    return visible;
  }

  private boolean several(Classification statement, Extent extent) {
    boolean visible = statement.mayWrite();
    boolean sawControl = false;
    List<Classification> parts =
        extent == Extent.FIRST ? statement.parts().subList(0, 1) : statement.parts();
    boolean openedOnTheWay = false;
    for (Classification part : parts) {
      boolean wasOpen = open();
      visible |= single(part, true);
      sawControl |= wasOpen != open();
      openedOnTheWay |= open();
    }
    if (extent == Extent.UNCERTAIN && (sawControl || openedOnTheWay)) {
      uncertain = true;
      wrote = true;
    }
    if (statement.parts().isEmpty() && statement.mayWrite()) {
      uncertain = true;
    }
    return visible;
  }

  private boolean single(Classification statement, boolean succeeded) {
    boolean transaction = !autoCommit || open();
    boolean writes = statement.mayWrite() && !endsOrBegins(statement.kind());
    wrote |= writes && transaction;
    boolean visible = writes && !transaction;
    if (statement.pin() != Pin.NONE) {
      // Also when it failed: a failed ATTACH or SET may have had part of its effect.
      add(statement.pin(), statement.name());
    }
    if (statement.unpin() != Pin.NONE && succeeded && !transaction) {
      // Inside a transaction the end of a pin could be rolled back.
      remove(statement.unpin(), statement.name());
    }
    switch (statement.kind()) {
      case BEGIN:
      case BEGIN_READ_ONLY:
        textTransaction |= succeeded;
        break;
      case SAVEPOINT:
        if (succeeded && savepointBegins && autoCommit && !textTransaction) {
          savepoints.add(lower(statement.name()));
        }
        break;
      case RELEASE:
        visible |= release(statement, succeeded);
        break;
      case COMMIT:
        visible |= wrote;
        if (succeeded) {
          endTransaction();
        }
        break;
      case COMMIT_AND_CHAIN:
        visible |= wrote;
        wrote &= !succeeded;
        break;
      case ROLLBACK:
        if (succeeded) {
          endTransaction();
        }
        break;
      case SET_AUTOCOMMIT_OFF:
        autoCommit &= !succeeded;
        break;
      case SET_AUTOCOMMIT_ON:
        visible |= wrote;
        if (succeeded) {
          autoCommit = true;
          endTransaction();
        }
        break;
      case DISTRIBUTED_TRANSACTION:
        distributed = true;
        break;
      case MULTI:
        uncertain = true;
        break;
      default:
        break;
    }
    return visible;
  }

  /**
   * Transaction control writes nothing itself; what it makes visible is what was written before.
   */
  private static boolean endsOrBegins(StatementKind kind) {
    switch (kind) {
      case BEGIN:
      case BEGIN_READ_ONLY:
      case COMMIT:
      case COMMIT_AND_CHAIN:
      case ROLLBACK:
      case ROLLBACK_AND_CHAIN:
      case ROLLBACK_TO:
      case SAVEPOINT:
      case RELEASE:
        return true;
      default:
        return false;
    }
  }

  /** RELEASE of the outermost savepoint commits when no BEGIN surrounds it. */
  private boolean release(Classification statement, boolean succeeded) {
    if (!succeeded || savepoints.isEmpty()) {
      return wrote && !savepoints.isEmpty();
    }
    int from = savepoints.lastIndexOf(lower(statement.name()));
    if (from < 0) {
      uncertain = true;
      return wrote;
    }
    savepoints.subList(from, savepoints.size()).clear();
    if (!savepoints.isEmpty() || textTransaction) {
      return false;
    }
    boolean visible = wrote;
    endTransaction();
    return visible;
  }

  private boolean open() {
    return textTransaction || uncertain || distributed || !savepoints.isEmpty();
  }

  private void endTransaction() {
    textTransaction = false;
    uncertain = false;
    wrote = false;
    savepoints.clear();
  }

  private void add(Pin pin, String name) {
    Set<String> names = pins.get(pin);
    if (names == null) {
      names = new HashSet<>();
      pins.put(pin, names);
    }
    names.add(lower(name));
  }

  private void remove(Pin pin, String name) {
    if (pin == Pin.ANY) {
      pins.clear();
      return;
    }
    if (name == null) {
      pins.remove(pin);
      return;
    }
    Set<String> names = pins.getOrDefault(pin, Collections.<String>emptySet());
    names.remove(lower(name));
    if (names.isEmpty()) {
      pins.remove(pin);
    }
  }

  private static String lower(String name) {
    return name == null ? "" : name.toLowerCase(java.util.Locale.ROOT);
  }

  private void settle() {
    RouteReason settled = reason();
    if (settled != masterReason) {
      masterReason = settled;
    }
  }

  private RouteReason reason() {
    if (!autoCommit || textTransaction || distributed || !savepoints.isEmpty()) {
      return RouteReason.IN_TRANSACTION;
    }
    if (uncertain) {
      return RouteReason.TRANSACTION_UNCERTAIN;
    }
    return pins.isEmpty() ? null : RouteReason.PINNED;
  }

  /** The kinds of pins the session has, for explanations; a copy. */
  public synchronized Set<Pin> pins() {
    return new HashSet<>(pins.keySet());
  }
}
