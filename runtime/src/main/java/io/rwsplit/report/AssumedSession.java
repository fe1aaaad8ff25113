package io.rwsplit.report;

import io.rwsplit.engine.Engine;
import io.rwsplit.session.Mode;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.SqlClassifier;
import java.sql.Connection;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The state of a session for which a statement is explained. Immutable.
 *
 * <p>What it means for routing is told by a {@link SessionState} that is brought into it, so by the
 * rules that sessions of the application follow.
 */
public final class AssumedSession {
  private boolean autoCommit = true;
  private boolean inTransaction;
  private boolean readOnly;
  private boolean untilWrite;
  private boolean wroteInTransaction;
  private boolean writePending;

  /** What the pending write touched; null when that cannot be told. */
  private Set<String> pendingTables;

  /** Null: what the server gives every connection. */
  private Integer isolation;

  private Set<Pin> pins = EnumSet.noneOf(Pin.class);

  /** In autocommit mode, nothing open, nothing written, nothing set. */
  public static final AssumedSession FRESH = new AssumedSession();

  private AssumedSession() {}

  private AssumedSession copy() {
    AssumedSession copy = new AssumedSession();
    copy.autoCommit = autoCommit;
    copy.inTransaction = inTransaction;
    copy.readOnly = readOnly;
    copy.untilWrite = untilWrite;
    copy.wroteInTransaction = wroteInTransaction;
    copy.writePending = writePending;
    copy.pendingTables = pendingTables;
    copy.isolation = isolation;
    copy.pins = pins;
    return copy;
  }

  /** The same with another autocommit mode. */
  public AssumedSession autoCommit(boolean on) {
    AssumedSession copy = copy();
    copy.autoCommit = on;
    return copy;
  }

  /** The same inside or outside of a transaction that SQL text has begun. */
  public AssumedSession inTransaction(boolean inside) {
    AssumedSession copy = copy();
    copy.inTransaction = inside;
    return copy;
  }

  /** The same with {@code setReadOnly} on or off. */
  public AssumedSession readOnly(boolean on) {
    AssumedSession copy = copy();
    copy.readOnly = on;
    return copy;
  }

  /** The same with {@code rwsplit.transactions=until-write} or without. */
  public AssumedSession untilWrite(boolean on) {
    AssumedSession copy = copy();
    copy.untilWrite = on;
    return copy;
  }

  /** The same with an isolation level, as {@link Connection} numbers them. */
  public AssumedSession isolation(int level) {
    AssumedSession copy = copy();
    copy.isolation = level;
    return copy;
  }

  /** The same with or without a write in the transaction that is open. */
  public AssumedSession wroteInTransaction(boolean wrote) {
    AssumedSession copy = copy();
    copy.wroteInTransaction = wrote;
    return copy;
  }

  /** The same with or without a write or read of its own that no replica has yet. */
  public AssumedSession writePending(boolean pending) {
    AssumedSession copy = copy();
    copy.writePending = pending;
    copy.pendingTables = null;
    return copy;
  }

  /** The same with a write of its own that no replica has yet, and that touched these tables. */
  public AssumedSession writePending(Collection<String> tables) {
    AssumedSession copy = writePending(true);
    Set<String> lower = new TreeSet<>();
    for (String table : tables) {
      lower.add(table.toLowerCase(Locale.ROOT));
    }
    copy.pendingTables = Collections.unmodifiableSet(lower);
    return copy;
  }

  /** The same with one more pin. */
  public AssumedSession pinned(Pin pin) {
    AssumedSession copy = copy();
    copy.pins = EnumSet.of(pin);
    copy.pins.addAll(pins);
    return copy;
  }

  /** A session of the router's in this state. */
  SessionState state(Engine engine, SqlClassifier classifier) {
    SessionState state = new SessionState(engine, autoCommit, readOnly, untilWrite);
    if (isolation != null) {
      state.isolationSet(isolation);
    } else if (engine == Engine.POSTGRESQL) {
      // What the router asks the connection for, once: the server's default.
      state.isolationIs(Connection.TRANSACTION_READ_COMMITTED);
    }
    if (inTransaction) {
      boolean unused = state.executed(classifier.classify("BEGIN"), SessionState.Extent.ALL, true);
    }
    if (wroteInTransaction) {
      boolean unused =
          state.executed(classifier.classify("DELETE FROM a"), SessionState.Extent.ALL, true);
    }
    for (Pin pin : pins) {
      state.pin(pin, "assumed");
    }
    return state;
  }

  /**
   * True when a read has to wait for what was written.
   *
   * @param mode how reads may leave the master
   * @param read the tables it can show; null when they do not matter or cannot be told
   */
  boolean mustSee(Mode mode, Set<String> read) {
    if (!writePending || mode == Mode.READ_ONLY_TRANSACTION) {
      // One snapshot for all tables.
      return writePending;
    }
    return read == null || pendingTables == null || !Collections.disjoint(read, pendingTables);
  }

  /** The pins it has; unmodifiable. */
  public Set<Pin> pins() {
    return Collections.unmodifiableSet(pins);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(autoCommit ? "autocommit" : "autocommit off");
    text.append(inTransaction ? ", in a transaction" : "").append(readOnly ? ", read-only" : "");
    text.append(untilWrite ? ", reads leave until a write" : "");
    text.append(wroteInTransaction ? ", has written in it" : "");
    text.append(isolation == null ? "" : ", isolation level " + isolation);
    text.append(writePending ? ", an own write no replica has" : "");
    text.append(pendingTables == null ? "" : " of " + String.join(", ", pendingTables));
    return pins.isEmpty() ? text.toString() : text + ", pinned by " + pins;
  }
}
