package io.rwsplit.core;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.acknowledgement.Synchronous;
import io.rwsplit.config.Settings;
import io.rwsplit.config.SqliteWal;
import io.rwsplit.jdbc.MasterGate;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.log.OncePer;
import io.rwsplit.log.ScopedLoggers;
import io.rwsplit.pool.ReplicaPool;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.replication.FeedState;
import io.rwsplit.replication.ReplicaFile;
import io.rwsplit.replication.ReplicationListener;
import io.rwsplit.replication.ReplicationSettings;
import io.rwsplit.replication.SqliteConnections;
import io.rwsplit.replication.SqliteReplicator;
import io.rwsplit.replication.WriterGate;
import io.rwsplit.topology.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Ties the SQLite replicator to routing: what it reports takes replicas in and out of service, and
 * pools let go of a file before it is replaced. Thread-safe.
 */
final class ReplicationFeed implements SqliteConnections, ReplicationListener {
  private static final long BESIDE_NANOS = 1_000_000_000;
  private static final long DRAIN_POLL_NANOS = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long SHARED_NANOS = 3_000_000_000L;

  private final Settings settings;
  private final AppDriver driver;
  private final SqliteReplicator replicator;

  /** Null when commits wait for no replica. */
  private final Acknowledgement acknowledgement;

  /** Own connections to the master that are open, and how many are being opened. */
  private final List<Connection> masterConnections = new ArrayList<>();

  private final long started = System.nanoTime();
  private final OncePer unshared = new OncePer(ScopedLoggers.of(ReplicationFeed.class));
  private final BesideConnections beside = new BesideConnections();

  /** Ends what runs on them; null while nobody runs anything for long. */
  private volatile Runnable hurry;

  private int opening;
  private volatile Nodes nodes;
  private volatile ReplicaPools pools;

  ReplicationFeed(Settings settings, AppDriver driver, Replica[] replicas, MasterGate gate) {
    this.settings = settings;
    this.driver = driver;
    List<ReplicaFile> files = new ArrayList<>();
    for (Replica replica : replicas) {
      Path path = settings.replicas().get(replica.index()).file().toPath();
      long delay = settings.replicationDelayNanos(replica.index());
      files.add(new ReplicaFile(replica.index(), replica.name(), path).delayedBy(delay));
    }
    ReplicationSettings tuning =
        ReplicationSettings.defaults()
            .withWriterGate(replicationSide(gate))
            .withUndoWal(settings.undoWal())
            .withWalMode(
                settings.sqliteWal() == SqliteWal.AUTO
                    ? ReplicationSettings.WalMode.AUTO
                    : ReplicationSettings.WalMode.OFF);
    this.replicator =
        new SqliteReplicator(settings.master().file().toPath(), files, this, this, tuning);
    driver.readers(
        new AppDriver.FilesInPlace() {
          @Override
          public void require(int replica) throws SQLException {
            replicator.requireInPlace(replica);
          }
        });
    this.acknowledgement =
        Acknowledgements.of(
            settings,
            replicator,
            new Synchronous.Service() {
              @Override
              public void judge(int replica) {
                nodes.watch(replica).judge();
              }
            });
  }

  private static WriterGate replicationSide(MasterGate gate) {
    return new WriterGate() {
      @Override
      public void close() {
        gate.close();
      }

      @Override
      public boolean isQuiet() {
        return gate.isQuiet();
      }

      @Override
      public void locked() {
        gate.locked();
      }

      @Override
      public void open() {
        gate.open();
      }
    };
  }

  /**
   * A connection to the master beside the replicator's, which its user closes soon; null while the
   * application wants, or may want, the file for itself.
   */
  Connection openBeside() throws SQLException {
    beside.sweep();
    return beside.open(
        new BesideConnections.Opener() {
          @Override
          public Connection open() throws SQLException {
            return isAttached() ? driver.openMaster() : null;
          }
        });
  }

  /** What ends statements that run for long on connections beside. */
  void hurriesBy(Runnable end) {
    hurry = end;
  }

  /** The replicator has let go of the master: waits until the connections beside are closed too. */
  void awaitClosedBeside() {
    beside.awaitClosed(BESIDE_NANOS, hurry);
  }

  /** True while the replicator has the master open: a further connection disturbs nobody. */
  boolean isAttached() {
    for (int i = 0; i < replicator.replicas(); i++) {
      FeedState state = replicator.state(i);
      if (state == FeedState.STREAMING || state == FeedState.INITIALISING) {
        return true;
      }
    }
    return false;
  }

  /** Waits until other JVMs can be told of this one's writes; only where these bind them. */
  void awaitShared() {
    while (!replicator.tickets().isShared()) {
      if (System.nanoTime() - started > SHARED_NANOS) {
        unshared.warn(
            "shared",
            "other JVMs cannot be told of the writes of this one, and its reads stay on the master",
            null);
        return;
      }
      LockSupport.parkNanos(DRAIN_POLL_NANOS);
    }
  }

  SqliteReplicator replicator() {
    return replicator;
  }

  /** What commits of the application wait for; null when they wait for no replica. */
  Acknowledgement acknowledgement() {
    return acknowledgement;
  }

  void start(Nodes watched, ReplicaPools pooled) {
    nodes = watched;
    pools = pooled;
    for (ReplicaWatch watch : watched.watches()) {
      watch.acknowledging(acknowledgement);
    }
    replicator.start();
  }

  @Override
  public Connection openMaster() throws SQLException {
    synchronized (masterConnections) {
      for (Iterator<Connection> each = masterConnections.iterator(); each.hasNext(); ) {
        if (each.next().isClosed()) {
          each.remove();
        }
      }
      if (masterConnections.size() + opening >= settings.masterPoolMax()) {
        throw new SQLException(
            "rwsplit.pool.master.max="
                + settings.masterPoolMax()
                + " connections of rwsplit's own to the master are open");
      }
      opening++;
    }
    Connection connection = null;
    try {
      connection = driver.openMaster();
      return connection;
    } finally {
      synchronized (masterConnections) {
        opening--;
        if (connection != null) {
          masterConnections.add(connection);
        }
      }
    }
  }

  @Override
  public Connection openReplica(int index, Path file) throws SQLException {
    return driver.openReplica(index, file);
  }

  @Override
  public void stateChanged(int replica, FeedState state, String reason) {
    String problem = null;
    if (state != FeedState.STREAMING) {
      String name = state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      problem = reason == null ? name : name + ": " + reason;
    }
    nodes.watch(replica).feed(problem);
    String name = nodes.watch(replica).name();
    FlightEvents.feedChanged(settings.group(), name, state.name(), reason);
  }

  @Override
  public void replicaFileReplacing(int replica, Duration patience) {
    nodes.watch(replica).feed("its file is being replaced");
    nodes.watch(replica).letGo();
    long deadline = System.nanoTime() + patience.toNanos();
    for (ReplicaPool pool : pools.retire(replica)) {
      while (!pool.isDrained() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(DRAIN_POLL_NANOS);
      }
    }
  }

  @Override
  public void replicaFileReplaced(int replica) {
    if (!replicator.hasLeft(replica)) {
      pools.renew(replica);
    }
  }

  /**
   * Feeds one replica more, with the next index, or one that has left; its watch is in place.
   *
   * @throws IOException the reason why not; nothing has changed then
   */
  void joins(Replica replica, Path file, long delayNanos) throws IOException {
    nodes.watch(replica.index()).acknowledging(acknowledgement);
    replicator.joins(
        new ReplicaFile(replica.index(), replica.name(), file).delayedBy(delayNanos), PATIENCE);
  }

  /**
   * Feeds a replica no more.
   *
   * @throws IOException the reason why not; nothing has changed then
   */
  void leaves(int replica) throws IOException {
    replicator.leaves(replica, PATIENCE);
  }
}
