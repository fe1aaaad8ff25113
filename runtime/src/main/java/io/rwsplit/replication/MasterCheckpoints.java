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
 * When the master's log is copied into its file and reset. Our pins keep the application's own
 * checkpoints from doing it, and beyond 1,000 frames every commit of the application would try.
 *
 * <ol>
 *   <li>From 600 frames on, or when nothing was written for a while: the pin advances, and a worker
 *       checkpoints as far as readers allow and syncs. Writers are not held off.
 *   <li>What was committed meanwhile is copied too, some times over, in the hope of a gap between
 *       commits. A log wholly copied: the pin advances to "nothing needed of the log"; the next
 *       writer resets.
 *   <li>From 800 frames on with at most 400, or a quarter, left: the gate before this JVM's writers
 *       closes; once none of them is inside, writers are held off (some milliseconds at most), the
 *       rest is copied without a pin, and the pin begins again before they go on. Transactions that
 *       do not end in time are waited for with growing pauses, the gate open.
 *   <li>While a log beyond a quarter of its bound is copied, the writers of this JVM wait at the
 *       gate, for some seconds at most ({@link LogThrottle}).
 *   <li>What readers of the application block is tried again with pauses up to a second; a log that
 *       grows beyond its bound is reported.
 * </ol>
 *
 * Used by the capture thread only.
 */
final class MasterCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(MasterCheckpoints.class);
  private static final int SOFT_FRAMES = 600;
  private static final int HARD_FRAMES = 800;
  private static final int LOCKED_FRAMES = 400;
  private static final int WORTH_FRAMES = 100;
  private static final int GAP_TRIES = 3;
  private static final int YIELD_TRIES = 3;
  private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONG_IDLE = TimeUnit.SECONDS.toNanos(2);
  private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long MAX_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long GATE_PATIENCE = TimeUnit.MILLISECONDS.toNanos(8);

  /** SQLite sleeps for 1, 2, 5, 10 ms and more until it looks at a reader's place again. */
  private static final long STUCK = TimeUnit.MILLISECONDS.toNanos(10);

  /** About as long as the pin holds between two liftings. */
  private static final long LIFTED = TimeUnit.MICROSECONDS.toNanos(200);

  private final MasterLog log;
  private final Capture capture;
  private final ExecutorService workers;
  private final boolean onlyLocked;
  private final long boundBytes;
  private final WriterGate gate;
  private final LogThrottle throttle;
  private boolean gateClosed;
  private long gateClosedAt;
  private long gatePause = MIN_PAUSE;
  private Future<?> running;
  private WalIndexHeader startedAt;
  private WalIndexHeader freedAt;
  private long notBefore = System.nanoTime();
  private long pause = MIN_PAUSE;
  private boolean reported;
  private int gapTries;
  private final OncePer failures = new OncePer(LOG);

  /** What the pin was moved for last while the application checkpoints; null while it does not. */
  private WalIndexHeader yieldedAt;

  private int yields;

  /** When the pin was moved for it. */
  private long yieldedSince;

  MasterCheckpoints(
      MasterLog log, Capture capture, ExecutorService workers, ReplicationSettings settings)
      throws SQLException {
    this.log = log;
    this.capture = capture;
    this.workers = workers;
    this.boundBytes = settings.logBytes();
    this.gate = settings.gate();
    this.throttle = new LogThrottle(gate, boundBytes);
    this.onlyLocked = hasResetBug(log.sqliteVersion());
  }

  /**
   * True for versions in which a checkpoint beside a writer that resets the log may lose frames
   * (3.7.0 to 3.51.2, mended in 3.44.6 and 3.50.7): there, checkpoint only with writers held off.
   */
  static boolean hasResetBug(String version) {
    String[] parts = version.split("\\.", -1);
    int minor = Integer.parseInt(parts[1]);
    int patch = parts.length > 2 ? Integer.parseInt(parts[2]) : 0;
    int number = minor * 1000 + patch;
    return !"3".equals(parts[0])
        || !(number >= 51003 || (minor == 50 && patch >= 7) || (minor == 44 && patch >= 6));
  }

  /** One look at the log; {@code idleNanos}: since the last commit was seen. */
  void tick(WalIndexHeader header, long idleNanos, boolean logHeld)
      throws SQLException, IOException {
    yieldedAt = null;
    yields = 0;
    if (gateClosed && System.nanoTime() - gateClosedAt > GATE_PATIENCE) {
      gatePause = Math.min(MAX_PAUSE, gatePause * 2);
      notBefore = System.nanoTime() + gatePause;
      openGate();
    }
    report(header, logHeld);
    if (running != null) {
      // What follows a checkpoint advances the pin.
      if (running.isDone() && !logHeld) {
        finish();
      }
      if (running != null && !running.isDone() && !logHeld) {
        throttle.copying(bytes(header));
      } else {
        throttle.over();
      }
      return;
    }
    long now = System.nanoTime();
    if (header.maxFrame == 0 || now - notBefore < 0 || logHeld) {
      return;
    }
    int left = header.notBackfilled();
    if (left == 0) {
      freeLog(header);
    } else if (header.maxFrame >= HARD_FRAMES && isShortEnough(header)) {
      resetWhenQuiet();
    } else if ((header.maxFrame >= SOFT_FRAMES && left >= WORTH_FRAMES)
        || (idleNanos > IDLE && left >= WORTH_FRAMES)
        || idleNanos > LONG_IDLE) {
      start(header);
    }
  }

  /**
   * In the place of {@link #tick} while the application runs a checkpoint of its own, or is about
   * to: what it waits for while it holds writers off are readers, and our pin is one. So the pin
   * follows every step of it, to the end of the log and then off it.
   *
   * @param goesOn the application was told already that nothing is in its way: from then on no
   *     checkpoint of ours may begin, which would fail its own at once, whatever its timeout
   *     ("sqlite3_wal_checkpoint_v2", sqlite.org: no busy handler for the checkpoint lock)
   * @return true once nothing of ours is in its way
   */
  boolean yieldTo(WalIndexHeader header, boolean logHeld, boolean goesOn)
      throws SQLException, IOException {
    if (gateClosed) {
      openGate();
    }
    throttle.over();
    if (logHeld || (running != null && !running.isDone())) {
      return false;
    }
    if (running != null) {
      running = null;
      header = capture.shipNow();
    }
    if (yieldedAt != null
        && yieldedAt.sameLogState(header)
        && yieldedAt.backfilled == header.backfilled) {
      loosen(header, goesOn);
      return true;
    }
    boolean begins = yieldedAt == null || !yieldedAt.sameLogState(header);
    yieldedAt = header;
    yieldedSince = System.nanoTime();
    capture.advancePin();
    if (begins && !goesOn && !onlyLocked && header.notBackfilled() > 0 && yields++ < YIELD_TRIES) {
      // Who does not wait at all must find the log copied already.
      copyInBackground();
      return false;
    }
    yields = 0;
    return true;
  }

  /**
   * Lets go of the place among the log's readers that the pin has taken while the application's
   * checkpoint slept: it waits until it was there itself, whatever commit the place is for by then
   * (walCheckpoint in wal.c reads a place's mark only once), and holds writers off meanwhile. So
   * nothing else moves the pin any more. A pin that begins beside the old one would take the same
   * place, as long as the log is not wholly copied.
   */
  private void loosen(WalIndexHeader header, boolean goesOn) throws SQLException, IOException {
    if (!goesOn || System.nanoTime() - yieldedSince < STUCK) {
      return;
    }
    if (header.notBackfilled() == 0) {
      yieldedSince = System.nanoTime();
      capture.advancePin();
    } else {
      capture.liftPin(LIFTED);
    }
  }

  /** The longer the log has grown, the longer writers may be held off: else it grows for ever. */
  private boolean isShortEnough(WalIndexHeader header) {
    return onlyLocked || header.notBackfilled() <= Math.max(LOCKED_FRAMES, header.maxFrame / 4);
  }

  private void freeLog(WalIndexHeader header) throws SQLException, IOException {
    if (freedAt == null || !freedAt.sameLogState(header)) {
      freedAt = header;
      capture.advancePin();
    }
  }

  private void start(WalIndexHeader header) throws SQLException, IOException {
    if (onlyLocked) {
      resetWhenQuiet();
      return;
    }
    capture.advancePin();
    startedAt = header;
    copyInBackground();
  }

  private void copyInBackground() {
    running =
        workers.submit(
            new Callable<Void>() {
              @Override
              public Void call() throws Exception {
                log.checkpointPassive();
                capture.wake();
                return null;
              }
            });
  }

  private void finish() throws SQLException, IOException {
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // The application's own checkpoints would meet the same; the log grows and is reported.
      failures.warn(
          "checkpoint", "checkpoint of master " + log.path + " failed: " + e.getCause(), null);
    }
    running = null;
    WalIndexHeader now = log.sample();
    if (now == null) {
      return;
    }
    boolean progress = now.salts != startedAt.salts || now.backfilled > startedAt.backfilled;
    pause(progress);
    int left = now.notBackfilled();
    if (left == 0) {
      gapTries = 0;
      freeLog(now);
    } else if (progress && left < WORTH_FRAMES && gapTries < GAP_TRIES) {
      gapTries++;
      start(now);
    } else {
      gapTries = 0;
    }
  }

  private void pause(boolean progress) {
    pause = progress ? MIN_PAUSE : Math.min(MAX_PAUSE, pause * 2);
    notBefore = System.nanoTime() + (progress ? 0 : pause);
  }

  private void resetWhenQuiet() throws SQLException, IOException {
    if (!gateClosed) {
      gateClosed = true;
      gateClosedAt = System.nanoTime();
      gate.close();
    }
    if (gate.isQuiet()) {
      try {
        gate.locked();
        resetLocked();
        gatePause = MIN_PAUSE;
      } finally {
        openGate();
      }
    }
  }

  private void openGate() {
    gateClosed = false;
    gate.open();
  }

  private void resetLocked() throws SQLException, IOException {
    // Writers without a pause are a matter of luck, not of patience: no growing pauses here.
    notBefore = System.nanoTime() + MIN_PAUSE;
    if (!log.lockWriters()) {
      return;
    }
    try {
      WalIndexHeader header = capture.shipNow();
      if (!isShortEnough(header)) {
        return;
      }
      capture.beforeUnpinned();
      log.checkpointUnpinned();
      WalIndexHeader after = log.sample();
      if (after == null || !after.sameLogState(header)) {
        throw new ContinuityException("the log changed while writers were held off");
      }
      freedAt = after;
      if (after.notBackfilled() > 0) {
        pause(false);
      }
    } finally {
      log.unlockWriters();
    }
  }

  private static long bytes(WalIndexHeader header) {
    return header.maxFrame * (long) (header.pageSize + WalHeader.FRAME_HEADER);
  }

  private void report(WalIndexHeader header, boolean logHeld) {
    long bytes = bytes(header);
    if (bytes > boundBytes && !reported) {
      reported = true;
      LOG.warn(
          "the log of master {} has grown to {} MiB: {} keeps it from being reset",
          log.path,
          bytes >> 20,
          logHeld
              ? "a replica that is being copied, or is behind,"
              : "a long transaction, or a reader of the application,");
    } else if (bytes < boundBytes / 2) {
      reported = false;
    }
  }

  /** A last checkpoint, with no pin left. Writers may be at work. */
  void atTheEnd() throws SQLException {
    if (!onlyLocked) {
      log.checkpointPassive();
    } else if (log.lockWriters()) {
      try {
        log.checkpointPassive();
      } finally {
        log.unlockWriters();
      }
    }
  }

  /** Waits for a running checkpoint, so that its connection can be closed. */
  void stop() {
    throttle.over();
    openGate();
    if (running == null) {
      return;
    }
    try {
      running.get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      // Closing the connection interrupts or outlasts it.
    }
    running = null;
  }
}
