package io.rwsplit.replication;

import io.rwsplit.topology.Lag;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica as the capture and all others see it: what it has, what it is told, what is asked of
 * it. A {@link FeedThread} of its own feeds it. Thread-safe; nothing waits for that thread.
 */
final class ReplicaFeed {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaFeed.class);

  private final ReplicaFile replica;
  private final FeedTeller teller;
  private final FeedLink link;
  private final FollowedReplica followed;
  private final FeedThread feeding;
  private final CheckMark mark = new CheckMark();
  private final ResyncWish resync = new ResyncWish();

  private volatile boolean left;

  /** Called, on any thread and with no lock held, when ticket or state may have changed. */
  private Runnable progressed;

  ReplicaFeed(
      ReplicaFile replica,
      Path master,
      SqliteConnections connections,
      ReplicationListener listener,
      ReplicationSettings settings,
      Publications publications,
      ExecutorService workers) {
    this.replica = replica;
    this.teller = new FeedTeller(replica, listener, settings.drainPatience());
    this.link = new FeedLink(settings.queueBytes(), replica.delayNanos());
    this.followed = new FollowedReplica(replica, teller);
    ReplicaStore store = new ReplicaStore(replica, master, connections, teller, publications);
    this.feeding = new FeedThread(replica, store, link, teller, followed, mark, resync, workers);
  }

  void start(Runnable captureWaker, Runnable onProgress) {
    progressed = onProgress;
    feeding.start(captureWaker, onProgress);
  }

  long appliedTicket() {
    return link.appliedTicket();
  }

  Path path() {
    return replica.path();
  }

  /** The replica as another JVM's words show it. */
  FollowedReplica followed() {
    return followed;
  }

  /** What readers may open. */
  FedFile fed() {
    return teller.fed();
  }

  long visibleBound() {
    return link.visibleBound();
  }

  FeedState state() {
    return link.state();
  }

  Lag lag() {
    return link.lag();
  }

  FeedStatus status() {
    return feeding.counters().with(link);
  }

  // Called by the capture thread.

  /** Somebody else feeds the replica and tells about it; null: nobody does. */
  void follow(Follower leader) {
    followed.follow(leader);
    feeding.wake();
  }

  /** Other JVMs are told there; null when this JVM does not lead. */
  void publishTo(SharedReplica shared) {
    teller.publishTo(shared);
    link.publishTo(shared);
  }

  void publishLag() {
    link.publishLag();
  }

  void masterAttached() {
    link.masterAttached();
    feeding.wake();
  }

  void masterLost(FeedState state, String reason) {
    link.masterLost(state, reason);
    progressed.run();
    feeding.wake();
  }

  void masterLeft() {
    link.masterLeft();
    feeding.wake();
  }

  void masterCondition(FeedState state, String reason) {
    link.masterCondition(state, reason);
    if (!teller.wasTold(state)) {
      feeding.wake();
    }
  }

  boolean wantsJoin() {
    return link.wantsJoin();
  }

  LogPosition resumePosition() {
    return link.resumePosition();
  }

  void joinAt(FileChannel wal, LogPosition from, LogPosition to, WalIndexHeader log, long ticket) {
    LogPiece range =
        to.frame > from.frame
            ? LogPiece.range(wal, from, to, log.pageSize, log.bigEndian, true)
            : null;
    link.joinAt(range, LogPiece.ticketOnly(to, ticket));
    feeding.wake();
  }

  void joinCopy(SnapshotPin pin, long ticket) {
    if (!link.joinCopy(pin, LogPiece.ticketOnly(pin.position, ticket))) {
      pin.release();
    }
    feeding.wake();
  }

  void offer(LogPiece piece) {
    if (link.offer(piece)) {
      feeding.wake();
    }
  }

  void reach(long ticket, LogPosition at) {
    if (link.reach(ticket, at)) {
      feeding.wake();
    } else {
      progressed.run();
    }
  }

  boolean needsLog() {
    return link.needsLog();
  }

  long lagNanos() {
    return link.lagNanos();
  }

  /** Marks a commit for a comparison; false when the feed does not stream. */
  boolean offerMark(CheckPoint asked, LogPiece piece) {
    if (!mark.offer(asked, piece, link)) {
      return false;
    }
    feeding.wake();
    return true;
  }

  /** How far the replica is kept behind on purpose, in nanoseconds. */
  long delayNanos() {
    return replica.delayNanos();
  }

  /** What is held back on purpose is applied now. */
  void hurry() {
    link.hurry();
    feeding.wake();
  }

  void drop(String why) {
    LOG.warn("replica {} {}; it is dropped to a resync", replica, why);
    leave(FeedState.RESYNCING, "replica " + replica.path() + " " + why);
    feeding.wake();
  }

  /** See {@link SqliteReplicator#suspect}. */
  void suspect(String why) {
    // A replica that does not stream is being looked at, or will be before it does.
    if (link.leaveIfStreaming(why)) {
      feeding.suspect(why);
      progressed.run();
      feeding.wake();
    }
  }

  /** For a comparison: it has ended. */
  void forgetMark(CheckPoint ended) {
    mark.forget(ended);
  }

  boolean isStreaming() {
    return link.state() == FeedState.STREAMING;
  }

  /** Why nothing can be done with the replica from here; null when it can. */
  String absence() {
    switch (link.state()) {
      case STREAMING:
      case INITIALISING:
      case RESYNCING:
      case FAILED:
        return null;
      default:
        return link.state() + (link.reason() == null ? "" : ": " + link.reason());
    }
  }

  boolean isTied(long tieNumber) {
    return link.isTied(tieNumber);
  }

  /** See {@link ReplicationOperations#resync}; returns what to ask {@link #hasResynced} with. */
  long resync(boolean rebuild) {
    long number = resync.ask(rebuild);
    leave(FeedState.RESYNCING, "a resync was asked for");
    feeding.wake();
    return number;
  }

  boolean hasResynced(long number) {
    return resync.isDone(number) && isStreaming();
  }

  /** It is fed no more from now on, whatever is queued; its file stays as it is. */
  void end() {
    left = true;
    link.masterLeft();
    leave(FeedState.CLOSED, null);
    feeding.close();
  }

  /** True once it was told to {@link #end}. */
  boolean hasLeft() {
    return left;
  }

  /** Asks the thread to apply what is queued, and to end. */
  void close() {
    feeding.close();
  }

  boolean awaitEnd(long millis) throws InterruptedException {
    return feeding.awaitEnd(millis);
  }

  private void leave(FeedState state, String why) {
    link.leave(state, why);
    progressed.run();
  }
}
