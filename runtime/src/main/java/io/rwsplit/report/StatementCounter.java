package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Executions of one digest by reason; the one of a replica is {@link RouteReason#READ}.
 * Thread-safe.
 */
public final class StatementCounter {
  private static final RouteReason[] REASONS = RouteReason.values();

  private final String digest;

  /** Replaced by a copy when a reason comes up for the first time, never changed. */
  private volatile Map<RouteReason, LongAdder> counts = new EnumMap<>(RouteReason.class);

  /** Of all results so far; negative before the first. May miss an update: it is a hint. */
  private volatile long mostRows = -1;

  StatementCounter(String digest) {
    this.digest = digest;
  }

  /** It was executed and went where the reason says. Takes no lock for a reason it had before. */
  public void count(RouteReason reason) {
    LongAdder adder = counts.get(reason);
    (adder == null ? add(reason) : adder).increment();
  }

  private synchronized LongAdder add(RouteReason reason) {
    Map<RouteReason, LongAdder> more = new EnumMap<>(counts);
    LongAdder adder = more.get(reason);
    if (adder == null) {
      adder = new LongAdder();
      more.put(reason, adder);
      counts = more;
    }
    return adder;
  }

  /** A result of it has ended after so many rows. */
  public void returned(long rows) {
    if (rows > mostRows) {
      mostRows = rows;
    }
  }

  /** The most rows a result of it had; negative when none has ended. */
  public long mostRows() {
    return mostRows;
  }

  /** The text without literals; in words for the one that counts the rest. */
  public String digest() {
    return digest;
  }

  /** Executions for a reason. */
  public long executed(RouteReason reason) {
    LongAdder adder = counts.get(reason);
    return adder == null ? 0 : adder.sum();
  }

  /** All executions. */
  public long executed() {
    long sum = 0;
    for (RouteReason reason : REASONS) {
      sum += executed(reason);
    }
    return sum;
  }

  /** The reason that kept most of them on the master; null when none was kept. */
  public RouteReason mainReason() {
    return mainReasonBut(null);
  }

  /** The same without what another reason has kept. */
  public RouteReason mainReasonBut(RouteReason left) {
    RouteReason main = null;
    long most = 0;
    for (RouteReason reason : REASONS) {
      long count = reason.isReplica() || reason == left ? 0 : executed(reason);
      if (count > most) {
        most = count;
        main = reason;
      }
    }
    return main;
  }
}
