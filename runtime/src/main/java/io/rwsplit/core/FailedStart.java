package io.rwsplit.core;

/**
 * Whether the start of a group has failed, and whether it is tried again. Written while its starts
 * are kept apart, read by any thread.
 */
final class FailedStart {
  /** All goes to the master, for good or until {@link #later}. */
  private volatile boolean failed;

  /** Null while nothing has to be started again. */
  private volatile LaterStart later;

  /** What is not started again, until the status has it; null otherwise. */
  private volatile LaterStart never;

  boolean isFailed() {
    return failed;
  }

  /** It has failed; {@link #because} says why. */
  void fails() {
    failed = true;
  }

  /**
   * What it has failed with. Allocates nothing, for there may be no memory.
   *
   * @param again what would start the group again; it was made before the start
   */
  void because(Throwable failure, LaterStart again) {
    failed = true;
    again.failure = failure;
    later = again;
    if (!LaterStart.isPassing(failure)) {
      never = again;
      later = null;
    }
  }

  /** The group runs. */
  void over() {
    failed = false;
    later = null;
  }

  /** What will start the group; null for nothing, which the status is told of, once. */
  LaterStart next() {
    LaterStart known = later;
    LaterStart unnoted = never;
    if (known == null && unnoted != null) {
      never = null;
      unnoted.noteLast();
    }
    return known;
  }
}
