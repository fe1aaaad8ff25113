package io.rwsplit.http;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.operations.Group;
import io.rwsplit.promotion.Orphans;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.promotion.RoleChange;
import io.rwsplit.replication.FeedStatus;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.route.RouteReason;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.MasterTerm;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ReplicationState;
import io.rwsplit.topology.Role;
import io.rwsplit.topology.ServerView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Master and replicas: their state, their figures, and how far behind they are. Stateless. */
final class ReplicationView {
  private ReplicationView() {}

  static Answer status(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Values.groups(groups, ReplicationView::status);
  }

  private static Map<String, Object> status(Group group) {
    ServerView master = Values.master(group);
    Fields view = null;
    List<Object> replicas = new ArrayList<>();
    for (ServerView server : group.servers()) {
      if (server == master || server.role() == Role.MASTER) {
        view =
            new Fields()
                .put("name", server.name())
                .put("url", server.url())
                .put("position", server.position())
                .put("available", !group.isMasterGone())
                .put("manager", server.manager());
      } else {
        replicas.add(replica(group, server));
      }
    }
    return new Fields()
        .put("name", group.name())
        .put("engine", Values.lower(group.engine()))
        .put("replication", group.replication() == null ? "server" : "wal")
        .put("master", view == null ? null : view.map())
        .put("replicas", replicas)
        .put("failover", failover(group))
        .map();
  }

  private static Map<String, Object> replica(Group group, ServerView server) {
    int index = Values.replica(group, server.name());
    ReplicationState state = server.replication();
    return new Fields()
        .put("name", server.name())
        .put("url", server.url())
        .put("role", Values.lower(server.role()))
        .put("inService", server.isInService())
        .put("standing", server.standing())
        .put("drained", index >= 0 && group.isDrained(index))
        .put("lag", Values.lag(server.lag()))
        .put("position", server.position())
        .put("receiving", Values.lower(state.receiving()))
        .put("applying", Values.lower(state.applying()))
        .put("remark", state.remark())
        .put("poolProblem", index < 0 ? null : group.replicas().get(index).poolProblem())
        .put("feed", feed(group, index))
        .put("weight", server.weight())
        .put("priority", server.priority())
        .put("zone", server.zone())
        .put("tags", server.tags())
        .put("manager", server.manager())
        .map();
  }

  private static Map<String, Object> feed(Group group, int index) {
    if (group.replication() == null || index < 0) {
      return null;
    }
    FeedStatus feed = group.replication().status(index);
    return new Fields()
        .put("state", Values.lower(feed.state()))
        .put("reason", feed.reason())
        .put("lastFailure", feed.lastFailure())
        .put("lastApplyMillis", feed.lastApplyMillis() == 0 ? null : feed.lastApplyMillis())
        .map();
  }

  private static Map<String, Object> failover(Group group) {
    if (group.failover() == null) {
      return null;
    }
    MasterTerm term = group.failover().term();
    PromotionManager promotion = group.promotion();
    RoleChange last = promotion == null ? null : promotion.lastChange();
    Map<String, Object> orphans = new LinkedHashMap<>();
    if (promotion != null) {
      for (Map.Entry<String, Orphans> each : promotion.orphans().entrySet()) {
        orphans.put(each.getKey(), each.getValue().toString());
      }
    }
    return new Fields()
        .put("mode", StatusView.mode(group))
        .put("term", term.number())
        .put("why", term.why())
        .put("decision", promotion == null ? null : promotion.decision())
        .put("lastChange", last == null ? null : Actions.change(last))
        .put("orphans", orphans)
        .map();
  }

  static Answer metrics(
      Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Values.groups(groups, ReplicationView::metrics);
  }

  private static Map<String, Object> metrics(Group group) {
    RouteCounters counters = group.counters();
    Map<String, Object> reasons = new LinkedHashMap<>();
    for (RouteReason reason : RouteReason.values()) {
      long count = counters.onMaster(reason);
      if (count > 0) {
        reasons.put(Values.lower(reason), count);
      }
    }
    List<Object> replicas = new ArrayList<>();
    for (Replica replica : group.replicas()) {
      replicas.add(figures(group, replica, counters));
    }
    return new Fields()
        .put("name", group.name())
        .put("statements", StatusView.statements(counters))
        .put("masterReasons", reasons)
        .put("replicas", replicas)
        .put("acknowledgement", acknowledgement(group.acknowledgement()))
        .put("faults", group.faults())
        .map();
  }

  private static Map<String, Object> figures(Group group, Replica replica, RouteCounters counters) {
    int[] use = group.poolUse(replica.index());
    double nanos = replica.latency().nanos();
    long reads = counters.onReplica(replica.index());
    return new Fields()
        .put("name", replica.name())
        .put("inService", replica.inService())
        .put("reads", reads)
        .put("shareOfReads", Values.share(reads, counters.onReplicas()))
        .put("lag", Values.lag(replica.lag()))
        .put(
            "pool",
            new Fields()
                .put("inUse", use[0])
                .put("open", use[1])
                .put("maximum", use[2])
                .put("failedOpenings", replica.failedOpenings())
                .map())
        .put("firstRowMilliseconds", nanos == 0 ? null : Values.millis(nanos))
        .put("applied", applied(group, replica.index()))
        .map();
  }

  private static Map<String, Object> applied(Group group, int index) {
    if (group.replication() == null || index >= group.replication().replicas()) {
      return null;
    }
    FeedStatus feed = group.replication().status(index);
    return new Fields()
        .put("transactions", feed.transactions())
        .put("frames", feed.frames())
        .put("bytes", feed.bytes())
        .put("resyncs", feed.resyncs())
        .put("checkpoints", feed.checkpoints())
        .map();
  }

  private static Map<String, Object> acknowledgement(Acknowledgement asked) {
    return asked == null
        ? null
        : new Fields()
            .put("acknowledged", asked.acknowledged())
            .put("unacknowledged", asked.unacknowledged())
            .put("alerts", asked.alerts())
            .put("degraded", asked.isDegraded())
            .map();
  }

  static Answer lag(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Values.groups(groups, ReplicationView::lag);
  }

  private static Map<String, Object> lag(Group group) {
    List<Object> replicas = new ArrayList<>();
    Lag most = Lag.unknown();
    for (ServerView server : group.servers()) {
      if (server.role() != Role.MASTER) {
        most = most.or(server.lag());
        replicas.add(
            new Fields()
                .put("name", server.name())
                .put("inService", server.isInService())
                .put("lag", Values.lag(server.lag()))
                .map());
      }
    }
    return new Fields()
        .put("name", group.name())
        .put("most", Values.lag(most))
        .put("replicas", replicas)
        .map();
  }
}
