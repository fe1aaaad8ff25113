package io.rwsplit.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What may be asked of replication while the application runs: bring the replicas up to now,
 * compare them wholly, find and mend differences.
 *
 * <p>Thread-safe. Every method blocks the caller, for its limit at most and a moment more, and
 * nobody else; an interrupt ends it early and is kept.
 */
public final class ReplicationOperations {
  /** Stands for every replica. */
  public static final int ALL = -1;

  /** No resync has this number: another JVM feeds the replica, or nobody does now. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final long LOOK_NANOS = 1_000_000;

  private final SqliteReplicator replicator;

  ReplicationOperations(SqliteReplicator replicator) {
    this.replicator = replicator;
  }

  /** Number of replicas; their indexes count from 0. */
  public int replicas() {
    return replicator.replicas();
  }

  /** State and counters of what feeds a replica; does not block. */
  public FeedStatus status(int replica) {
    return replicator.status(replica);
  }

  /**
   * Waits until everything that was committed by now, by whatever process, is on the replicas.
   *
   * @param enough how many replicas must have it; {@link #ALL} for every one
   * @return per replica whether it has, and if not, why
   */
  public List<ReplicaAnswer> sync(int enough, Duration limit) {
    int fed = fed();
    int needed = enough == ALL ? fed : Math.min(enough, fed);
    long deadline = System.nanoTime() + limit.toNanos();
    long ticket = replicator.tickets().newTicket();
    while (have(ticket) < needed && isBefore(deadline) && !isClosed()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    List<ReplicaAnswer> answers = new ArrayList<ReplicaAnswer>();
    for (int i = 0; i < replicas(); i++) {
      if (!replicator.hasLeft(i)) {
        answers.add(answer(i, replicator.tickets().appliedTicket(i) >= ticket));
      }
    }
    return answers;
  }

  private int fed() {
    int fed = 0;
    for (int i = 0; i < replicas(); i++) {
      fed += replicator.hasLeft(i) ? 0 : 1;
    }
    return fed;
  }

  private int have(long ticket) {
    int have = 0;
    for (int i = 0; i < replicas(); i++) {
      if (replicator.tickets().appliedTicket(i) >= ticket) {
        have++;
      }
    }
    return have;
  }

  private static boolean isBefore(long deadline) {
    return System.nanoTime() - deadline < 0 && !Thread.currentThread().isInterrupted();
  }

  private boolean isClosed() {
    return replicator.isClosing();
  }

  private ReplicaAnswer answer(int replica, boolean done) {
    String name = replicator.files().get(replica).name();
    return new ReplicaAnswer(name, done, replicator.status(replica));
  }

  /**
   * Compares a replica with the master page by page and writes what differs, or copies the master
   * anew; it is out of service meanwhile.
   *
   * @param replica its index; {@link #ALL} for every one, side by side
   * @param rebuild a new file takes the place of the old one
   * @return per replica whether it was made equal and streams, and if not, why
   */
  public List<ReplicaAnswer> resync(int replica, boolean rebuild, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    int first = replica == ALL ? 0 : replica;
    int last = replica == ALL ? replicas() - 1 : replica;
    long[] numbers = new long[replicas()];
    for (int i = first; i <= last; i++) {
      if (replica == ALL && replicator.hasLeft(i)) {
        continue;
      }
      boolean here = replicator.feed(i).absence() == null;
      numbers[i] = here ? replicator.feed(i).resync(rebuild) : NEVER;
    }
    List<ReplicaAnswer> answers = new ArrayList<ReplicaAnswer>();
    for (int i = first; i <= last; i++) {
      if (replica == ALL && replicator.hasLeft(i)) {
        continue;
      }
      while (numbers[i] != NEVER
          && !replicator.feed(i).hasResynced(numbers[i])
          && isBefore(deadline)
          && !isClosed()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      answers.add(answer(i, replicator.feed(i).hasResynced(numbers[i])));
    }
    return answers;
  }

  /**
   * Compares a replica with the master: the schema, every page, and every row as SQLite reads it.
   * Each part is compared at one commit that both sides show exactly, so writers make no
   * difference; neither they nor the replica's readers wait for it.
   *
   * <p>Of values longer than a mebibyte the rows' comparison reads the length and the beginning,
   * and virtual tables are compared as the tables they are kept in; for the rest there are the
   * pages.
   */
  public CheckReport check(int replica, CheckOptions options, Duration limit) {
    return replicator.check(replica, options, limit.toNanos());
  }

  /**
   * Compares, and where something differs, makes the replica equal by the difference in pages and
   * compares again.
   *
   * @return what was found first, and if that was a difference, what was found afterwards
   */
  public List<CheckReport> repair(int replica, CheckOptions options, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    List<CheckReport> reports = new ArrayList<CheckReport>();
    reports.add(check(replica, options, limit));
    if (reports.get(0).total() > 0) {
      List<ReplicaAnswer> unused = resync(replica, false, left(deadline));
      reports.add(check(replica, options, left(deadline)));
    }
    return reports;
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }
}
