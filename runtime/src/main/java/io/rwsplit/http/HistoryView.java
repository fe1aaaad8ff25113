package io.rwsplit.http;

import io.rwsplit.jfr.EventLog;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.jfr.KeptEvent;
import io.rwsplit.operations.Group;
import io.rwsplit.report.History;
import io.rwsplit.report.SlowStatement;
import io.rwsplit.report.SlowStatements;
import io.rwsplit.report.Timings;
import io.rwsplit.topology.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was, of late: figures by the second, events, slow statements. When something was is told as
 * its age, which no clock that jumps can make wrong. Stateless.
 */
final class HistoryView {
  private static final double NANOS = 1e9;

  private HistoryView() {}

  /** Seconds since a moment, with three decimals. */
  private static Double age(long at) {
    return Math.round(Math.max(0, System.nanoTime() - at) / NANOS * 1000) / 1000.0;
  }

  static Answer history(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    long after = after(request.parameter("after"));
    return Values.groups(groups, group -> history(group, after));
  }

  private static long after(String given) throws Refusal {
    if (given == null) {
      return 0;
    }
    try {
      long after = Long.parseLong(given);
      if (after >= 0) {
        return after;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal(400, "after is the number of a sample");
  }

  private static Map<String, Object> history(Group group, long after) {
    History history = group.history();
    List<History.Sample> samples =
        history == null ? new ArrayList<History.Sample>() : history.after(after);
    List<Object> ages = new ArrayList<>();
    List<Object> seconds = new ArrayList<>();
    for (History.Sample sample : samples) {
      ages.add(age(sample.at()));
      seconds.add(Values.millis((double) sample.nanos()) / 1000);
    }
    List<Object> nodes = new ArrayList<>();
    nodes.add(node("master", true, Timings.MASTER, samples));
    for (Replica replica : group.replicas()) {
      nodes.add(node(replica.name(), false, replica.index(), samples));
    }
    return new Fields()
        .put("name", group.name())
        .put("newest", samples.isEmpty() ? after : samples.get(samples.size() - 1).number())
        .put("ageSeconds", ages)
        .put("seconds", seconds)
        .put("nodes", nodes)
        .map();
  }

  private static Map<String, Object> node(
      String name, boolean master, int node, List<History.Sample> samples) {
    List<Object> executions = new ArrayList<>();
    List<Object> mean = new ArrayList<>();
    List<Object> percentile = new ArrayList<>();
    List<Object> lag = new ArrayList<>();
    List<Object> inUse = new ArrayList<>();
    for (History.Sample sample : samples) {
      History.Point point = sample.of(node);
      boolean none = point.executions() == 0;
      executions.add(point.executions());
      mean.add(none ? null : Values.millis(point.meanNanos()));
      percentile.add(none ? null : Values.millis((double) point.percentile95Nanos()));
      lag.add(point.isLagKnown() ? Values.millis((double) point.lagNanos()) : null);
      inUse.add((long) point.connectionsInUse());
    }
    return new Fields()
        .put("name", name)
        .put("master", master)
        .put("executions", executions)
        .put("meanMilliseconds", mean)
        .put("percentile95Milliseconds", percentile)
        .put("lagMilliseconds", master ? null : lag)
        .put("connectionsInUse", master ? null : inUse)
        .map();
  }

  static Answer events(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Values.groups(
        groups,
        group -> new Fields().put("name", group.name()).put("events", events(group.name())).map());
  }

  private static List<Object> events(String group) {
    List<Object> events = new ArrayList<>();
    EventLog log = FlightEvents.kept();
    if (log != null) {
      for (KeptEvent each : log.newest(group)) {
        events.add(
            new Fields()
                .put("number", each.number())
                .put("ageSeconds", age(each.at()))
                .put("kind", Values.lower(each.kind()))
                .put("trouble", each.isTrouble())
                .put("node", each.node())
                .put("text", each.text())
                .map());
      }
    }
    return events;
  }

  static Answer slow(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Values.groups(groups, HistoryView::slow);
  }

  private static Map<String, Object> slow(Group group) {
    Timings timings = group.counters().timings();
    Double threshold = null;
    List<Object> counts = new ArrayList<>();
    List<Object> newest = new ArrayList<>();
    if (timings != null && timings.slow().threshold() > 0) {
      SlowStatements slow = timings.slow();
      threshold = Values.millis((double) slow.threshold());
      counts.add(count("master", slow.count(Timings.MASTER)));
      for (Replica replica : group.replicas()) {
        counts.add(count(replica.name(), slow.count(replica.index())));
      }
      for (SlowStatement each : slow.newest()) {
        newest.add(statement(group, each));
      }
    }
    return new Fields()
        .put("name", group.name())
        .put("thresholdMilliseconds", threshold)
        .put("counts", counts)
        .put("newest", newest)
        .map();
  }

  private static Map<String, Object> count(String node, long count) {
    return new Fields().put("node", node).put("count", count).map();
  }

  private static Map<String, Object> statement(Group group, SlowStatement each) {
    boolean master = each.node() == Timings.MASTER;
    return new Fields()
        .put("ageSeconds", age(each.endedAt()))
        .put("node", master ? "master" : group.replicas().get(each.node()).name())
        .put("milliseconds", Values.millis((double) each.nanos()))
        .put("reason", each.reason().text())
        .put("statement", each.digest())
        .map();
  }
}
