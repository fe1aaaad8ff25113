package io.rwsplit.observe;

import io.rwsplit.report.RouteCounters;
import io.rwsplit.report.StatementCounter;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.StatementKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Adds up what the statements of one group would have been routed to, and the time they took.
 * Thread-safe; takes no lock, and its memory is bounded: by the digests that {@link RouteCounters}
 * tells apart, and by {@link #MAX_TABLES}.
 */
public final class Observer {
  /** Tables that are counted one by one; of others nothing is counted. */
  static final int MAX_TABLES = 500;

  private static final int MAX_NAME = 128;
  private static final int DIGESTS = 100;
  private static final RouteReason[] REASONS = RouteReason.values();

  /** Time of one digest, in nanoseconds. */
  private static final class Time {
    final LongAdder moves = new LongAdder();
    final LongAdder stays = new LongAdder();
  }

  private final RouteCounters counters;
  private final int replicas;
  private final long lagNanos;
  private final long windowNanos;
  private final long began = System.nanoTime();
  private final LongAdder reads = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final LongAdder others = new LongAdder();

  /** Of each reason; not changed after the constructor. */
  private final Map<RouteReason, LongAdder> nanos = new EnumMap<>(RouteReason.class);

  private final Map<StatementCounter, Time> times = new ConcurrentHashMap<>();
  private final Map<String, TableUse> tables = new ConcurrentHashMap<>();

  /**
   * @param counters of the group, which count a statement when it begins
   * @param replicas how many are configured; 0 when that is not known yet
   * @param lagNanos how far behind they are taken to be
   * @param windowNanos how soon after a write a read of the same table is one after a write
   */
  public Observer(RouteCounters counters, int replicas, long lagNanos, long windowNanos) {
    this.counters = counters;
    this.replicas = replicas;
    this.lagNanos = lagNanos;
    this.windowNanos = windowNanos;
    for (RouteReason reason : REASONS) {
      nanos.put(reason, new LongAdder());
    }
  }

  /**
   * A statement has ended on the master.
   *
   * @param counter of its digest
   * @param what null for a batch
   * @param why {@link RouteReason#OBSERVED} when a replica would have served it
   * @param took of the driver's execute method, in nanoseconds
   * @param session what the current thread has written of late
   */
  public void ended(
      StatementCounter counter,
      Classification what,
      RouteReason why,
      long took,
      RecentWrites session) {
    nanos.get(why).add(took);
    Time time = times.get(counter);
    if (time == null) {
      time = new Time();
      Time earlier = times.putIfAbsent(counter, time);
      time = earlier == null ? time : earlier;
    }
    (why == RouteReason.OBSERVED ? time.moves : time.stays).add(took);
    if (what == null) {
      writes.increment();
    } else {
      count(what, session);
    }
  }

  private void count(Classification what, RecentWrites session) {
    if (isRead(what)) {
      reads.increment();
      long now = System.nanoTime();
      for (String name : what.tables()) {
        TableUse table = table(name);
        if (table != null) {
          table.reads.increment();
          if (session.wroteWithin(table, now, windowNanos)) {
            table.readsAfterWrite.increment();
          }
        }
      }
    } else if (isWrite(what)) {
      writes.increment();
      wrote(what, session);
    } else {
      others.increment();
    }
  }

  /** The current thread has run a write, perhaps as one of a batch. */
  public void wrote(Classification what, RecentWrites session) {
    if (what == null || what.kind() != StatementKind.DML) {
      return;
    }
    long now = System.nanoTime();
    for (String name : what.tables()) {
      TableUse table = table(name);
      if (table != null) {
        table.writes.increment();
        session.wrote(table, now);
      }
    }
  }

  private static boolean isRead(Classification what) {
    switch (what.kind()) {
      case READ:
      case MASTER_READ:
      case LOCKING_READ:
        return true;
      default:
        return false;
    }
  }

  private static boolean isWrite(Classification what) {
    switch (what.kind()) {
      case DML:
      case DDL:
      case CALL:
        return true;
      case MULTI:
      case UNKNOWN:
        return what.mayWrite();
      default:
        return false;
    }
  }

  /** By its last name: schemas are not told apart. Null when too many are known. */
  private TableUse table(String qualified) {
    String name = qualified.substring(qualified.lastIndexOf('.') + 1);
    TableUse known = tables.get(name);
    if (known != null || tables.size() >= MAX_TABLES || name.length() > MAX_NAME) {
      return known;
    }
    TableUse fresh = new TableUse(name);
    TableUse earlier = tables.putIfAbsent(name, fresh);
    return earlier == null ? fresh : earlier;
  }

  /** What was counted until now. */
  public ObserveReport report() {
    ObserveReport.Builder report = new ObserveReport.Builder();
    report.seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    report.lagNanos = lagNanos;
    report.windowNanos = windowNanos;
    report.replicas = replicas;
    report.reads = reads.sum();
    report.writes = writes.sum();
    report.others = others.sum();
    for (RouteReason reason : REASONS) {
      long count = counters.onMaster(reason);
      if (count > 0) {
        report.reasons.add(new ObserveReport.OfReason(reason, count, nanos.get(reason).sum()));
      }
    }
    for (StatementCounter each : counters.statements().top(DIGESTS)) {
      Time time = times.get(each);
      report.digests.add(
          new ObserveReport.OfDigest(
              each.digest(),
              each.executed(),
              each.executed(RouteReason.OBSERVED),
              time == null ? 0 : time.moves.sum(),
              time == null ? 0 : time.stays.sum(),
              each.mainReasonBut(RouteReason.OBSERVED)));
    }
    List<ObserveReport.OfTable> used = new ArrayList<>();
    for (TableUse table : tables.values()) {
      used.add(
          new ObserveReport.OfTable(
              table.name, table.reads.sum(), table.writes.sum(), table.readsAfterWrite.sum()));
    }
    report.tables = used;
    return report.build();
  }
}
