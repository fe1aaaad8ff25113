package io.rwsplit.route;

/** What the configuration asks of reads in general. Immutable. */
public final class ReadRules {
  private final long waitNanos;
  private final boolean writesBindAll;
  private final boolean byTable;
  private final Tiers tiers;

  /**
   * @param waitNanos how long a read may wait for a replica that lacks what it must see; 0: not at
   *     all
   * @param writesBindAll true when a write binds the reads of all sessions of this JVM
   * @param byTable true when a write binds only reads of tables that it may have touched
   * @param tiers rules about single reads
   */
  public ReadRules(long waitNanos, boolean writesBindAll, boolean byTable, Tiers tiers) {
    this.waitNanos = waitNanos;
    this.writesBindAll = writesBindAll;
    this.byTable = byTable;
    this.tiers = tiers;
  }

  /** How long a read may wait for a replica to catch up, in nanoseconds; 0: not at all. */
  public long waitNanos() {
    return waitNanos;
  }

  /** True when a completed write must be seen by the reads of all sessions of this JVM. */
  public boolean writesBindAll() {
    return writesBindAll;
  }

  /** True when a write binds only reads of tables that it may have touched. */
  public boolean isByTable() {
    return byTable;
  }

  /** Rules about single reads. */
  public Tiers tiers() {
    return tiers;
  }
}
