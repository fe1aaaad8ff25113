package io.rwsplit.core;

import io.rwsplit.compare.Comparer;
import io.rwsplit.compare.ReadSampler;
import io.rwsplit.config.ReplicationMode;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.log.LogScope;
import io.rwsplit.topology.Replica;
import org.slf4j.LoggerFactory;

/** Starts what compares reads, where that is wanted and possible. */
final class Comparing {
  /** How often it is looked for statements that have run for too long. */
  static final long LOOK_NANOS = 100_000_000;

  final ReadSampler sampler;
  final Comparer comparer;

  private Comparing(ReadSampler sampler, Comparer comparer) {
    this.sampler = sampler;
    this.comparer = comparer;
  }

  /**
   * Begins to compare what is sampled.
   *
   * @param feed null when somebody else feeds the replicas, or nobody
   * @param followed null where the configured master is the master
   * @return null where nothing is compared
   */
  static Comparing start(
      Settings settings,
      AppDriver driver,
      Replica[] replicas,
      ReplicationFeed feed,
      FollowedMaster followed,
      ComparedNodes.Faults faults) {
    String not = impossible(settings);
    if (not != null) {
      LoggerFactory.getLogger(Comparing.class).warn("rwsplit.read.compare: {}", not);
      return null;
    }
    ReadSampler sampler = new ReadSampler(settings.compare().hundredths());
    Comparer comparer =
        new Comparer(
            sampler,
            new ComparedNodes(settings, driver, replicas, feed, followed, faults),
            settings.engine(),
            ClusterParts.names(replicas),
            settings.compare().perSecond(),
            settings.compare().timeoutNanos(),
            settings.compare().showsValues(),
            LogScope.threadName("compare"));
    if (feed != null) {
      feed.hurriesBy(comparer::hurry);
    }
    comparer.start();
    return new Comparing(sampler, comparer);
  }

  private static String impossible(Settings settings) {
    if (settings.engine() == Engine.H2) {
      return "nothing is compared: a connection of H2 cannot be kept from writing";
    }
    if (!settings.observes()) {
      return null;
    }
    if (settings.replicas().isEmpty()) {
      return "nothing is compared: there are no replicas (rwsplit.replicas)";
    }
    return settings.replication() == ReplicationMode.WAL
        ? "nothing is compared: with rwsplit.mode=observe nobody feeds the replicas"
        : null;
  }
}
