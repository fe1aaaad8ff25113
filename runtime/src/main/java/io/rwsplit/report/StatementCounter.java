package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Executions of one digest by reason; the one of a replica is {@link RouteReason#READ}. */
public final class StatementCounter {
  private static final RouteReason[] REASONS = RouteReason.values();

  private final String digest;
  private final Map<RouteReason, LongAdder> counts = new ConcurrentHashMap<>(4);

  StatementCounter(String digest) {
    this.digest = digest;
  }

  /** It was executed and went where the reason says. */
  void count(RouteReason reason) {
    LongAdder adder = counts.get(reason);
    if (adder == null) {
      LongAdder fresh = new LongAdder();
      LongAdder earlier = counts.putIfAbsent(reason, fresh);
      adder = earlier == null ? fresh : earlier;
    }
    adder.increment();
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
    RouteReason main = null;
    long most = 0;
    for (RouteReason reason : REASONS) {
      long count = reason.isReplica() ? 0 : executed(reason);
      if (count > most) {
        most = count;
        main = reason;
      }
    }
    return main;
  }
}
