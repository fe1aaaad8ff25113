package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Pin;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The state of a session for which a statement is explained. Immutable. */
public final class AssumedSession {
  /** In autocommit mode, nothing open, nothing written, nothing set. */
  public static final AssumedSession FRESH =
      new AssumedSession(true, false, false, false, EnumSet.noneOf(Pin.class));

  private final boolean autoCommit;
  private final boolean inTransaction;
  private final boolean readOnly;
  private final boolean writePending;
  private final Set<Pin> pins;

  private AssumedSession(
      boolean autoCommit,
      boolean inTransaction,
      boolean readOnly,
      boolean writePending,
      Set<Pin> pins) {
    this.autoCommit = autoCommit;
    this.inTransaction = inTransaction;
    this.readOnly = readOnly;
    this.writePending = writePending;
    this.pins = Collections.unmodifiableSet(pins);
  }

  /** The same with another autocommit mode. */
  public AssumedSession autoCommit(boolean on) {
    return new AssumedSession(on, inTransaction, readOnly, writePending, pins);
  }

  /** The same inside or outside of a transaction that SQL text has begun. */
  public AssumedSession inTransaction(boolean inside) {
    return new AssumedSession(autoCommit, inside, readOnly, writePending, pins);
  }

  /** The same with {@code setReadOnly} on or off. */
  public AssumedSession readOnly(boolean on) {
    return new AssumedSession(autoCommit, inTransaction, on, writePending, pins);
  }

  /** The same with or without a write or read of its own that no replica has yet. */
  public AssumedSession writePending(boolean pending) {
    return new AssumedSession(autoCommit, inTransaction, readOnly, pending, pins);
  }

  /** The same with one more pin. */
  public AssumedSession pinned(Pin pin) {
    EnumSet<Pin> more = EnumSet.of(pin);
    more.addAll(pins);
    return new AssumedSession(autoCommit, inTransaction, readOnly, writePending, more);
  }

  /** Why the session's reads stay on the master, whatever replicas hold; null when they do not. */
  RouteReason masterReason() {
    if (!autoCommit || inTransaction) {
      return RouteReason.IN_TRANSACTION;
    }
    return pins.isEmpty() ? null : RouteReason.PINNED;
  }

  boolean isWritePending() {
    return writePending;
  }

  /** The pins it has; unmodifiable. */
  public Set<Pin> pins() {
    return pins;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(autoCommit ? "autocommit" : "autocommit off");
    text.append(inTransaction ? ", in a transaction" : "").append(readOnly ? ", read-only" : "");
    text.append(writePending ? ", an own write no replica has" : "");
    return pins.isEmpty() ? text.toString() : text + ", pinned by " + pins;
  }
}
