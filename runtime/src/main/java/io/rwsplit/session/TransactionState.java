package io.rwsplit.session;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which transaction one session is in, with what access mode and isolation, and what has happened
 * in it. Guarded by its {@link SessionState}.
 */
final class TransactionState {
  private final Engine engine;

  /** Savepoints that stand outside of BEGIN: on SQLite the outermost one is a transaction. */
  private final List<String> savepoints = new ArrayList<>();

  boolean autoCommit;

  /** Begun by SQL text. */
  boolean text;

  boolean uncertain;

  /** XA or two-phase: its statements show nothing of where it ends. */
  boolean distributed;

  /** Something inside the open transaction may have written. */
  boolean wrote;

  /** Something inside took locks: what it reads must be what it has locked. */
  boolean locked;

  /** A statement failed on the master: PostgreSQL refuses all others until the rollback. */
  boolean failed;

  /** Something was read on the master: another node is another snapshot. */
  boolean readOnMaster;

  /** It has a savepoint, whoever set it. */
  boolean savepointSet;

  /** What the text that began it asks for can only be had on the master. */
  boolean masterOnly;

  /** {@code Connection.setReadOnly}. */
  boolean readOnlyConnection;

  /** SET TRANSACTION has said something about the next transaction. */
  boolean hasNext;

  /** A statement has run since, and may have been that next transaction. */
  private boolean nextConsumed;

  /** Access mode and isolation of the session, the next and the current transaction. */
  private Boolean sessionReadOnly;

  private Boolean nextReadOnly;
  private Boolean nowReadOnly;

  /** What the connection had when it was asked; the session's default where nothing was set. */
  private int initialIsolation = Isolation.UNKNOWN;

  private int sessionIsolation = Isolation.UNKNOWN;
  private int nextIsolation = Isolation.UNKNOWN;
  private int nowIsolation = Isolation.UNKNOWN;

  /** Counts ended transactions: who holds something for one can tell that it is over. */
  long ended;

  TransactionState(Engine engine, boolean autoCommit) {
    this.engine = engine;
    this.autoCommit = autoCommit;
  }

  /** True while one is open, or the next statement would open one. */
  boolean isOpen() {
    return !autoCommit || openByText() || uncertain;
  }

  /** True while one is open that no JDBC call began. */
  boolean openByText() {
    return text || distributed || !savepoints.isEmpty();
  }

  boolean isReadOnly() {
    if (nowReadOnly != null) {
      return nowReadOnly;
    }
    return readOnlyConnection || Boolean.TRUE.equals(sessionReadOnly);
  }

  /**
   * True when reads of the open transaction may leave the master.
   *
   * @param untilWrite true when they may also where it was not said to be read-only
   */
  boolean mayLeave(boolean untilWrite) {
    boolean certain = !uncertain && !distributed && !failed && !wrote && !locked && !masterOnly;
    return certain && (isReadOnlyMode() || (untilWrite && isUntilWrite()));
  }

  /** True when it is read-only, and has not read on the master. */
  boolean isReadOnlyMode() {
    return isReadOnly() && !readOnMaster;
  }

  private boolean isUntilWrite() {
    return engine == Engine.POSTGRESQL && isolation() == Connection.TRANSACTION_READ_COMMITTED;
  }

  /** The level of the open or coming transaction; {@link Isolation#UNKNOWN} when nobody knows. */
  int isolation() {
    if (nowIsolation != Isolation.UNKNOWN) {
      return nowIsolation;
    }
    return sessionIsolation != Isolation.UNKNOWN ? sessionIsolation : initialIsolation;
  }

  void initialIsolation(int level) {
    initialIsolation = level;
  }

  void sessionIsolation(int level) {
    sessionIsolation = level;
  }

  /** RESET ALL, DISCARD ALL: as the connection was opened. */
  void reset() {
    sessionIsolation = Isolation.UNKNOWN;
    sessionReadOnly = null;
  }

  /** BEGIN or START TRANSACTION with its characteristics. */
  void begin(Classification statement) {
    text = true;
    nowIsolation = nextIsolation;
    nowReadOnly = nextReadOnly;
    masterOnly |= nextConsumed;
    forgetNext();
    characteristics(statement.value());
  }

  /** A statement was run on the master outside of a transaction. */
  void statementOutside() {
    nextConsumed = hasNext;
  }

  private void forgetNext() {
    hasNext = false;
    nextConsumed = false;
    nextIsolation = Isolation.UNKNOWN;
    nextReadOnly = null;
  }

  private void characteristics(String value) {
    if (value == null || engine == Engine.SQLITE) {
      return;
    }
    int level = Isolation.in(value);
    if (level != Isolation.UNKNOWN) {
      nowIsolation = level;
    }
    Boolean readOnly = Isolation.readOnly(value);
    if (readOnly != null) {
      nowReadOnly = readOnly;
    }
    String upper = value.toUpperCase(Locale.ROOT);
    masterOnly |= upper.contains("SNAPSHOT") || hasDeferrable(upper);
  }

  private static boolean hasDeferrable(String upper) {
    return upper.contains("DEFERRABLE") && !upper.contains("NOT DEFERRABLE");
  }

  /** SET TRANSACTION, SET SESSION CHARACTERISTICS and the variables that stand for them. */
  void set(Classification statement) {
    String name = statement.name() == null ? "" : statement.name();
    String value = statement.value() == null ? "" : statement.value();
    switch (name) {
      case "transaction":
        if (engine == Engine.POSTGRESQL) {
          characteristics(value);
        } else {
          next(value);
        }
        break;
      case "transaction_isolation":
      case "tx_isolation":
        if (engine == Engine.POSTGRESQL) {
          characteristics(value);
        } else {
          forSession(value, name);
        }
        break;
      case "transaction_read_only":
      case "tx_read_only":
        if (engine == Engine.POSTGRESQL) {
          nowReadOnly = isOn(value);
        } else {
          sessionReadOnly = isOn(value);
        }
        break;
      case "default_transaction_read_only":
        sessionReadOnly = isDefault(value) ? null : (Boolean) isOn(value);
        break;
      case "transaction_deferrable":
        masterOnly = true;
        break;
      default:
        forSession(value, name);
        break;
    }
  }

  /**
   * MySQL refuses it while a transaction runs, so one that is open here has not begun there: with
   * autocommit off it speaks of that one, else of the next.
   */
  private void next(String value) {
    if (!autoCommit) {
      characteristics(value);
      return;
    }
    hasNext = true;
    int level = Isolation.in(value);
    nextIsolation = level == Isolation.UNKNOWN ? nextIsolation : level;
    Boolean readOnly = Isolation.readOnly(value);
    nextReadOnly = readOnly == null ? nextReadOnly : readOnly;
  }

  private void forSession(String value, String name) {
    int level = Isolation.in(value);
    if (level != Isolation.UNKNOWN) {
      sessionIsolation = level;
    } else if (isDefault(value) && name.endsWith("isolation")) {
      sessionIsolation = Isolation.UNKNOWN;
    }
    Boolean readOnly = Isolation.readOnly(value);
    if (readOnly != null) {
      sessionReadOnly = readOnly;
    }
  }

  private static boolean isDefault(String value) {
    return value.equalsIgnoreCase("DEFAULT");
  }

  private static boolean isOn(String value) {
    String bare = value.replace("'", "").trim().toLowerCase(Locale.ROOT);
    return bare.equals("on") || bare.equals("true") || bare.equals("1") || bare.equals("yes");
  }

  void savepoint(Classification statement) {
    if (engine == Engine.SQLITE && autoCommit && !text) {
      savepoints.add(lower(statement.name()));
    }
  }

  /** RELEASE: true when it was the outermost savepoint that is a transaction. */
  boolean release(Classification statement) {
    if (savepoints.isEmpty()) {
      return false;
    }
    int from = savepoints.lastIndexOf(lower(statement.name()));
    if (from < 0) {
      uncertain = true;
      return false;
    }
    savepoints.subList(from, savepoints.size()).clear();
    return savepoints.isEmpty() && !text;
  }

  boolean hasSavepoints() {
    return !savepoints.isEmpty();
  }

  /** COMMIT or ROLLBACK AND CHAIN: the next one is open at once, with the same characteristics. */
  void chain() {
    boolean wasText = text;
    Boolean readOnly = nowReadOnly;
    int level = nowIsolation;
    boolean only = masterOnly;
    end();
    text = wasText || autoCommit;
    nowReadOnly = readOnly;
    nowIsolation = level;
    masterOnly = only;
  }

  void end() {
    text = false;
    uncertain = false;
    wrote = false;
    locked = false;
    failed = false;
    readOnMaster = false;
    masterOnly = false;
    savepointSet = false;
    savepoints.clear();
    nowReadOnly = null;
    nowIsolation = Isolation.UNKNOWN;
    ended++;
  }

  static String lower(String name) {
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }
}
