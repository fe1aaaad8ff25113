package io.rwsplit.replication;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that feeds one replica at its own pace: opens it, joins the capture, copies or repairs
 * it where needed, applies what comes, checkpoints, and watches its files.
 */
final class FeedThread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedThread.class);
  private static final long BATCH_BYTES = 2 << 20;
  private static final long WATCH_PAUSE = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long AGAIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

  /** Before what follows a fault, which may fail before its first instruction. */
  private static final long ENTRY_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long SUSPECT_AGAIN = TimeUnit.SECONDS.toNanos(30);
  private static final long MIN_BACKOFF = 100;
  private static final long MAX_BACKOFF = 5000;

  private final ReplicaFile replica;
  private final ReplicaStore store;
  private final FeedLink link;
  private final FeedTeller teller;
  private final FollowedReplica followed;
  private final CheckMark mark;
  private final ResyncWish resync;
  private final ExecutorService workers;
  private final FeedCounters counters = new FeedCounters();
  private final Thread thread;
  private Runnable wakeCapture;
  private Runnable progressed;

  private volatile boolean parked;
  private volatile boolean closing;
  private volatile String suspicion;

  private PieceApplier applier;
  private ReplicaWatch watch;
  private ReplicaCheckpoints checkpoints;
  private boolean compare;
  private boolean again;
  private long comparedAt;
  private boolean comparedBefore;
  private boolean everStreamed;
  private long lastWatch = System.nanoTime();
  private long backoff = MIN_BACKOFF;

  FeedThread(
      ReplicaFile replica,
      ReplicaStore store,
      FeedLink link,
      FeedTeller teller,
      FollowedReplica followed,
      CheckMark mark,
      ResyncWish resync,
      ExecutorService workers) {
    this.replica = replica;
    this.store = store;
    this.link = link;
    this.teller = teller;
    this.followed = followed;
    this.mark = mark;
    this.resync = resync;
    this.workers = workers;
    this.thread = Workers.thread("feed-" + replica.name(), this);
  }

  /** See {@link ReplicaFeed#start}. */
  void start(Runnable captureWaker, Runnable onProgress) {
    wakeCapture = captureWaker;
    progressed = onProgress;
    thread.start();
  }

  FeedCounters counters() {
    return counters;
  }

  /** Ends the thread's pause; costs nothing while it is awake. */
  void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** The replica is to be compared with the master once the thread is awake. */
  void suspect(String why) {
    suspicion = why;
  }

  /** Asks the thread to apply what is queued, and to end. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
  }

  boolean awaitEnd(long millis) throws InterruptedException {
    thread.join(Math.max(1, millis));
    return !thread.isAlive();
  }

  private void leave(FeedState state, String why) {
    link.leave(state, why);
    progressed.run();
  }

  @Override
  public void run() {
    Throwable fault = null;
    for (boolean over = false; !over; ) {
      try {
        if (fault != null) {
          LockSupport.parkNanos(ENTRY_PAUSE);
          insist(fault);
          fault = null;
        }
        if (!isOver()) {
          store.cleanUp();
        }
        while (!isOver()) {
          round();
        }
        over = true;
      } catch (Throwable t) {
        // Whatever it is, and wherever, even as the handler begins: without this thread the replica
        // would be behind for ever.
        fault = t;
      }
    }
    try {
      leave(FeedState.CLOSED, null);
      forgetHelpers();
      store.closeWhole();
    } finally {
      link.end();
      progressed.run();
      tell();
    }
  }

  /** Nothing may be taken for what it was before the fault. */
  private void insist(Throwable fault) {
    for (boolean done = false; !done && !closing; ) {
      try {
        failed(fault);
        done = true;
      } catch (Throwable t) {
        LockSupport.parkNanos(AGAIN_PAUSE);
      }
    }
  }

  private void round() {
    try {
      session();
    } catch (DamagedException e) {
      LOG.warn("replica {} is built anew: {}", replica, e.getMessage());
      leave(FeedState.RESYNCING, e.getMessage());
      store.condemn();
      again = true;
    } catch (ContinuityException e) {
      LOG.warn("replica {} is compared with the master: {}", replica, e.getMessage());
      leave(FeedState.RESYNCING, e.getMessage());
      compare = true;
      again = true;
    } catch (ClosedChannelException e) {
      leave(FeedState.RESYNCING, "the master was let go of while its log was read");
    } catch (SQLException | IOException | RuntimeException | InternalError e) {
      failed(e);
    }
    forgetHelpers();
    if (again) {
      // What is known of the file may be wrong now: it is opened anew.
      store.close();
      again = false;
      tell();
      pause(AGAIN_PAUSE);
    }
  }

  private boolean isOver() {
    return closing && (link.isMasterGone() || !link.isMasterUp());
  }

  private void forgetHelpers() {
    if (checkpoints != null) {
      checkpoints.stop();
      checkpoints = null;
    }
    watch = null;
    applier = null;
    if (store.log() != null) {
      store.log().unstage();
    }
  }

  private void failed(Throwable e) {
    String text = "replica " + replica.path() + ": " + e.getMessage();
    if (!text.equals(link.reason())) {
      LOG.warn("feeding replica {} failed, it is tried again", replica, e);
    }
    leave(FeedState.FAILED, text);
    forgetHelpers();
    store.close();
    tell();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff);
    backoff = Math.min(MAX_BACKOFF, backoff * 2);
    while (!closing && System.nanoTime() - until < 0) {
      pause(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** From opening the replica to the loss of its tie. */
  private void session() throws SQLException, IOException {
    while (!link.isMasterUp()) {
      if (isOver()) {
        return;
      }
      follow();
    }
    considerSuspicion();
    LogPosition known = store.open();
    if (known == null && store.doubt() != null && !compare) {
      LOG.warn("replica {} is compared with the master: {}", replica, store.doubt());
      leave(FeedState.RESYNCING, store.doubt());
      compare = true;
    }
    if (store.log() != null) {
      teller.opened(store.log().inode);
    }
    followed.leads(store.log() == null ? 0 : store.log().inode);
    link.want(compare ? null : known);
    wakeCapture.run();
    long tie = awaitTie();
    if (tie < 0) {
      return;
    }
    SnapshotPin pin = link.takePin();
    if (pin != null) {
      copy(pin);
    }
    watch = new ReplicaWatch(store.log(), workers);
    applier = new PieceApplier(store.log(), counters);
    checkpoints = new ReplicaCheckpoints(store.log(), watch, workers);
    stream(tie);
  }

  /** While this JVM is not attached to the master, perhaps because another one is. */
  private void follow() {
    boolean standby = followed.isFollowing() || link.state() == FeedState.STANDBY;
    if (standby) {
      // Whoever leads wants it.
      store.close();
    }
    boolean told = standby && followed.tick();
    if (!told) {
      tell();
    }
    pause(told ? AGAIN_PAUSE : 5 * AGAIN_PAUSE);
  }

  /** A suspected replica is compared page by page; suspected again soon after, it is built anew. */
  private void considerSuspicion() {
    if (resync.begin()) {
      if (resync.isRebuild()) {
        store.condemn();
      }
      compare = true;
    }
    String why = suspicion;
    if (why == null) {
      return;
    }
    suspicion = null;
    LOG.warn("replica {} is suspected: {}", replica, why);
    if (comparedBefore && System.nanoTime() - comparedAt < SUSPECT_AGAIN) {
      store.condemn();
    }
    compare = true;
  }

  private long awaitTie() {
    while (true) {
      long tie = link.tieNumber();
      if (tie >= 0) {
        return tie;
      }
      if (!link.wantsJoin() || isOver()) {
        return -1;
      }
      tell();
      pause(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void copy(SnapshotPin pin) throws SQLException, IOException {
    try {
      link.copying(everStreamed ? FeedState.RESYNCING : FeedState.INITIALISING, link.reason());
      tell();
      counters.resyncs.incrementAndGet();
      store.copy(pin);
      compare = false;
      comparedBefore = true;
      comparedAt = System.nanoTime();
    } finally {
      pin.release();
    }
  }

  private void stream(long tie) throws SQLException, IOException {
    watch.check(false);
    while (true) {
      List<LogPiece> pieces = link.take(tie, BATCH_BYTES);
      if (pieces == null || suspicion != null || resync.isWaiting()) {
        return;
      }
      if (!pieces.isEmpty()) {
        apply(tie, pieces);
      }
      if (store.log().isBetweenTransactions() && checkpoints.tick()) {
        counters.checkpoints.incrementAndGet();
      }
      long now = System.nanoTime();
      if (now - lastWatch > WATCH_PAUSE) {
        lastWatch = now;
        watch.check(checkpoints.isRunning());
        tell();
      }
      if (pieces.isEmpty()) {
        if (isOver()) {
          // The record left behind will vouch for the files.
          watch.check(checkpoints.isRunning());
          return;
        }
        idle(tie);
      }
    }
  }

  private void idle(long tie) {
    parked = true;
    long pause = link.idleNanos(tie, checkpoints.isRunning() ? WATCH_PAUSE / 20 : WATCH_PAUSE);
    if (pause > 0 && !closing && suspicion == null) {
      LockSupport.parkNanos(pause);
    }
    parked = false;
  }

  private void apply(long tie, List<LogPiece> pieces) throws IOException {
    link.showing(pieces);
    long ticket = mark.apply(applier, pieces, link, store.log(), tie);
    boolean arrived = link.applied(tie, pieces, ticket);
    progressed.run();
    if (arrived) {
      resync.arrived();
      everStreamed = true;
      backoff = MIN_BACKOFF;
      LOG.info("replica {} streams at {}", replica, store.log().position());
      tell();
    }
  }

  private void pause(long nanos) {
    parked = true;
    if (!closing) {
      LockSupport.parkNanos(nanos);
    }
    parked = false;
  }

  private void tell() {
    teller.tell(link.state(), link.reason());
  }
}
