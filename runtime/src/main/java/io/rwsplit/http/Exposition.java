package io.rwsplit.http;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.operations.Group;
import io.rwsplit.replication.FeedStatus;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.route.RouteReason;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import java.util.List;

/**
 * The figures in Prometheus' text format 0.0.4, with names and units by its conventions. Labels are
 * of bounded sets: groups, replicas, reasons; never a text of the application's. Used once.
 */
final class Exposition {
  private static final double NANOS = 1e9;

  private final StringBuilder out = new StringBuilder(8192);
  private String metric;

  /** A figure of a group. */
  private interface OfGroup {
    void add(Group group, String labels);
  }

  /** A figure of a replica. */
  private interface OfReplica {
    void add(Group group, Replica replica, String labels);
  }

  String of(String version, List<Group> groups) {
    family("rwsplit_build_info", "gauge", "Version of the agent.");
    sample("version=\"" + escaped(version) + "\"", 1);
    routes(groups);
    replicas(groups);
    pools(groups);
    replication(groups);
    new TimingsExposition(out).add(groups);
    new CompareFigures(out).add(groups);
    new AlertFigures(out).add();
    return out.toString();
  }

  private void routes(List<Group> groups) {
    family("rwsplit_routing_enabled", "gauge", "Whether reads may leave the master.");
    each(groups, (group, labels) -> sample(labels, group.isRouting() ? 1 : 0));
    family("rwsplit_read_percent", "gauge", "How much of the reads that may leave the master do.");
    each(groups, (group, labels) -> sample(labels, group.readPercent() / 100.0));
    family("rwsplit_master_available", "gauge", "0 while it is known that no master answers.");
    each(groups, (group, labels) -> sample(labels, group.isMasterGone() ? 0 : 1));
    family("rwsplit_faults_total", "counter", "Faults of the agent; the driver ran as written.");
    each(groups, (group, labels) -> sample(labels, group.faults()));
    family("rwsplit_replica_statements_total", "counter", "Statements a replica has served.");
    eachReplica(
        groups,
        (group, replica, labels) -> sample(labels, group.counters().onReplica(replica.index())));
    family("rwsplit_master_statements_total", "counter", "Statements on the master, by reason.");
    each(
        groups,
        (group, labels) -> {
          RouteCounters counters = group.counters();
          for (RouteReason reason : RouteReason.values()) {
            if (!reason.isReplica()) {
              sample(
                  labels + ",reason=\"" + Values.lower(reason) + "\"", counters.onMaster(reason));
            }
          }
        });
    family(
        "rwsplit_master_terms_total", "counter", "Grows when another server becomes the master.");
    each(
        groups,
        (group, labels) -> {
          if (group.failover() != null) {
            sample(labels, group.failover().term().number());
          }
        });
  }

  private void replicas(List<Group> groups) {
    family("rwsplit_replica_in_service", "gauge", "Whether statements may be sent to it.");
    eachReplica(groups, (group, replica, labels) -> sample(labels, replica.inService() ? 1 : 0));
    family("rwsplit_replica_drained", "gauge", "Whether somebody has asked for it to be left out.");
    eachReplica(
        groups,
        (group, replica, labels) -> sample(labels, group.isDrained(replica.index()) ? 1 : 0));
    family("rwsplit_replica_is_master", "gauge", "Whether it is the master now.");
    eachReplica(
        groups,
        (group, replica, labels) -> {
          if (group.failover() != null) {
            sample(labels, group.failover().term().node() == replica.index() ? 1 : 0);
          }
        });
    family("rwsplit_replica_lag_seconds", "gauge", "Age of the oldest commit it lacks, if known.");
    eachReplica(
        groups,
        (group, replica, labels) -> {
          Lag lag = replica.lag();
          if (lag.isKnown()) {
            sample(labels, lag.nanos() / NANOS);
          }
        });
    family("rwsplit_replica_lag_bytes", "gauge", "Bytes of the master's log it lacks, if known.");
    eachReplica(
        groups,
        (group, replica, labels) -> {
          Lag lag = replica.lag();
          if (lag.isKnown()) {
            sample(labels, lag.bytes());
          }
        });
    family("rwsplit_replica_first_row_seconds", "gauge", "Mean time to the first row, of late.");
    eachReplica(
        groups,
        (group, replica, labels) -> {
          double nanos = replica.latency().nanos();
          if (nanos > 0) {
            sample(labels, nanos / NANOS);
          }
        });
  }

  private void pools(List<Group> groups) {
    family("rwsplit_pool_connections_in_use", "gauge", "Connections to a replica that are lent.");
    eachReplica(
        groups, (group, replica, labels) -> sample(labels, group.poolUse(replica.index())[0]));
    family("rwsplit_pool_connections_open", "gauge", "Connections to a replica that are open.");
    eachReplica(
        groups, (group, replica, labels) -> sample(labels, group.poolUse(replica.index())[1]));
    family("rwsplit_pool_connections_max", "gauge", "Connections to a replica there may be.");
    eachReplica(
        groups, (group, replica, labels) -> sample(labels, group.poolUse(replica.index())[2]));
    family(
        "rwsplit_pool_connection_failures_total", "counter", "Connections that were not opened.");
    eachReplica(groups, (group, replica, labels) -> sample(labels, replica.failedOpenings()));
    family("rwsplit_pool_failing", "gauge", "1 while none can be opened though checks pass.");
    eachReplica(
        groups, (group, replica, labels) -> sample(labels, replica.poolProblem() == null ? 0 : 1));
  }

  /** A figure of what feeds a replica. */
  private interface OfFeed {
    long of(FeedStatus status);
  }

  private void replication(List<Group> groups) {
    feed(groups, "transactions", "Commits applied to it.", FeedStatus::transactions);
    feed(groups, "frames", "Frames of the log written to it.", FeedStatus::frames);
    feed(groups, "bytes", "Bytes of the log written to it.", FeedStatus::bytes);
    feed(groups, "resyncs", "First copies, comparisons and rebuilds.", FeedStatus::resyncs);
    feed(groups, "checkpoints", "Times its own log was emptied.", FeedStatus::checkpoints);
    family("rwsplit_commits_acknowledged_total", "counter", "Commits that replicas had in time.");
    acknowledged(groups, true);
    family("rwsplit_commits_unacknowledged_total", "counter", "Commits that went on without.");
    acknowledged(groups, false);
  }

  private void acknowledged(List<Group> groups, boolean inTime) {
    each(
        groups,
        (group, labels) -> {
          Acknowledgement asked = group.acknowledgement();
          if (asked != null) {
            sample(labels, inTime ? asked.acknowledged() : asked.unacknowledged());
          }
        });
  }

  private void feed(List<Group> groups, String name, String help, OfFeed figure) {
    family("rwsplit_replication_" + name + "_total", "counter", help);
    eachReplica(
        groups,
        (group, replica, labels) -> {
          if (group.replication() != null && replica.index() < group.replication().replicas()) {
            sample(labels, figure.of(group.replication().status(replica.index())));
          }
        });
  }

  private void family(String name, String type, String help) {
    metric = name;
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void each(List<Group> groups, OfGroup figure) {
    for (Group group : groups) {
      figure.add(group, "group=\"" + escaped(group.name()) + "\"");
    }
  }

  private static void eachReplica(List<Group> groups, OfReplica figure) {
    each(
        groups,
        (group, labels) -> {
          for (Replica replica : group.replicas()) {
            figure.add(group, replica, labels + ",replica=\"" + escaped(replica.name()) + "\"");
          }
        });
  }

  private void sample(String labels, long value) {
    out.append(metric).append('{').append(labels).append("} ").append(value).append('\n');
  }

  private void sample(String labels, double value) {
    out.append(metric).append('{').append(labels).append("} ").append(value).append('\n');
  }

  static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
