package io.rwsplit.compare;

import java.util.List;
import java.util.Map;

/** What comparing reads has found up to one moment. Immutable but for the findings' ends. */
public final class CompareReport {
  private final int hundredths;
  private final long same;
  private final long different;
  private final Map<Undecided, Long> undecided;
  private final long dropped;
  private final int waiting;
  private final Map<String, Integer> standing;
  private final List<Finding> findings;

  CompareReport(
      int hundredths,
      long same,
      long different,
      Map<Undecided, Long> undecided,
      long dropped,
      int waiting,
      Map<String, Integer> standing,
      List<Finding> findings) {
    this.hundredths = hundredths;
    this.same = same;
    this.different = different;
    this.undecided = undecided;
    this.dropped = dropped;
    this.waiting = waiting;
    this.standing = standing;
    this.findings = findings;
  }

  /** How much of the reads is compared, in hundredths of a percent. */
  public int hundredths() {
    return hundredths;
  }

  /** Comparisons that were begun and are over. */
  public long compared() {
    return same + different + undecidedOfAll();
  }

  /** Those in which the replica had the master's rows. */
  public long same() {
    return same;
  }

  /** Those in which it had not. */
  public long different() {
    return different;
  }

  /** Those that have told nothing, by cause; every cause is in it. */
  public Map<Undecided, Long> undecided() {
    return undecided;
  }

  /** Those that have told nothing. */
  public long undecidedOfAll() {
    long all = 0;
    for (long each : undecided.values()) {
      all += each;
    }
    return all;
  }

  /** Reads that were chosen, and not compared for want of room or time. */
  public long dropped() {
    return dropped;
  }

  /** Reads that wait for their comparison. */
  public int waiting() {
    return waiting;
  }

  /** By name of the replica: how many of the differences are still there; all replicas. */
  public Map<String, Integer> standing() {
    return standing;
  }

  /** The newest differences, the newest first. */
  public List<Finding> findings() {
    return findings;
  }
}
