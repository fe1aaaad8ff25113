package io.rwsplit.replication;

/** What a comparison does, and how it is watched and ended. Subclassed to be told; thread-safe. */
public class CheckOptions {
  private volatile boolean cancelled;

  /** True when rows are compared, as SQLite reads them on both sides. */
  public boolean rows() {
    return true;
  }

  /** True when the files are compared page by page. */
  public boolean pages() {
    return true;
  }

  /** Differences that are listed at most. */
  public int mostDifferences() {
    return 100;
  }

  /** How long one commit is held on the master and the replica at most, in milliseconds. */
  public int sliceMillis() {
    return 200;
  }

  /**
   * Told from time to time, on the comparing thread.
   *
   * @param what {@code "page"}, or the name of a table
   * @param done pages or rows compared of it
   * @param of pages there are; 0 for rows, which are not counted beforehand
   */
  public void progress(String what, long done, long of) {}

  /** Ends the comparison soon; from any thread. */
  public final void cancel() {
    cancelled = true;
  }

  final boolean isCancelled() {
    return cancelled;
  }
}
