package io.rwsplit.http;

import io.rwsplit.operations.FailedStarts;
import io.rwsplit.operations.Group;
import io.rwsplit.operations.LoadedBefore;
import io.rwsplit.operations.Reloading;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.topology.Role;
import io.rwsplit.topology.ServerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The groups at a glance, and how they are configured. Stateless. */
final class StatusView {
  private static final long STARTED = System.nanoTime();
  private static final long NANOS = 1_000_000_000;

  private StatusView() {}

  /** The time it is up counts from the first call of anything here. */
  static void begins() {}

  static Answer answer(Request request, List<Group> groups, String node, Map<String, Object> body) {
    List<Object> all = new ArrayList<>();
    for (Group group : groups) {
      all.add(group(group));
    }
    Fields fields =
        new Fields()
            .put("version", Pages.version())
            .put("upSeconds", (System.nanoTime() - STARTED) / NANOS)
            .put("groups", all);
    List<Object> failed = notStarted();
    if (!failed.isEmpty()) {
      fields.put("notStarted", failed);
    }
    List<Object> before = loadedBefore();
    if (!before.isEmpty()) {
      fields.put("loadedBefore", before);
    }
    return Answer.ok(fields.map());
  }

  private static List<Object> notStarted() {
    List<Object> groups = new ArrayList<>();
    for (FailedStarts.Failed each : FailedStarts.all()) {
      long nanos = each.nanosLeft(System.nanoTime());
      groups.add(
          new Fields()
              .put("name", each.group())
              .put("why", each.why())
              .put("nextTrySeconds", each.isTriedAgain() ? (nanos + NANOS - 1) / NANOS : null)
              .map());
    }
    return groups;
  }

  private static List<Object> loadedBefore() {
    List<Object> drivers = new ArrayList<>();
    for (Map.Entry<String, LoadedBefore.State> each : LoadedBefore.all().entrySet()) {
      drivers.add(
          new Fields()
              .put("connection", each.getKey())
              .put("state", Values.lower(each.getValue()))
              .map());
    }
    return drivers;
  }

  private static Map<String, Object> group(Group group) {
    ServerView master = Values.master(group);
    int replicas = 0;
    int inService = 0;
    for (ServerView server : group.servers()) {
      replicas += server.role() == Role.MASTER ? 0 : 1;
      inService += server.isInService() ? 1 : 0;
    }
    return new Fields()
        .put("name", group.name())
        .put("state", Health.state(group))
        .put("engine", Values.lower(group.engine()))
        .put("routing", group.isRouting())
        .put("master", master == null ? null : master.name())
        .put("failover", mode(group))
        .put("replicas", new Fields().put("total", replicas).put("inService", inService).map())
        .put("statements", statements(group.counters()))
        .put("faults", group.faults())
        .put("alerts", AlertsView.count(group))
        .map();
  }

  static String mode(Group group) {
    return group.promotion() != null ? "promote" : group.failover() != null ? "follow" : "off";
  }

  static Map<String, Object> statements(RouteCounters counters) {
    long onReplicas = counters.onReplicas();
    long onMaster = counters.onMaster();
    return new Fields()
        .put("total", onReplicas + onMaster)
        .put("onReplicas", onReplicas)
        .put("onMaster", onMaster)
        .put("replicaShare", Values.share(onReplicas, onReplicas + onMaster))
        .map();
  }

  static Answer configuration(
      Request request, List<Group> groups, String node, Map<String, Object> body) {
    List<Object> all = new ArrayList<>();
    for (Group group : groups) {
      all.add(
          new Fields().put("name", group.name()).put("properties", group.configuration()).map());
    }
    Reloading file = Reloading.running();
    return Answer.ok(
        new Fields().put("file", file == null ? null : file.file()).put("groups", all).map());
  }
}
