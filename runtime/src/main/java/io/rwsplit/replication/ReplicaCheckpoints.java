package io.rwsplit.replication;

import io.rwsplit.log.OncePer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a replica's log is copied into its database file and emptied.
 *
 * <ol>
 *   <li>More than 500 frames behind: the keeper's mark advances, and a worker copies what readers
 *       allow, beside the feed.
 *   <li>From 4,000 frames or 16 MiB on with at most 500 left to copy: the log is emptied, if no
 *       reader uses it just now.
 *   <li>What readers block is tried again with pauses up to a tenth of a second.
 * </ol>
 *
 * Used by the feed thread, between transactions only.
 */
final class ReplicaCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaCheckpoints.class);
  private static final int PASSIVE_FRAMES = 500;
  private static final int TRUNCATE_FRAMES = 4000;

  /** So long a log waits for the database file's content to be learnt. */
  private static final int LEARNING_FRAMES = 20_000;

  private static final int TRUNCATE_BYTES = 16 << 20;
  private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  /** Readers are waited for 1, 2, 4, at most 8 ms; new commits wait as long. */
  private static final int MAX_WAIT_SHIFT = 3;

  private final ReplicaLog log;
  private final ReplicaWatch watch;
  private final ExecutorService workers;
  private final int truncateFrames;
  private final OncePer failures = new OncePer(LOG);
  private Future<?> running;
  private int left;
  private int leftAt;
  private int leftBefore;
  private int refusals;
  private long notBefore = System.nanoTime();
  private long pause = MIN_PAUSE;

  ReplicaCheckpoints(ReplicaLog log, ReplicaWatch watch, ExecutorService workers) {
    this.log = log;
    this.watch = watch;
    this.workers = workers;
    this.truncateFrames =
        Math.max(
            2 * PASSIVE_FRAMES,
            Math.min(TRUNCATE_FRAMES, TRUNCATE_BYTES / (log.pageSize() + WalHeader.FRAME_HEADER)));
  }

  boolean isRunning() {
    return running != null;
  }

  /** One look; true when the log was emptied. */
  boolean tick() throws SQLException, IOException {
    if (running != null) {
      if (running.isDone()) {
        finish();
      }
      return false;
    }
    int frames = log.header().maxFrame;
    int behind = left + frames - leftAt;
    if (frames < leftAt) {
      left = frames;
      leftAt = frames;
      behind = frames;
    }
    if (behind <= PASSIVE_FRAMES && frames < truncateFrames) {
      return false;
    }
    if (System.nanoTime() - notBefore < 0 || isLearning(frames)) {
      return false;
    }
    if (behind > PASSIVE_FRAMES) {
      log.advanceKeeper();
      watch.checkDatabase();
      leftBefore = behind;
      // Verified in the worker: what the log holds becomes the database file's content.
      ReplicaProbe uncopied = log.uncopied();
      log.beginCheckpoint();
      running =
          workers.submit(
              new Callable<Void>() {
                @Override
                public Void call() throws Exception {
                  uncopied.call();
                  log.checkpointPassive();
                  return null;
                }
              });
      return false;
    }
    watch.checkDatabase();
    log.uncopied().call();
    boolean emptied = log.truncate(1 << Math.min(refusals, MAX_WAIT_SHIFT));
    watch.settle();
    note();
    refusals = emptied ? 0 : refusals + 1;
    pause(emptied);
    return emptied;
  }

  private boolean isLearning(int frames) {
    if (frames >= LEARNING_FRAMES) {
      log.sums().endLearning();
    }
    return !log.sums().isLearnt();
  }

  private void finish() throws IOException {
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DamagedException) {
        throw new DamagedException(e.getCause().getMessage());
      }
      failures.warn(
          "checkpoint", "checkpoint of replica " + log.path + " failed: " + e.getCause(), null);
    }
    running = null;
    watch.settle();
    note();
    pause(left < leftBefore);
  }

  private void note() {
    leftAt = log.header().maxFrame;
    left = log.notBackfilled();
  }

  private void pause(boolean progress) {
    pause = progress ? MIN_PAUSE : Math.min(MAX_PAUSE, pause * 2);
    notBefore = System.nanoTime() + (progress ? 0 : pause);
  }

  /** Waits for a running checkpoint. */
  void stop() {
    if (running == null) {
      return;
    }
    try {
      running.get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      // Closing the connection outlasts it.
    }
    running = null;
  }
}
