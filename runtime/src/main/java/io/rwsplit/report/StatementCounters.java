package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Executions by digest and reason: of the first {@link #MAX_DIGESTS} digests one by one, of all
 * others together. Thread-safe; counting a known digest takes no lock and allocates nothing.
 */
public final class StatementCounters {
  /** Digests counted one by one. */
  public static final int MAX_DIGESTS = 1_000;

  /** A longer digest is counted with the others: the map must stay small. */
  private static final int MAX_LENGTH = 4_000;

  /** A counter with what it had counted at one moment: it goes on while others are compared. */
  private static final class Ranked implements Comparable<Ranked> {
    final StatementCounter counter;
    private final long executed;

    Ranked(StatementCounter counter) {
      this.counter = counter;
      this.executed = counter.executed();
    }

    /** The most frequent first. */
    @Override
    public int compareTo(Ranked other) {
      return Long.compare(other.executed, executed);
    }
  }

  private final Map<String, StatementCounter> digests = new ConcurrentHashMap<>();
  private final StatementCounter others = new StatementCounter("(all others)");

  /**
   * The counter of a statement, which stays the same: worth keeping beside the classification.
   *
   * @param what null for what was not classified, such as a batch
   */
  public StatementCounter of(Classification what) {
    return of(what == null ? null : what.digest());
  }

  private StatementCounter of(String digest) {
    if (digest == null || digest.length() > MAX_LENGTH) {
      return others;
    }
    StatementCounter known = digests.get(digest);
    if (known != null) {
      return known;
    }
    if (digests.size() >= MAX_DIGESTS) {
      return others;
    }
    StatementCounter fresh = new StatementCounter(digest);
    StatementCounter earlier = digests.putIfAbsent(digest, fresh);
    return earlier == null ? fresh : earlier;
  }

  /** Executions of all statements for a reason. */
  public long executed(RouteReason reason) {
    long sum = others.executed(reason);
    for (StatementCounter each : digests.values()) {
      sum += each.executed(reason);
    }
    return sum;
  }

  /** The most frequent digests, most frequent first; those counted together last, if there are. */
  public List<StatementCounter> top(int most) {
    List<Ranked> ranked = new ArrayList<>(digests.size());
    for (StatementCounter each : digests.values()) {
      ranked.add(new Ranked(each));
    }
    Collections.sort(ranked);
    List<StatementCounter> top = new ArrayList<>();
    for (int i = 0; i < ranked.size() && i < most; i++) {
      top.add(ranked.get(i).counter);
    }
    if (others.executed() > 0) {
      top.add(others);
    }
    return top;
  }
}
