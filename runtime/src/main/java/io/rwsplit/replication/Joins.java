package io.rwsplit.replication;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lets feeds join the capture, pins commits of the master for those who copy or compare, and says
 * whether the log must be kept for any of them. Used by the capture thread but where a method says
 * otherwise.
 */
final class Joins {
  private final Capture capture;
  private final List<ReplicaFeed> feeds;
  private final ReplicationSettings settings;
  private final List<SnapshotPin> snapshots = new ArrayList<SnapshotPin>();

  /** Comparisons that wait for a commit to be pinned. */
  private final Queue<CheckPoint> checks = new ConcurrentLinkedQueue<CheckPoint>();

  Joins(Capture capture, List<ReplicaFeed> feeds, ReplicationSettings settings) {
    this.capture = capture;
    this.feeds = feeds;
    this.settings = settings;
  }

  /** A comparison asks for its commit; any thread. */
  void ask(CheckPoint check) {
    checks.add(check);
    capture.wake();
  }

  /** It does not want it any more; any thread. */
  void withdraw(CheckPoint check) {
    checks.remove(check);
  }

  /** Lets waiting feeds in, by their position where the log still holds it, else by a snapshot. */
  void tick(MasterLog log, LogShipper shipper, WalIndexHeader last, long ticket)
      throws SQLException, IOException {
    List<ReplicaFeed> copies = null;
    for (ReplicaFeed feed : feeds) {
      if (!feed.wantsJoin()) {
        continue;
      }
      LogPosition at = feed.resumePosition();
      if (at != null && shipper.isResumable(at)) {
        feed.joinAt(shipper.source(), at, shipper.position(), last, ticket);
      } else {
        if (copies == null) {
          copies = new ArrayList<ReplicaFeed>();
        }
        copies.add(feed);
      }
    }
    if (copies != null) {
      joinCopies(log, copies);
    }
    CheckPoint asked = checks.peek();
    if (asked != null) {
      checkPoint(log, asked);
    }
  }

  private void joinCopies(MasterLog log, List<ReplicaFeed> copies)
      throws SQLException, IOException {
    long drawn = capture.drawTicket();
    SnapshotPin pin = log.snapshot(copies.size());
    if (pin == null) {
      return;
    }
    snapshots.add(pin);
    capture.shipTo(pin.header, drawn);
    for (ReplicaFeed feed : copies) {
      feed.joinCopy(pin, drawn);
    }
  }

  /** Pins a commit for a comparison, and marks it in what the replica's feed is to apply. */
  private void checkPoint(MasterLog log, CheckPoint asked) throws IOException {
    SnapshotPin pin;
    long drawn = capture.drawTicket();
    try {
      pin = log.snapshot(asked.masterSession(), 1);
    } catch (SQLException e) {
      // A fault of its connection, which is no concern of replication.
      checks.remove(asked);
      asked.fail("the master cannot be read: " + e.getMessage());
      return;
    }
    if (pin != null) {
      checks.remove(asked);
      snapshots.add(pin);
      capture.shipTo(pin.header, drawn);
      asked.pinned(pin, drawn);
    }
  }

  /** True while frames of this log are still to be read by somebody: it must not be reset. */
  boolean logHeld(WalIndexHeader last) {
    long bytes = last.maxFrame * (long) (last.pageSize + WalHeader.FRAME_HEADER);
    boolean beyond = bytes > settings.logBytes();
    boolean held = false;
    for (int i = snapshots.size() - 1; i >= 0; i--) {
      SnapshotPin snapshot = snapshots.get(i);
      if (beyond && snapshot.idleNanos() > settings.laggardNanos()) {
        snapshot.breakOff();
      }
      if (snapshot.isReleased()) {
        snapshots.remove(i);
      } else {
        held = true;
      }
    }
    boolean copying = held;
    for (ReplicaFeed feed : feeds) {
      if (!feed.needsLog()) {
        continue;
      }
      // While a copy goes on the log stays anyway, and the copier cannot be expected to read it.
      if (beyond && !copying && feed.lagNanos() - feed.delayNanos() > settings.laggardNanos()) {
        feed.drop("is too slow: " + (bytes >> 20) + " MiB of the master's log wait for it");
      } else {
        held = true;
      }
    }
    return held;
  }

  /** The master is let go of: what is read from it counts for nothing any more. */
  void breakOff() {
    for (SnapshotPin pin : snapshots) {
      pin.breakOff();
    }
    snapshots.clear();
  }
}
