package io.rwsplit.core;

import io.rwsplit.config.Consistency;
import io.rwsplit.config.Settings;
import io.rwsplit.consistency.PositionTracker;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.pool.Connector;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.position.PositionSampler;
import io.rwsplit.topology.Lag;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * Ties the sampling of servers' positions to routing: tickets, lag, and replicas that are none.
 * Thread-safe.
 */
final class ServerPositions implements PositionSampler.Owner {
  /** Why a replica is not in service before its position is known. */
  static final String WAITING = "waits for its position";

  /** A server that takes longer for such a question tells nothing of use. */
  private static final int PATIENCE_SECONDS = 5;

  private final AppDriver driver;
  private final PositionTracker tracker;
  private final PositionSampler sampler;
  private volatile ReplicaWatch[] watches;

  ServerPositions(Settings settings, AppDriver driver, List<String> names) {
    this.driver = driver;
    this.tracker =
        new PositionTracker(
            names.size(),
            settings.consistency() == Consistency.EVENTUAL,
            settings.consistency() == Consistency.JVM,
            settings.readAfterWriteWindowNanos(),
            settings.positionIntervalNanos());
    this.sampler =
        new PositionSampler(
            settings.engine(),
            tracker,
            names,
            this,
            settings.positionIntervalNanos(),
            new DaemonThreads("rwsplit-position"));
  }

  /** From now on another server may become the master. */
  void mayChangeMaster() {
    sampler.mayChangeMaster(true);
  }

  WriteTracker tracker() {
    return tracker;
  }

  void start(ReplicaWatch[] watched) {
    watches = watched;
    sampler.start();
  }

  /** Another server is the master, or nobody is: what was known of positions is void. */
  void termBegins(long term) {
    sampler.termBegins(term);
  }

  /** A server that is no replica, or is one again: nobody needs its position as a replica's. */
  void exclude(int replica, boolean excluded) {
    sampler.exclude(replica, excluded);
  }

  void stop() {
    sampler.stop();
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
        };
      }
    };
  }

  Lag lag(int replica) {
    return sampler.lag(replica);
  }

  boolean isSettled(int replica) {
    return sampler.isSettled(replica);
  }

  @Override
  public Connection open(int replica) throws SQLException {
    return driver.openObserver(replica, PATIENCE_SECONDS);
  }

  @Override
  public void verdict(int replica, String problem) {
    watches[replica].position(problem);
  }
}
