package io.rwsplit.replication;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the caller's listener about one replica, each state once, and survives its exceptions. */
final class FeedTeller {
  private static final Logger LOG = LoggerFactory.getLogger(FeedTeller.class);

  private final ReplicaFile replica;
  private final ReplicationListener listener;
  private final Duration patience;
  private volatile FeedState toldState;
  private String toldReason;

  FeedTeller(ReplicaFile replica, ReplicationListener listener, Duration patience) {
    this.replica = replica;
    this.listener = listener;
    this.patience = patience;
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

  /** The replica's file is about to be replaced. */
  void replacing() {
    call(
        new Runnable() {
          @Override
          public void run() {
            listener.replicaFileReplacing(replica.index(), patience);
          }
        });
  }

  /** The replica's file was replaced, or the try has failed. */
  void replaced() {
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
