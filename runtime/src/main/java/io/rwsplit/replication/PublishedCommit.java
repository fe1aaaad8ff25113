package io.rwsplit.replication;

/**
 * A commit of the master as a replica has shown it to its readers. Immutable but for a note of the
 * {@link Retention}.
 */
public final class PublishedCommit {
  /** Stands for a read that begins at this commit or at a later one. */
  static final class Earliest {
    final PublishedCommit commit;

    private Earliest(PublishedCommit commit) {
      this.commit = commit;
    }
  }

  final LogPosition position;

  /** Size of the database in pages. */
  final int pages;

  final Earliest earliest = new Earliest(this);

  /** Where it is in the order of the master's frames, once that was looked up. */
  volatile FrameOrder.Place place;

  PublishedCommit(LogPosition position, int pages) {
    this.position = position;
    this.pages = pages;
  }

  @Override
  public String toString() {
    return position + ", " + pages + " pages";
  }
}
