package io.rwsplit.http;

import io.rwsplit.observe.Estimate;
import io.rwsplit.observe.ObserveReport;
import io.rwsplit.operations.Group;
import io.rwsplit.route.RouteReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code rwsplit.mode=observe} has counted. Stateless. */
final class ObserveView {
  private static final int LONGEST = 1000;
  private static final int MOST_REPLICAS = 4;

  private ObserveView() {}

  static Answer answer(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Values.groups(
        groups,
        group -> {
          ObserveReport report = group.observed();
          return new Fields()
              .put("name", group.name())
              .put("mode", report == null ? "route" : "observe")
              .put("readPercent", group.readPercent() / 100.0)
              .put("report", report == null ? null : report(report))
              .map();
        });
  }

  private static Map<String, Object> report(ObserveReport report) {
    return new Fields()
        .put("seconds", report.seconds())
        .put("assumedLagMillis", Values.millis((double) report.lagNanos()))
        .put("windowMillis", Values.millis((double) report.windowNanos()))
        .put("configuredReplicas", report.replicas())
        .put("statements", statements(report))
        .put("reads", report.reads())
        .put("writes", report.writes())
        .put("others", report.others())
        .put("readShare", Values.share(report.reads(), report.reads() + report.writes()))
        .put("stays", stays(report))
        .put("digests", digests(report))
        .put("tables", tables(report))
        .put("estimate", estimate(report.estimate()))
        .map();
  }

  private static Map<String, Object> statements(ObserveReport report) {
    long all = report.statements();
    return new Fields()
        .put("total", all)
        .put("wouldMove", report.moves())
        .put("wouldStay", all - report.moves())
        .put("moveShare", Values.share(report.moves(), all))
        .put("millis", Values.millis((double) report.nanos()))
        .put("moveMillis", Values.millis((double) report.moveNanos()))
        .put("moveTimeShare", Values.share(report.moveNanos(), report.nanos()))
        .map();
  }

  private static List<Object> stays(ObserveReport report) {
    List<Object> stays = new ArrayList<>();
    for (ObserveReport.OfReason each : report.reasons()) {
      if (each.reason != RouteReason.OBSERVED) {
        stays.add(
            new Fields()
                .put("reason", Values.lower(each.reason))
                .put("text", each.reason.text())
                .put("statements", each.statements)
                .put("millis", Values.millis((double) each.nanos))
                .map());
      }
    }
    return stays;
  }

  private static List<Object> digests(ObserveReport report) {
    List<Object> digests = new ArrayList<>();
    for (ObserveReport.OfDigest each : report.digests()) {
      String text = each.digest;
      digests.add(
          new Fields()
              .put("statement", text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
              .put("executions", each.executions)
              .put("wouldMove", each.moves)
              .put("millis", Values.millis((double) each.nanos()))
              .put("moveMillis", Values.millis((double) each.moveNanos))
              .put("stayReason", each.stays == null ? null : Values.lower(each.stays))
              .put("stayText", each.stays == null ? null : each.stays.text())
              .map());
    }
    return digests;
  }

  private static List<Object> tables(ObserveReport report) {
    List<Object> tables = new ArrayList<>();
    for (ObserveReport.OfTable each : report.tables()) {
      tables.add(
          new Fields()
              .put("table", each.table)
              .put("reads", each.reads)
              .put("writes", each.writes)
              .put("readsAfterWrite", each.readsAfterWrite)
              .put("readAfterWriteShare", Values.share(each.readsAfterWrite, each.reads))
              .map());
    }
    return tables;
  }

  private static Map<String, Object> estimate(Estimate estimate) {
    List<Object> byReplicas = new ArrayList<>();
    for (int count = 1; count <= MOST_REPLICAS; count++) {
      byReplicas.add(
          new Fields()
              .put("replicas", count)
              .put("masterLoad", rounded(estimate.master()))
              .put("replicaLoad", rounded(estimate.replica(count)))
              .put("capacity", rounded(estimate.capacity(count)))
              .map());
    }
    return new Fields()
        .put(
            "method",
            "Parts of the time that statements took on the master, to the end of execute. Taken for"
                + " granted: replicas are as fast as the master and share the reads evenly.")
        .put("timeOffMaster", rounded(estimate.moves()))
        .put("byReplicas", byReplicas)
        .map();
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
