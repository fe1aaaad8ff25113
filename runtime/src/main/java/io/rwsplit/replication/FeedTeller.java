package io.rwsplit.replication;

import io.rwsplit.log.OncePer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the caller's listener about one replica, each state once, and survives its exceptions. */
final class FeedTeller {
  private static final Logger LOG = LoggerFactory.getLogger(FeedTeller.class);

  private final ReplicaFile replica;
  private final ReplicationListener listener;
  private final Duration patience;
  private final FedFile fed;
  private final OncePer failures = new OncePer(LOG);

  /** Other JVMs still open what they find until they have looked. */
  private static final long NOTICE_NANOS = 50_000_000;

  /** Where other JVMs are told; null while they are not. */
  private volatile SharedReplica shared;

  private volatile FeedState toldState;
  private String toldReason;

  /** The file was replaced, and the listener does not know yet. */
  private boolean renews;

  /** The same for other JVMs. */
  private boolean unsettled;

  private final Runnable renewal =
      new Runnable() {
        @Override
        public void run() {
          if (unsettled) {
            SharedReplica others = shared;
            if (others != null) {
              others.replaced();
            }
            unsettled = false;
          }
          listener.replicaFileReplaced(replica.index());
        }
      };

  FeedTeller(ReplicaFile replica, ReplicationListener listener, Duration patience) {
    this.replica = replica;
    this.listener = listener;
    this.patience = patience;
    this.fed = new FedFile(replica.path());
  }

  /** What readers may open. */
  FedFile fed() {
    return fed;
  }

  /** Other JVMs are told there; null when this JVM does not lead. */
  void publishTo(SharedReplica place) {
    shared = place;
  }

  /** The replica's file is open to be fed. */
  void opened(long inode) {
    fed.is(inode);
    SharedReplica others = shared;
    if (others != null) {
      others.file(inode);
    }
  }

  /** True when {@code state} was the last one told; for any thread. */
  boolean wasTold(FeedState state) {
    return state == toldState;
  }

  /**
   * Tells the state, if it is not the one told last; the feed thread only. What has failed is told
   * again with the next call: else a replica that streams would be out of service for good.
   */
  void tell(FeedState state, String reason) {
    if (renews) {
      renews = !done(renewal);
    }
    if (renews || isTold(state, reason)) {
      return;
    }
    // Unknown until it has worked: the listener may have got half of it.
    toldState = null;
    boolean told =
        done(
            new Runnable() {
              @Override
              public void run() {
                listener.stateChanged(replica.index(), state, reason);
              }
            });
    if (told) {
      toldReason = reason;
      toldState = state;
    }
  }

  private boolean isTold(FeedState state, String reason) {
    return state == toldState && (reason == null ? toldReason == null : reason.equals(toldReason));
  }

  /**
   * The replica's file is about to be replaced.
   *
   * @param exists true when somebody may have the old one open
   */
  void replacing(boolean exists) {
    SharedReplica others = shared;
    if (others != null) {
      others.replacing();
      if (exists) {
        LockSupport.parkNanos(NOTICE_NANOS);
      }
    }
    retire();
  }

  /** The replica's file was replaced, or the try has failed. */
  void replaced() {
    unsettled = true;
    renew();
  }

  /**
   * Pooled connections are of another file than the one in its place, or soon will be.
   *
   * @throws RuntimeException when they cannot be let go of: the file must not be replaced then
   */
  void retire() {
    listener.replicaFileReplacing(replica.index(), patience);
  }

  /** Connections are of the right file from now on, or from the next {@link #tell} on. */
  void renew() {
    renews = true;
    renews = !done(renewal);
  }

  private boolean done(Runnable what) {
    try {
      what.run();
      return true;
    } catch (RuntimeException e) {
      failures.warn("listener", "the listener of replica " + replica + " failed", e);
      return false;
    }
  }
}
