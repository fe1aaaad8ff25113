package io.rwsplit.replication;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Compares a replica's log and database file in the background with what they must hold, because
 * our own writes hide those of others from {@link ReplicaWatch}.
 *
 * <ol>
 *   <li>Per look at most 512 frames, the log once in 20 looks where that suffices, and 256 pages.
 *   <li>The first page in every look: every reader starts there.
 *   <li>Once through the log after its last write, once through the database file after the last
 *       checkpoint; then times of change suffice, and nothing is read.
 * </ol>
 *
 * Used by the feed thread.
 */
final class ReplicaSweep {
  private static final int PAGES = 256;
  private static final int LOOKS = 20;
  private static final int MIN_FRAMES = 64;
  private static final int MAX_FRAMES = 512;

  private final ReplicaLog log;
  private final ExecutorService workers;
  private ReplicaProbe probe;
  private Future<?> running;
  private int nextPage = 1;
  private int owedPages;
  private int nextFrame = 1;
  private int owedFrames;
  private int candidates;
  private long walWrites = -1;
  private int resets;

  ReplicaSweep(ReplicaLog log, ExecutorService workers) {
    this.log = log;
    this.workers = workers;
    databaseWritten();
  }

  /** A checkpoint of ours has ended: whatever happened meanwhile was hidden. */
  void databaseWritten() {
    owedPages = log.sums().watchedPages();
  }

  /**
   * Takes the result of the last look, and begins the next.
   *
   * @throws DamagedException when something differed
   */
  void tick() throws IOException {
    if (running != null) {
      if (!running.isDone()) {
        return;
      }
      finish();
    }
    ReplicaSums sums = log.sums();
    if (walWrites != log.walWrites()) {
      walWrites = log.walWrites();
      owedFrames = sums.frames();
    }
    if (resets != log.resets() || nextFrame > sums.frames()) {
      resets = log.resets();
      nextFrame = 1;
    }
    if (owedFrames <= 0 && owedPages <= 0) {
      return;
    }
    int frames = Math.max(MIN_FRAMES, Math.min(MAX_FRAMES, sums.frames() / LOOKS + 1));
    int last = owedFrames <= 0 ? 0 : Math.min(sums.frames(), nextFrame + frames - 1);
    probe = sums.probe(log, nextFrame, last, log.backfilled(), candidates());
    running = workers.submit(probe);
  }

  private int[] candidates() {
    int watched = log.sums().watchedPages();
    if (owedPages <= 0 || watched == 0) {
      candidates = 0;
      return new int[0];
    }
    if (nextPage > watched) {
      nextPage = 1;
    }
    candidates = Math.min(PAGES, watched - nextPage + 1);
    int[] chosen = new int[candidates + 1];
    chosen[0] = 1;
    for (int i = 0; i < candidates; i++) {
      chosen[i + 1] = nextPage + i;
    }
    return chosen;
  }

  private void finish() throws IOException {
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException) {
        throw new DamagedException(e.getCause().getMessage());
      }
      throw new IllegalStateException("a look at " + log.path + " failed", e.getCause());
    } finally {
      running = null;
    }
    if (probe.isOfThisLog()) {
      nextFrame += probe.frames();
      owedFrames -= probe.frames();
      if (probe.pagesCount()) {
        log.sums().learn(probe);
      }
    }
    if (probe.pagesCount()) {
      nextPage += candidates;
      owedPages -= candidates;
    }
  }
}
