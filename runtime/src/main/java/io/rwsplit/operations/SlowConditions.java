package io.rwsplit.operations;

import io.rwsplit.alert.AlertKey;
import io.rwsplit.alert.AlertKind;
import io.rwsplit.alert.Condition;
import io.rwsplit.alert.Severity;
import io.rwsplit.report.SlowStatements;
import io.rwsplit.report.Timings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether too many statements of a group were slow within a minute. Used by one thread. */
final class SlowConditions {
  private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

  private final Group group;
  private final long limit;

  /** When they were counted, and how many there were; the oldest first. */
  private final Deque<long[]> counts = new ArrayDeque<>();

  /**
   * @param limit so many are none too many; 0: they are not counted
   */
  SlowConditions(Group group, long limit) {
    this.group = group;
    this.limit = limit;
  }

  void look(long now, List<Condition> found) {
    Timings timings = group.counters().timings();
    if (limit == 0 || timings == null || timings.slow().threshold() == 0) {
      return;
    }
    SlowStatements slow = timings.slow();
    long all = slow.count(Timings.MASTER);
    for (int i = 0; i < group.replicas().size(); i++) {
      all += slow.count(i);
    }
    counts.addLast(new long[] {now, all});
    while (now - counts.getFirst()[0] > WINDOW) {
      counts.removeFirst();
    }
    long late = all - counts.getFirst()[1];
    if (late > limit) {
      found.add(
          new Condition(
              new AlertKey(AlertKind.SLOW_STATEMENTS, group.name(), ""),
              Severity.WARNING,
              late
                  + " statements within a minute took longer than "
                  + TimeUnit.NANOSECONDS.toMillis(slow.threshold())
                  + " ms (rwsplit.slow.threshold), more than "
                  + limit
                  + " (rwsplit.alert.slow).",
              "/api/slow-statements has the newest, and where they ran."));
    }
  }
}
