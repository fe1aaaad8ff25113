package io.rwsplit.core;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.acknowledgement.AlertLog;
import io.rwsplit.acknowledgement.ReplicaProgress;
import io.rwsplit.acknowledgement.SemiSynchronous;
import io.rwsplit.acknowledgement.Synchronous;
import io.rwsplit.config.Settings;
import io.rwsplit.config.SyncMode;
import io.rwsplit.log.ScopedLoggers;
import io.rwsplit.replication.SqliteReplicator;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Makes commits wait for the replicas that our own replication feeds. Stateless. */
final class Acknowledgements {
  /** In a JVM that only hears of the replicas from the one that feeds them. */
  private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

  private static final long ALERT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private Acknowledgements() {}

  /** What the configuration asks for; null when commits wait for no replica. */
  static Acknowledgement of(
      Settings settings, SqliteReplicator replicator, Synchronous.Service service) {
    if (settings.sync() == SyncMode.ASYNC) {
      return null;
    }
    Logger log = ScopedLoggers.of(Acknowledgement.class);
    AlertLog alerts = new AlertLog(log, ALERT_NANOS);
    ReplicaProgress progress = progress(replicator);
    long timeout = settings.syncTimeoutNanos();
    Acknowledgement made =
        settings.sync() == SyncMode.SYNC
            ? new Synchronous(progress, timeout, service, alerts)
            : new SemiSynchronous(progress, settings.syncReplicas(), timeout, alerts);
    replicator.whenProgressed(
        new Runnable() {
          @Override
          public void run() {
            made.progressed();
          }
        });
    return made;
  }

  private static ReplicaProgress progress(SqliteReplicator replicator) {
    return new ReplicaProgress() {
      @Override
      public int replicas() {
        return replicator.replicas();
      }

      @Override
      public long newestTicket() {
        return replicator.tickets().newestTicket();
      }

      @Override
      public long appliedTicket(int replica) {
        return replicator.tickets().appliedTicket(replica);
      }

      @Override
      public boolean mayFollow(int replica) {
        switch (replicator.state(replica)) {
          case WAITING_FOR_MASTER:
          case INITIALISING:
          case STREAMING:
          case RESYNCING:
            return true;
          case STANDBY:
            return replicator.isSettling(replica);
          default:
            return false;
        }
      }

      @Override
      public long pollNanos() {
        return replicator.tickets().isFollower() ? POLL_NANOS : 0;
      }
    };
  }
}
