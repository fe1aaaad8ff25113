package io.rwsplit.replication;

/**
 * Comparisons with the whole master, or copies of it, that somebody asked for. Thread-safe; {@link
 * #begin} and {@link #arrived} are the feed thread's.
 */
final class ResyncWish {
  private long asked;
  private long begun;
  private long done;
  private boolean rebuild;
  private boolean rebuilding;

  /**
   * Asks for one.
   *
   * @param anew the file is not to be repaired but built anew
   * @return its number
   */
  synchronized long ask(boolean anew) {
    rebuild |= anew;
    return ++asked;
  }

  synchronized boolean isWaiting() {
    return asked > begun;
  }

  /** True when one is to begin now, with all that were asked for. */
  synchronized boolean begin() {
    if (asked == begun) {
      return false;
    }
    begun = asked;
    rebuilding = rebuild;
    rebuild = false;
    return true;
  }

  synchronized boolean isRebuild() {
    return rebuilding;
  }

  /** The replica is equal to the master. */
  synchronized void arrived() {
    done = begun;
  }

  synchronized boolean isDone(long number) {
    return done >= number;
  }
}
