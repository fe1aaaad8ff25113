package io.rwsplit.replication;

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

  /** Other JVMs still open what they find until they have looked. */
  private static final long NOTICE_NANOS = 50_000_000;

  /** Where other JVMs are told; null while they are not. */
  private volatile SharedReplica shared;

  private volatile FeedState toldState;
  private String toldReason;

  FeedTeller(ReplicaFile replica, ReplicationListener listener, Duration patience) {
    this.replica = replica;
    this.listener = listener;
    this.patience = patience;
  }

  /** Other JVMs are told there; null when this JVM does not lead. */
  void publishTo(SharedReplica place) {
    shared = place;
  }

  /** The replica's file is open to be fed. */
  void opened(long inode) {
    SharedReplica others = shared;
    if (others != null) {
      others.file(inode);
    }
  }

  /** True when {@code state} was the last one told; for any thread. */
  boolean wasTold(FeedState state) {
    return state == toldState;
  }

  /** Tells the state, if it is not the one told last; the feed thread only. */
  void tell(FeedState state, String reason) {
    if (state == toldState && (reason == null ? toldReason == null : reason.equals(toldReason))) {
      return;
    }
    toldState = state;
    toldReason = reason;
    call(
        new Runnable() {
          @Override
          public void run() {
            listener.stateChanged(replica.index(), state, reason);
          }
        });
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
    SharedReplica others = shared;
    if (others != null) {
      others.replaced();
    }
    renew();
  }

  /** Pooled connections are of another file than the one in its place, or soon will be. */
  void retire() {
    call(
        new Runnable() {
          @Override
          public void run() {
            listener.replicaFileReplacing(replica.index(), patience);
          }
        });
  }

  /** Connections are of the right file from now on. */
  void renew() {
    call(
        new Runnable() {
          @Override
          public void run() {
            listener.replicaFileReplaced(replica.index());
          }
        });
  }

  private void call(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException e) {
      LOG.warn("the listener of replica {} failed", replica, e);
    }
  }
}
