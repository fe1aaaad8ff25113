package io.rwsplit.http;

import io.rwsplit.compare.CompareReport;
import io.rwsplit.compare.Finding;
import io.rwsplit.compare.Undecided;
import io.rwsplit.operations.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What comparing reads has found. Stateless. */
final class CompareView {
  private CompareView() {}

  static Answer answer(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Values.groups(
        groups,
        group -> {
          CompareReport report = group.compared();
          return new Fields()
              .put("name", group.name())
              .put("report", report == null ? null : report(report))
              .map();
        });
  }

  private static Map<String, Object> report(CompareReport report) {
    Fields undecided = new Fields();
    for (Map.Entry<Undecided, Long> each : report.undecided().entrySet()) {
      undecided.put(each.getKey().toString(), each.getValue());
    }
    List<Object> replicas = new ArrayList<>();
    for (Map.Entry<String, Integer> each : report.standing().entrySet()) {
      replicas.add(new Fields().put("name", each.getKey()).put("standing", each.getValue()).map());
    }
    List<Object> differences = new ArrayList<>();
    for (Finding each : report.findings()) {
      differences.add(difference(each));
    }
    return new Fields()
        .put("percent", report.hundredths() / 100.0)
        .put("compared", report.compared())
        .put("same", report.same())
        .put("different", report.different())
        .put("undecided", report.undecidedOfAll())
        .put("causes", undecided.map())
        .put("dropped", report.dropped())
        .put("waiting", report.waiting())
        .put("replicas", replicas)
        .put("differences", differences)
        .map();
  }

  private static Map<String, Object> difference(Finding finding) {
    long now = System.currentTimeMillis();
    boolean stands = finding.resolvedMillis() == 0;
    return new Fields()
        .put("replica", finding.replica())
        .put("statement", finding.digest())
        .put("stands", stands)
        .put("ageMillis", Math.max(0, now - finding.millis()))
        .put("masterRows", finding.masterRows())
        .put("replicaRows", finding.replicaRows())
        .put("onlyMaster", finding.onlyMaster())
        .put("onlyReplica", finding.onlyReplica())
        .put("columns", new ArrayList<Object>(finding.columns()))
        .put("keys", finding.keys() == null ? null : new ArrayList<Object>(finding.keys()))
        .map();
  }
}
