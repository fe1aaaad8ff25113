package io.rwsplit.replication;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * What one replica connection is reading: the commit its open read transaction shows, which the
 * {@link Retention} keeps readable from the master until the read ends.
 *
 * <p>One thread at a time begins, settles and ends; any thread may look.
 */
public final class OpenRead {
  private static final AtomicReferenceFieldUpdater<OpenRead, Object> STATE =
      AtomicReferenceFieldUpdater.newUpdater(OpenRead.class, Object.class, "state");

  final int replica;
  private final Publications publications;

  // Of the retention's capture thread; its holders may look.

  /** The commit that was kept for this read at every advance since {@link #keptFromBegin}. */
  private PublishedCommit kept;

  /** True when it had been kept up to the first of those. */
  private boolean keptFromBegin;

  /** Null, a {@link PublishedCommit}, or its {@link PublishedCommit.Earliest}. */
  private volatile Object state;

  OpenRead(int replica, Publications publications) {
    this.replica = replica;
    this.publications = publications;
  }

  /**
   * A read transaction is about to begin.
   *
   * <p>A volatile write before SQLite looks at the replica: a capture that does not see it has
   * looked at what was published before, and keeps everything from there on.
   */
  public void begin() {
    PublishedCommit now = publications.published();
    state = now == null ? null : now.earliest;
  }

  /**
   * The read transaction has begun, or had already.
   *
   * @return the commit it shows; null when the replica went on meanwhile, so that nobody knows
   */
  public PublishedCommit settle() {
    Object now = state;
    if (now instanceof PublishedCommit.Earliest) {
      PublishedCommit commit = ((PublishedCommit.Earliest) now).commit;
      if (publications.announced() != commit) {
        return null;
      }
      STATE.lazySet(this, commit);
      return commit;
    }
    return (PublishedCommit) now;
  }

  /** The read transaction is over. */
  public void end() {
    STATE.lazySet(this, null);
  }

  /** False when nothing was known of the replica at {@link #begin}, or the read is over. */
  public boolean isBegun() {
    return state != null;
  }

  /**
   * The floor is about to advance.
   *
   * @param commit what is kept for this read on the way; null for nothing
   * @param place of the commit
   */
  void keeps(PublishedCommit commit, long place) {
    if (commit != kept) {
      kept = commit;
      keptFromBegin = place >= publications.notKeptBefore;
    }
  }

  /** True when every advance of the floor has kept the commit, which is at {@code place}. */
  boolean isKept(PublishedCommit commit, long place) {
    return place >= publications.notKeptBefore || (kept == commit && keptFromBegin);
  }

  /** See {@link #state}. */
  Object state() {
    return state;
  }
}
