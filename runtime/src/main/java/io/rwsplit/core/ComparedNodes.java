package io.rwsplit.core;

import io.rwsplit.compare.Nodes;
import io.rwsplit.compare.Way;
import io.rwsplit.config.Settings;
import io.rwsplit.topology.Replica;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Master and replicas of a group, as reads are compared on them. Used by one thread. */
final class ComparedNodes implements Nodes {
  /** Beyond what a statement may take: then a server answers nothing any more. */
  private static final long SILENT_MILLIS = 5_000;

  private static final Executor AT_ONCE = Runnable::run;

  private final Settings settings;
  private final AppDriver driver;
  private final Supplier<Replica[]> replicas;

  /** Null when somebody else feeds the replicas. */
  private final ReplicationFeed feed;

  /** Null where the configured master is the master. */
  private final FollowedMaster followed;

  private final Faults faults;

  /** Where faults of ours go. */
  interface Faults {
    void fault(String where, Throwable fault);
  }

  ComparedNodes(
      Settings settings,
      AppDriver driver,
      Supplier<Replica[]> replicas,
      ReplicationFeed feed,
      FollowedMaster followed,
      Faults faults) {
    this.settings = settings;
    this.driver = driver;
    this.replicas = replicas;
    this.feed = feed;
    this.followed = followed;
    this.faults = faults;
  }

  @Override
  public Connection openMaster(Way way) throws SQLException {
    if (feed == null) {
      return limited(driver.openMasterReader(way.url(), way.properties()));
    }
    Connection beside = feed.openBeside();
    return beside == null ? null : driver.protectedOrClosed(beside);
  }

  @Override
  public Connection openReplica(int replica, Way way) throws SQLException {
    return limited(driver.openReplicaReader(replica, way.url(), way.properties()));
  }

  private Connection limited(Connection connection) throws SQLException {
    if (settings.engine().isServer()) {
      long statement = TimeUnit.NANOSECONDS.toMillis(settings.compare().timeoutNanos());
      try {
        connection.setNetworkTimeout(AT_ONCE, (int) (statement + SILENT_MILLIS));
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  @Override
  public boolean areFiles() {
    return !settings.engine().isServer();
  }

  @Override
  public long term() {
    return followed == null ? 0 : followed.failover().term().number();
  }

  @Override
  public boolean isAvailable(int replica) {
    boolean isMaster = followed != null && followed.failover().term().node() == replica;
    return replicas.get()[replica].inService() && !isMaster;
  }

  @Override
  public long ticket() {
    return feed == null ? 0 : feed.replicator().tickets().coveringTicket();
  }

  @Override
  public boolean covers(int replica, long ticket) {
    return feed.replicator().tickets().appliedTicket(replica) >= ticket;
  }

  @Override
  public String name(int replica) {
    return replicas.get()[replica].name();
  }

  @Override
  public List<String> names() {
    return ClusterParts.names(replicas.get());
  }

  @Override
  public void fault(Throwable fault) {
    faults.fault("comparing reads", fault);
  }
}
