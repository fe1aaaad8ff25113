package io.rwsplit.route;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which reads of one connection are among the part that may use replicas ({@code
 * rwsplit.read.percent}). Decided for {@link #RUN} reads in a row, so that a session seldom changes
 * sides: what it has read on the master a replica must have before it serves it, and each change
 * may cost a read that has to stay for that.
 *
 * <p>Runs are points of the golden-ratio sequence, and so are the first runs of connections, as
 * {@link Turn} has it: many short sessions and one long one both come near the part that is asked
 * for, by counts, not by chance. Nothing is shared between connections but one addition when the
 * first read of each is decided. A connection that several threads use at once may decide a read
 * more or less: its fields are plain.
 */
public final class Rollout {
  /** Reads in a row that go the same way. */
  public static final int RUN = 8;

  /** All reads, in the unit of {@link #admits}. */
  public static final int ALL = 10_000;

  private static final AtomicLong BEGINS = new AtomicLong();

  private long point = BEGINS.addAndGet(Turn.STEP);
  private int part;
  private int left;
  private boolean admitted;

  /**
   * Whether the next read may use a replica.
   *
   * @param asked how many of {@link #ALL} reads may; another than before begins a new run
   */
  public boolean admits(int asked) {
    if (left == 0 || part != asked) {
      point += Turn.STEP;
      part = asked;
      left = RUN;
      admitted = Turn.unit(point) * ALL < asked;
    }
    left--;
    return admitted;
  }
}
