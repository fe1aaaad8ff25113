package io.rwsplit.observe;

import io.rwsplit.route.RouteReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What was observed up to one moment. Statements count when they begin and their time when they
 * end, so the one may be ahead of the other by what is running. Immutable.
 */
public final class ObserveReport {
  /** Tables that are named. */
  private static final int MOST_TABLES = 50;

  /** Statements of one reason. */
  public static final class OfReason {
    /** Why; {@link RouteReason#OBSERVED} for those that would move. */
    public final RouteReason reason;

    /** How many. */
    public final long statements;

    /** Their time on the master. */
    public final long nanos;

    OfReason(RouteReason reason, long statements, long nanos) {
      this.reason = reason;
      this.statements = statements;
      this.nanos = nanos;
    }
  }

  /** Statements of one digest. */
  public static final class OfDigest {
    /** The text without literals. */
    public final String digest;

    /** All executions. */
    public final long executions;

    /** Those that a replica would have served. */
    public final long moves;

    /** Time of those. */
    public final long moveNanos;

    /** Time of the others. */
    public final long stayNanos;

    /** What would keep most of the others on the master; null when there are none. */
    public final RouteReason stays;

    OfDigest(
        String digest,
        long executions,
        long moves,
        long moveNanos,
        long stayNanos,
        RouteReason stays) {
      this.digest = digest;
      this.executions = executions;
      this.moves = moves;
      this.moveNanos = moveNanos;
      this.stayNanos = stayNanos;
      this.stays = stays;
    }

    /** Time of all. */
    public long nanos() {
      return moveNanos + stayNanos;
    }
  }

  /** Statements that name one table. */
  public static final class OfTable {
    /** Lower case, without a schema. */
    public final String table;

    /** Statements that read it. */
    public final long reads;

    /** Statements that write it. */
    public final long writes;

    /** Reads whose thread had written it within the window. */
    public final long readsAfterWrite;

    OfTable(String table, long reads, long writes, long readsAfterWrite) {
      this.table = table;
      this.reads = reads;
      this.writes = writes;
      this.readsAfterWrite = readsAfterWrite;
    }
  }

  /** Collects the parts. Not thread-safe. */
  static final class Builder {
    long seconds;
    long lagNanos;
    long windowNanos;
    int replicas;
    long reads;
    long writes;
    long others;
    final List<OfReason> reasons = new ArrayList<>();
    final List<OfDigest> digests = new ArrayList<>();
    List<OfTable> tables = new ArrayList<>();

    ObserveReport build() {
      return new ObserveReport(this);
    }
  }

  private final Builder parts;
  private final List<OfTable> tables;
  private final Estimate estimate;

  private ObserveReport(Builder parts) {
    this.parts = parts;
    Collections.sort(parts.reasons, BY_TIME);
    Collections.sort(parts.digests, BY_TIME_OF_DIGEST);
    Collections.sort(parts.tables, BY_PATTERN);
    this.tables = parts.tables.subList(0, Math.min(MOST_TABLES, parts.tables.size()));
    this.estimate = new Estimate(moveNanos(), nanos());
  }

  private static final Comparator<OfReason> BY_TIME =
      new Comparator<OfReason>() {
        @Override
        public int compare(OfReason a, OfReason b) {
          return Long.compare(b.nanos, a.nanos);
        }
      };

  private static final Comparator<OfDigest> BY_TIME_OF_DIGEST =
      new Comparator<OfDigest>() {
        @Override
        public int compare(OfDigest a, OfDigest b) {
          return Long.compare(b.nanos(), a.nanos());
        }
      };

  private static final Comparator<OfTable> BY_PATTERN =
      new Comparator<OfTable>() {
        @Override
        public int compare(OfTable a, OfTable b) {
          int byPattern = Long.compare(b.readsAfterWrite, a.readsAfterWrite);
          int byReads = byPattern == 0 ? Long.compare(b.reads, a.reads) : byPattern;
          return byReads == 0 ? a.table.compareTo(b.table) : byReads;
        }
      };

  /** How long it was observed. */
  public long seconds() {
    return parts.seconds;
  }

  /** How far behind the replicas are taken to be, in nanoseconds. */
  public long lagNanos() {
    return parts.lagNanos;
  }

  /** How soon after a write a read of the same table is one after a write, in nanoseconds. */
  public long windowNanos() {
    return parts.windowNanos;
  }

  /** How many replicas are configured; 0: none yet. */
  public int replicas() {
    return parts.replicas;
  }

  /** Statements that read. */
  public long reads() {
    return parts.reads;
  }

  /** Statements that may write; a batch is one. */
  public long writes() {
    return parts.writes;
  }

  /** Statements that do neither: transaction control, settings. */
  public long others() {
    return parts.others;
  }

  /** By reason, most time first; those that would move among them. */
  public List<OfReason> reasons() {
    return Collections.unmodifiableList(parts.reasons);
  }

  /** The most frequent statements, most time first. */
  public List<OfDigest> digests() {
    return Collections.unmodifiableList(parts.digests);
  }

  /** Tables, those read after a write most often first. */
  public List<OfTable> tables() {
    return Collections.unmodifiableList(tables);
  }

  /** What it would bring. */
  public Estimate estimate() {
    return estimate;
  }

  /** All statements. */
  public long statements() {
    return statements(null);
  }

  /** Those that a replica would have served. */
  public long moves() {
    return statements(RouteReason.OBSERVED);
  }

  /** Time of all. */
  public long nanos() {
    return nanos(null);
  }

  /** Time of those that a replica would have served. */
  public long moveNanos() {
    return nanos(RouteReason.OBSERVED);
  }

  /** Of one reason, or of all for null. */
  private long statements(RouteReason only) {
    long sum = 0;
    for (OfReason each : parts.reasons) {
      sum += only == null || each.reason == only ? each.statements : 0;
    }
    return sum;
  }

  private long nanos(RouteReason only) {
    long sum = 0;
    for (OfReason each : parts.reasons) {
      sum += only == null || each.reason == only ? each.nanos : 0;
    }
    return sum;
  }
}
