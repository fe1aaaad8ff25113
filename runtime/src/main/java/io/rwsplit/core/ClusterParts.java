package io.rwsplit.core;

import io.rwsplit.circuit.CircuitRules;
import io.rwsplit.config.Consistency;
import io.rwsplit.config.ReplicationMode;
import io.rwsplit.config.Settings;
import io.rwsplit.consistency.WindowTracker;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.patroni.PatroniWatch;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.report.History;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.report.Sampler;
import io.rwsplit.report.Timings;
import io.rwsplit.route.ReadRules;
import io.rwsplit.route.TableNames;
import io.rwsplit.route.Tiers;
import io.rwsplit.topology.Replica;
import java.util.ArrayList;
import java.util.List;

/** Chooses the parts of a {@link Cluster} that the configuration asks for. Stateless. */
final class ClusterParts {
  private ClusterParts() {}

  /** Names of the replicas, by index. */
  static List<String> names(Replica[] replicas) {
    List<String> names = new ArrayList<>();
    for (Replica replica : replicas) {
      names.add(replica.name());
    }
    return names;
  }

  /** The same with the group's name, for pools. */
  static List<String> poolNames(Settings settings, Replica[] replicas) {
    List<String> names = names(replicas);
    if (!settings.group().isEmpty()) {
      for (int i = 0; i < names.size(); i++) {
        names.set(i, settings.group() + "-" + names.get(i));
      }
    }
    return names;
  }

  /** How writes are followed: by what is known of the replicas' positions. */
  static WriteTracker tracker(Settings settings, ReplicationFeed feed, ServerPositions positions) {
    Consistency consistency = settings.consistency();
    if (feed != null) {
      return new ReplicationTracker(feed.replicator(), consistency, feed.acknowledgement());
    }
    if (positions != null) {
      return positions.tracker();
    }
    return consistency == Consistency.EVENTUAL
        ? WriteTracker.none()
        : new WindowTracker(settings.readAfterWriteWindowNanos(), consistency == Consistency.JVM);
  }

  /** When faults of our own stop the routing. */
  static CircuitRules circuit(Settings settings) {
    return new CircuitRules(
        settings.circuitFaults(), settings.circuitWindowNanos(), settings.circuitPauseNanos());
  }

  /** The replicas that are taken to be there and in service where nothing is routed. */
  static Replica[] assumedReplicas(Settings settings) {
    Replica[] replicas = Balancing.replicas(settings);
    if (replicas.length == 0) {
      replicas = new Replica[] {new Replica(0, "replica1", "", Balancing.traits(settings, 0))};
    }
    for (Replica replica : replicas) {
      replica.takeIn("is taken to be in service");
    }
    return replicas;
  }

  /** How far behind they are taken to be, in nanoseconds; 0 where nobody would mind. */
  static long assumedLagNanos(Settings settings) {
    if (settings.consistency() == Consistency.EVENTUAL) {
      return 0;
    }
    boolean known =
        settings.replication() == ReplicationMode.WAL || ServerPositions.areKnown(settings);
    return known ? settings.observeLagNanos() : settings.readAfterWriteWindowNanos();
  }

  /** How writes are followed where nothing is routed. */
  static WriteTracker assumedTracker(Settings settings) {
    return settings.consistency() == Consistency.EVENTUAL
        ? WriteTracker.none()
        : new WindowTracker(assumedLagNanos(settings), settings.consistency().bindsAll());
  }

  /** Counters of what is routed; they measure where somebody wants to know. */
  static RouteCounters counters(Settings settings, int replicas) {
    return settings.isTimed()
        ? new RouteCounters(replicas, new Timings(replicas, settings.slowNanos()))
        : new RouteCounters(replicas);
  }

  /** What is kept of the last minutes; null where nobody can ask for it. */
  static History history(Settings settings) {
    return settings.isWatched() ? new History() : null;
  }

  /** What writes it. */
  static Runnable sampler(
      Replica[] replicas, Timings timings, History history, ReplicaPools pools) {
    return new Sampler(replicas, timings, pools, history);
  }

  /** What asks Patroni; null where nothing does. */
  static PatroniWatch patroni(Settings settings) {
    return settings.asksPatroni()
        ? new PatroniWatch(settings.patroni(), settings.nodes(), new DaemonThreads("patroni"))
        : null;
  }

  /** What the configuration asks of reads. */
  static ReadRules rules(Settings settings) {
    Tiers tiers =
        new Tiers(
            new TableNames(settings.strongTables()),
            settings.strongSql(),
            settings.strongClasses(),
            new TableNames(settings.eventualTables()),
            settings.eventualSql());
    boolean bindsAll = settings.consistency().bindsAll();
    boolean byTable = settings.consistencyByTable() && settings.consistency() != Consistency.JVMS;
    return new ReadRules(settings.consistencyWaitNanos(), bindsAll, byTable, tiers);
  }
}
