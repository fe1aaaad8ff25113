package io.rwsplit.topology;

/**
 * Whether a replica answers the application's reads with errors, of late: at least so many within
 * ten seconds, and no fewer than it has served. A probe does not notice that, as when the disk is
 * full that a read needs and the probe does not. Not thread-safe.
 */
public final class FailingReads {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final int limit;
  private long servedBefore;
  private long failedBefore;
  private long since;

  /**
   * @param limit failed reads that are too many
   */
  public FailingReads(int limit) {
    this.limit = limit;
  }

  /**
   * Looks again.
   *
   * @param served reads it has served since the start
   * @param failed reads it has answered with an error that speaks of itself, since the start
   * @return true when they are too many; they count once
   */
  public boolean areTooMany(long served, long failed, long now) {
    long fresh = failed - failedBefore;
    boolean tooMany = fresh >= limit && fresh >= served - servedBefore;
    if (tooMany || fresh == 0 || now - since > WINDOW_NANOS) {
      servedBefore = served;
      failedBefore = failed;
      since = now;
    }
    return tooMany;
  }
}
