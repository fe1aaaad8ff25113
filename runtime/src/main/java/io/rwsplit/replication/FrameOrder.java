package io.rwsplit.replication;

import java.util.Arrays;

/**
 * The frames of a master's successive logs in one order: place {@code n} is the state after n
 * frames, counted from the start of the log that was current when the master was attached.
 * Immutable; the capture replaces it when a log begins.
 */
final class FrameOrder {
  private static final int REMEMBERED = 64;

  /** A commit's place in one order. Immutable. */
  static final class Place {
    final Object attachment;
    final long number;

    private Place(Object attachment, long number) {
      this.attachment = attachment;
      this.number = number;
    }
  }

  /** Identity of the attachment to the master: places of another say nothing. */
  private final Object attachment;

  private final long generation;

  /** Salts and places of their frame 0, the newest log last. */
  private final long[] salts;

  private final long[] starts;

  private FrameOrder(Object attachment, long generation, long[] salts, long[] starts) {
    this.attachment = attachment;
    this.generation = generation;
    this.salts = salts;
    this.starts = starts;
  }

  static FrameOrder at(LogPosition position) {
    return new FrameOrder(
        new Object(), position.generation, new long[] {position.salts}, new long[1]);
  }

  /** The order once a log begins after {@code start} frames. */
  FrameOrder withLog(long newSalts, long start) {
    int from = Math.max(0, salts.length + 1 - REMEMBERED);
    long[] nextSalts = Arrays.copyOfRange(salts, from, salts.length + 1);
    long[] nextStarts = Arrays.copyOfRange(starts, from, starts.length + 1);
    nextSalts[nextSalts.length - 1] = newSalts;
    nextStarts[nextStarts.length - 1] = start;
    return new FrameOrder(attachment, generation, nextSalts, nextStarts);
  }

  long currentSalts() {
    return salts[salts.length - 1];
  }

  long currentStart() {
    return starts[starts.length - 1];
  }

  /** True for another version of the same attachment's order. */
  boolean isSameAttachment(FrameOrder other) {
    return other != null && attachment == other.attachment;
  }

  /** The place of a position; -1 when its log is not known, or no more. */
  long placeOf(LogPosition position) {
    if (position.generation == generation) {
      for (int i = salts.length - 1; i >= 0; i--) {
        if (salts[i] == position.salts) {
          return starts[i] + position.frame;
        }
      }
    }
    return -1;
  }

  /** The place of a commit, which is remembered in it; -1 when it is not known. */
  long placeOf(PublishedCommit commit) {
    Place known = commit.place;
    if (known != null && known.attachment == attachment) {
      return known.number;
    }
    long number = placeOf(commit.position);
    if (number >= 0) {
      commit.place = new Place(attachment, number);
    }
    return number;
  }
}
