package io.rwsplit.core;

import io.rwsplit.circuit.CircuitRules;
import io.rwsplit.config.Consistency;
import io.rwsplit.config.Settings;
import io.rwsplit.consistency.WindowTracker;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.jmx.Registration;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /** Counters of what is routed; they measure where somebody can ask for it. */
  static RouteCounters counters(Settings settings, int replicas) {
    return settings.isWatched()
        ? new RouteCounters(replicas, new Timings(replicas, settings.slowNanos()))
        : new RouteCounters(replicas);
  }

  /** What is kept of the last minutes; null where nobody can ask for it. */
  static History history(RouteCounters counters) {
    return counters.timings() == null ? null : new History();
  }

  /** What writes it. */
  static Runnable sampler(
      Replica[] replicas, Timings timings, History history, ReplicaPools pools) {
    return new Sampler(replicas, timings, pools, history);
  }

  /** When faults of our own stop the routing. */
  static CircuitRules circuit(Settings settings) {
    return new CircuitRules(
        settings.circuitFaults(), settings.circuitWindowNanos(), settings.circuitPauseNanos());
  }

  /** Shows the routing by JMX; null after a fault of that, which is said and changes nothing. */
  static Registration show(Routing routing, String group) {
    Logger log = LoggerFactory.getLogger(ClusterParts.class);
    try {
      Registration shown = Registration.of(routing, group);
      log.info("MBean {}", shown);
      return shown;
    } catch (Throwable t) {
      log.warn("no MBean", t);
      return null;
    }
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
