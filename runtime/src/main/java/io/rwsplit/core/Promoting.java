package io.rwsplit.core;

import io.rwsplit.config.FailoverSettings;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Host;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.failover.Failover;
import io.rwsplit.failover.OutsideOpinion;
import io.rwsplit.promotion.Address;
import io.rwsplit.promotion.Credentials;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.promotion.PromotionSettings;
import io.rwsplit.promotion.Servers;
import io.rwsplit.topology.Replica;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ties promotions to the servers of the configuration, and tells those who follow the master who is
 * the rightful one. Thread-safe.
 */
final class Promoting implements OutsideOpinion, Servers {
  /**
   * How long the first question for the leader may wait until every server was asked; more than the
   * time after which a server is given up that does not answer.
   */
  private static final long FIRST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final AppDriver driver;
  private final Failover failover;
  private final PromotionManager manager;
  private volatile long started;
  private volatile boolean settled;

  Promoting(Settings settings, AppDriver driver, Failover failover, Replica[] nodes) {
    this.driver = driver;
    this.failover = failover;
    this.manager = new PromotionManager(settings(settings, nodes), this);
  }

  private static PromotionSettings settings(Settings settings, Replica[] nodes) {
    FailoverSettings failover = settings.failover();
    List<String> names = new ArrayList<>();
    List<Address> addresses = new ArrayList<>();
    List<Integer> priorities = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      JdbcUrl url = settings.nodes().get(i);
      Host host = url.hosts().get(0);
      names.add(nodes[i].name());
      addresses.add(new Address(host.name(), host.port()));
      priorities.add(settings.balance().priority(i));
    }
    return new PromotionSettings(
        settings.engine(),
        names,
        addresses,
        priorities,
        new Credentials(failover.replicationUser(), failover.replicationPassword()),
        failover.intervalNanos(),
        failover.observationNanos(),
        failover.lagMaxNanos(),
        failover.freezeNanos());
  }

  /** Begins to watch; before the failover does, which asks for the leader at once. */
  void start() {
    started = System.nanoTime();
    manager.start(new DaemonThreads("promotion"));
    failover.listenTo(this);
  }

  PromotionManager manager() {
    return manager;
  }

  void stop() {
    manager.stop();
  }

  /**
   * Waits at the very first, so that no write is led to a former master that has come back: before
   * every server was asked for the line of history it is on, nobody knows better.
   */
  @Override
  public int leader() {
    while (!settled) {
      settled = manager.isComplete() || System.nanoTime() - started > FIRST_LOOK_NANOS;
      if (!settled) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    return manager.leader();
  }

  @Override
  public void changed(Runnable listener) {
    manager.changed(listener);
  }

  @Override
  public Connection open(int node, int seconds) throws SQLException {
    return driver.openForControl(node, seconds);
  }

  @Override
  public int master() {
    return failover.term().node();
  }
}
