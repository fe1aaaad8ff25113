package io.rwsplit.route;

import io.rwsplit.sql.Classification;
import io.rwsplit.topology.Replica;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chooses which of the replicas that may serve a read does. In this order: those the read asks for
 * by name or tag, else all that are not reserved for reads that ask; of these, one that has just
 * returned is left out more often than not, while others remain, wherever they are; of these, those
 * of the application's own zone, if there are any; of these, the strategy takes one.
 *
 * <p>Thread-safe; never blocks, and allocates nothing where no rule looks at callers or texts.
 */
public final class Balancer {
  /**
   * How much of what the master had beside its turns is remembered. Sessions that write keep their
   * reads there; a minute of that must not take the master's share away for the next.
   */
  private static final int MOST_AHEAD = 128;

  /** What {@link #choose} answers when none of the eligible replicas serves such a read. */
  public static final int NONE = -1;

  /** How busy each replica is. */
  public interface Load {
    /** Connections of ours to the replica that are executing or hold an open result. */
    int inUse(int replica);
  }

  private final Replica[] replicas;
  private final Chooser chooser;
  private final TagRules tags;
  private final SlowStart slowStart;
  private final boolean measures;

  /** Those that serve reads which ask for nothing. */
  private final long open;

  /** Those of the application's own zone; 0 when it has none. */
  private final long near;

  private final double masterShare;
  private final Turn masterTurn = new Turn();

  /** Reads that the master had beside its turns, and that its next turns are to make good. */
  private final AtomicInteger masterAhead = new AtomicInteger();

  /**
   * @param replicas by index, at most 64
   * @param ownZone zone of the application; null when it has none
   * @param slowStartNanos how long a replica that returned gets less than its part; 0: not at all
   * @param masterShare how many of a hundred reads that a replica might serve the master runs
   */
  public Balancer(
      Replica[] replicas,
      Chooser chooser,
      TagRules tags,
      String ownZone,
      long slowStartNanos,
      int masterShare) {
    this.replicas = replicas;
    this.chooser = chooser;
    this.tags = tags;
    this.slowStart = slowStartNanos == 0 ? null : new SlowStart(replicas, slowStartNanos);
    this.measures = chooser.measures() && replicas.length > 1;
    this.masterShare = masterShare / 100.0;
    long notReserved = 0;
    long ofZone = 0;
    for (Replica replica : replicas) {
      long bit = 1L << replica.index();
      notReserved |= replica.traits().isReserved() ? 0 : bit;
      ofZone |= replica.traits().zone().equals(ownZone) ? bit : 0;
    }
    this.open = notReserved;
    this.near = ofZone;
  }

  /**
   * The replicas a read asks for, one per bit; 0 when it asks for none. The same for the same
   * statement and caller.
   *
   * @param sql its text as the application wrote it
   */
  public long asked(Classification read, String sql) {
    return tags.asked(read, sql);
  }

  /** True when the master runs the next read that a replica might serve, as its share. */
  public boolean masterTakes() {
    if (masterShare == 0 || masterTurn.next() >= masterShare) {
      return false;
    }
    int ahead = masterAhead.get();
    return ahead <= 0 || !masterAhead.compareAndSet(ahead, ahead - 1);
  }

  /**
   * The master runs a read that replicas may serve, but none has yet what it must see. It counts to
   * the master's share: what a session has read on the master, which is newer than any replica,
   * keeps its next reads there, and each turn of the master would bring it several.
   */
  public void masterHad() {
    if (masterShare != 0 && masterTurn.next() >= masterShare) {
      int ahead = masterAhead.get();
      if (ahead < MOST_AHEAD) {
        // Lost when another thread counts at the same time: a share is a share of many.
        masterAhead.compareAndSet(ahead, ahead + 1);
      }
    }
  }

  /**
   * Chooses a replica.
   *
   * @param eligible bit i is set when replica i may serve
   * @param asked the replicas the read asks for
   * @param load asked only by strategies that need it
   * @return the index of a set bit of {@code eligible}, or {@link #NONE}
   */
  public int choose(long eligible, long asked, Load load) {
    long among = asked(eligible, asked);
    if (Bits.isSingle(among)) {
      return among == 0 ? NONE : Bits.first(among);
    }
    if (slowStart != null) {
      among = slowStart.restrict(among);
    }
    among = near(among);
    return Bits.isSingle(among) ? Bits.first(among) : chooser.choose(among, load);
  }

  /** Those that serve such a read; 0 when none does. */
  private long asked(long eligible, long asked) {
    long among = eligible & asked;
    return among == 0 ? eligible & open : among;
  }

  private long near(long among) {
    return (among & near) == 0 ? among : among & near;
  }

  /** True when {@link #measured} is to be told. */
  public boolean measures() {
    return measures;
  }

  /**
   * A replica has delivered the first row of a read.
   *
   * @param nanos what that took
   */
  public void measured(int replica, long nanos) {
    replicas[replica].latency().measured(nanos, System.nanoTime());
  }

  /**
   * A replica has failed a read. That took no time worth counting, or it was waited for in vain:
   * then it counts.
   */
  public void failed(int replica, long nanos) {
    if (nanos > replicas[replica].latency().nanos()) {
      measured(replica, nanos);
    }
  }

  /**
   * The part of the reads that a replica is to get now, between 0 and 1. A replica that returned is
   * counted as if that was long ago.
   *
   * @return NaN where the strategy promises none
   */
  public double promised(int replica, long eligible, long asked) {
    long among = near(asked(eligible, asked));
    if ((among & (1L << replica)) == 0) {
      return 0;
    }
    double share = (eligible & asked) == 0 ? 1 - masterShare : 1;
    return share * (Bits.isSingle(among) ? 1 : chooser.promised(replica, among));
  }

  /**
   * What speaks against a replica now, in a unit of the strategy's own: of two, the lower is taken.
   *
   * @return NaN where the strategy does not compare
   */
  public double score(int replica, Load load) {
    return chooser.score(replica, load);
  }

  /** True for a replica of the application's own zone. */
  public boolean isNear(int replica) {
    return (near & (1L << replica)) != 0;
  }

  /** How much of its part a replica gets now, since it has returned; 1: all. */
  public double warmth(int replica) {
    return slowStart == null ? 1 : slowStart.part(replicas[replica], System.nanoTime());
  }

  /** The part of eligible reads that the master runs, between 0 and 1. */
  public double masterShare() {
    return masterShare;
  }

  /** The strategy's name as the configuration has it. */
  @Override
  public String toString() {
    return chooser.toString();
  }
}
