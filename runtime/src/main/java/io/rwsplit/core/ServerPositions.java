package io.rwsplit.core;

import io.rwsplit.config.Consistency;
import io.rwsplit.config.Settings;
import io.rwsplit.consistency.PositionTracker;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.engine.Engine;
import io.rwsplit.pool.Connector;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.position.PositionSampler;
import io.rwsplit.position.ReplicationSignals;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.ReplicationState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * Ties the sampling of servers' positions to routing: tickets, lag, and replicas that are none.
 * Thread-safe.
 */
final class ServerPositions implements PositionSampler.Owner, ReplicationSignals.Owner {
  /** Why a replica is not in service before its position is known. */
  static final String WAITING = "waits for its position";

  /** A server that takes longer for such a question tells nothing of use. */
  private static final int PATIENCE_SECONDS = 5;

  private final AppDriver driver;
  private final PositionTracker tracker;
  private final PositionSampler sampler;

  /** Null where nothing but the heartbeat tells of replication. */
  private final ReplicationSignals signals;

  private final boolean byHeartbeat;
  private volatile Nodes nodes;
  private volatile ReplicationState ofMaster = ReplicationState.unknown();

  ServerPositions(Settings settings, AppDriver driver, List<String> names) {
    this.driver = driver;
    this.tracker =
        new PositionTracker(
            settings.consistency() == Consistency.EVENTUAL,
            settings.consistency() == Consistency.JVM,
            settings.readAfterWriteWindowNanos(),
            settings.positionIntervalNanos());
    String heartbeat = settings.balance().lagHeartbeat();
    boolean server = settings.engine().isServer();
    this.sampler =
        new PositionSampler(
            settings.engine(),
            heartbeat,
            tracker,
            names,
            this,
            settings.positionIntervalNanos(),
            new DaemonThreads("position"));
    this.byHeartbeat = heartbeat != null && server;
    this.signals =
        server
            ? new ReplicationSignals(
                settings.engine(),
                names,
                this,
                settings.healthIntervalNanos(),
                heartbeat,
                new DaemonThreads("signals"))
            : null;
  }

  /**
   * True where positions are told: by servers, and by the heartbeat of an engine that has none of
   * its own.
   */
  static boolean areKnown(Settings settings) {
    return settings.engine().isServer()
        || (settings.engine() == Engine.H2 && settings.balance().lagHeartbeat() != null);
  }

  /** From now on another server may become the master. */
  void mayChangeMaster() {
    sampler.mayChangeMaster(true);
  }

  WriteTracker tracker() {
    return tracker;
  }

  void start(Nodes watched) {
    nodes = watched;
    sampler.start();
    if (signals != null) {
      signals.start();
    }
  }

  /** Another server is the master, or nobody is: what was known of positions is void. */
  void termBegins(long term) {
    sampler.termBegins(term);
  }

  /** A server that is no replica, or is one again: nobody needs its position as a replica's. */
  void exclude(int replica, boolean excluded) {
    sampler.exclude(replica, excluded);
  }

  /** A replica joins, with the next index, and is asked once it {@link #returns}. */
  void add(String name) {
    sampler.add(name);
    if (signals != null) {
      signals.add(name);
    }
  }

  /** A replica leaves, and is asked no more. */
  void leaves(int replica) {
    sampler.leaves(replica);
    if (signals != null) {
      signals.leaves(replica);
    }
  }

  /** A replica is asked from now on, after {@link #add} or {@link #leaves}. */
  void returns(int replica) {
    sampler.returns(replica);
    if (signals != null) {
      signals.returns(replica);
    }
  }

  void stop() {
    sampler.stop();
    if (signals != null) {
      signals.stop();
    }
  }

  /** What opens connections for the application's reads, with the sampler knowing of each. */
  ReplicaPools.ConnectorFactory connectors() {
    return new ReplicaPools.ConnectorFactory() {
      @Override
      public Connector connector(int replica, String url, Properties properties) {
        Connector plain = driver.connector(replica, url, properties);
        return new Connector() {
          @Override
          public Connection open() throws SQLException {
            Connection connection = plain.open();
            sampler.connected(replica);
            return connection;
          }

          @Override
          public String validationQuery() {
            return plain.validationQuery();
          }
        };
      }
    };
  }

  /** By positions; where they are not known, and with a heartbeat, by what servers say else. */
  Lag lag(int replica) {
    Lag byPosition = sampler.lag(replica);
    if (byPosition.isKnown() && !byHeartbeat) {
      return byPosition;
    }
    Nodes watched = nodes;
    return watched == null || !sampler.masterAnswers()
        ? byPosition
        : byPosition.or(watched.watch(replica).reportedLag());
  }

  /** False while the master is known to give no answers. */
  boolean masterAnswers() {
    return sampler.masterAnswers();
  }

  /** What the master says of the replicas it sends to. */
  ReplicationState ofMaster() {
    return ofMaster;
  }

  boolean isSettled(int replica) {
    return sampler.isSettled(replica);
  }

  @Override
  public Connection open(int replica) throws SQLException {
    return driver.openObserver(replica, PATIENCE_SECONDS);
  }

  @Override
  public void replication(int replica, ReplicationState state) {
    if (replica < 0) {
      ofMaster = state;
    } else {
      nodes.watch(replica).replication(state, sampler.masterAnswers());
    }
  }

  @Override
  public void verdict(int replica, String problem) {
    nodes.watch(replica).position(problem);
  }
}
