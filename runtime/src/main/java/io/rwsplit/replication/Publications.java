package io.rwsplit.replication;

/**
 * The newest commit one replica shows. Announced before readers can see it and published after, so
 * a read between whose two looks nothing was announced has seen exactly what was published before.
 * Written by the feed thread; for any thread.
 */
final class Publications {
  private volatile PublishedCommit announced;
  private volatile PublishedCommit published;

  /** Commits before this place in the order of frames were not kept for this replica's reads. */
  volatile long notKeptBefore;

  void announce(PublishedCommit commit) {
    announced = commit;
  }

  void publish(PublishedCommit commit) {
    published = commit;
  }

  /** Nothing is known of what the replica shows. */
  void forget() {
    announced = null;
    published = null;
  }

  PublishedCommit announced() {
    return announced;
  }

  /** Null when it is not known. */
  PublishedCommit published() {
    return published;
  }
}
