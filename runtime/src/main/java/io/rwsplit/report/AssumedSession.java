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
  /** What may be so of a session, beside what has a value. */
  private enum Fact {
    AUTOCOMMIT,
    IN_TRANSACTION,
    READ_ONLY,
    UNTIL_WRITE,
    WROTE_IN_TRANSACTION,
    WRITE_PENDING
  }

  /** In autocommit mode, nothing open, nothing written, nothing set. */
  public static final AssumedSession FRESH =
      new AssumedSession(EnumSet.of(Fact.AUTOCOMMIT), null, null, EnumSet.noneOf(Pin.class));

  private final Set<Fact> facts;

  /** What the pending write touched; null when that cannot be told. */
  private final Set<String> pendingTables;

  /** Null: what the server gives every connection. */
  private final Integer isolation;

  private final Set<Pin> pins;

  private AssumedSession(
      Set<Fact> facts, Set<String> pendingTables, Integer isolation, Set<Pin> pins) {
    this.facts = facts;
    this.pendingTables = pendingTables;
    this.isolation = isolation;
    this.pins = pins;
  }

  private boolean is(Fact fact) {
    return facts.contains(fact);
  }

  private Set<Fact> facts(Fact fact, boolean is) {
    Set<Fact> changed = EnumSet.copyOf(facts);
    if (is) {
      changed.add(fact);
    } else {
      changed.remove(fact);
    }
    return changed;
  }

  private AssumedSession with(Fact fact, boolean is) {
    return new AssumedSession(facts(fact, is), pendingTables, isolation, pins);
  }

  /** The same with another autocommit mode. */
  public AssumedSession autoCommit(boolean on) {
    return with(Fact.AUTOCOMMIT, on);
  }

  /** The same inside or outside of a transaction that SQL text has begun. */
  public AssumedSession inTransaction(boolean inside) {
    return with(Fact.IN_TRANSACTION, inside);
  }

  /** The same with {@code setReadOnly} on or off. */
  public AssumedSession readOnly(boolean on) {
    return with(Fact.READ_ONLY, on);
  }

  /** The same with {@code rwsplit.transactions=until-write} or without. */
  public AssumedSession untilWrite(boolean on) {
    return with(Fact.UNTIL_WRITE, on);
  }

  /** The same with an isolation level, as {@link Connection} numbers them. */
  public AssumedSession isolation(int level) {
    return new AssumedSession(facts, pendingTables, level, pins);
  }

  /** The same with or without a write in the transaction that is open. */
  public AssumedSession wroteInTransaction(boolean wrote) {
    return with(Fact.WROTE_IN_TRANSACTION, wrote);
  }

  /** The same with or without a write or read of its own that no replica has yet. */
  public AssumedSession writePending(boolean pending) {
    return new AssumedSession(facts(Fact.WRITE_PENDING, pending), null, isolation, pins);
  }

  /** The same with a write of its own that no replica has yet, and that touched these tables. */
  public AssumedSession writePending(Collection<String> tables) {
    Set<String> lower = new TreeSet<>();
    for (String table : tables) {
      lower.add(table.toLowerCase(Locale.ROOT));
    }
    return new AssumedSession(
        facts(Fact.WRITE_PENDING, true), Collections.unmodifiableSet(lower), isolation, pins);
  }

  /** The same with one more pin. */
  public AssumedSession pinned(Pin pin) {
    Set<Pin> more = EnumSet.of(pin);
    more.addAll(pins);
    return new AssumedSession(facts, pendingTables, isolation, more);
  }

  /** A session of the router's in this state. */
  SessionState state(Engine engine, SqlClassifier classifier) {
    SessionState state =
        new SessionState(engine, is(Fact.AUTOCOMMIT), is(Fact.READ_ONLY), is(Fact.UNTIL_WRITE));
    if (isolation != null) {
      state.isolationSet(isolation);
    } else if (engine == Engine.POSTGRESQL) {
      // What the router asks the connection for, once: the server's default.
      state.isolationIs(Connection.TRANSACTION_READ_COMMITTED);
    }
    if (is(Fact.IN_TRANSACTION)) {
      boolean unused = state.executed(classifier.classify("BEGIN"), SessionState.Extent.ALL, true);
    }
    if (is(Fact.WROTE_IN_TRANSACTION)) {
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
    if (!is(Fact.WRITE_PENDING) || mode == Mode.READ_ONLY_TRANSACTION) {
      // One snapshot for all tables.
      return is(Fact.WRITE_PENDING);
    }
    return read == null || pendingTables == null || !Collections.disjoint(read, pendingTables);
  }

  /** The pins it has; unmodifiable. */
  public Set<Pin> pins() {
    return Collections.unmodifiableSet(pins);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(is(Fact.AUTOCOMMIT) ? "autocommit" : "autocommit off");
    text.append(is(Fact.IN_TRANSACTION) ? ", in a transaction" : "")
        .append(is(Fact.READ_ONLY) ? ", read-only" : "");
    text.append(is(Fact.UNTIL_WRITE) ? ", reads leave until a write" : "");
    text.append(is(Fact.WROTE_IN_TRANSACTION) ? ", has written in it" : "");
    text.append(isolation == null ? "" : ", isolation level " + isolation);
    text.append(is(Fact.WRITE_PENDING) ? ", an own write no replica has" : "");
    text.append(pendingTables == null ? "" : " of " + String.join(", ", pendingTables));
    return pins.isEmpty() ? text.toString() : text + ", pinned by " + pins;
  }
}
