package io.rwsplit.http;

import io.rwsplit.compare.CompareReport;
import io.rwsplit.compare.Undecided;
import io.rwsplit.operations.Group;
import java.util.List;
import java.util.Map;

/** The figures of compared reads for Prometheus; labels are of groups, replicas and causes. */
final class CompareFigures {
  private final StringBuilder out;

  CompareFigures(StringBuilder out) {
    this.out = out;
  }

  /** One figure of a group's report. */
  private interface OfReport {
    void add(CompareReport report, String group);
  }

  void add(List<Group> groups) {
    family("rwsplit_compared_reads_total", "counter", "Reads compared with the master, by result.");
    each(
        groups,
        (report, group) -> {
          String name = "rwsplit_compared_reads_total";
          sample(name, group + ",result=\"same\"", report.same());
          sample(name, group + ",result=\"different\"", report.different());
          sample(name, group + ",result=\"undecided\"", report.undecidedOfAll());
        });
    family(
        "rwsplit_compare_undecided_total", "counter", "Comparisons that told nothing, by cause.");
    each(
        groups,
        (report, group) -> {
          for (Map.Entry<Undecided, Long> cause : report.undecided().entrySet()) {
            sample(
                "rwsplit_compare_undecided_total",
                group + ",cause=\"" + cause.getKey() + '"',
                cause.getValue());
          }
        });
    family("rwsplit_compare_dropped_total", "counter", "Sampled reads there was no room for.");
    each(
        groups,
        (report, group) -> sample("rwsplit_compare_dropped_total", group, report.dropped()));
    family("rwsplit_data_mismatches", "gauge", "Differences to the master that are still there.");
    each(
        groups,
        (report, group) -> {
          for (Map.Entry<String, Integer> replica : report.standing().entrySet()) {
            sample(
                "rwsplit_data_mismatches",
                group + ",replica=\"" + Exposition.escaped(replica.getKey()) + '"',
                replica.getValue());
          }
        });
  }

  private static void each(List<Group> groups, OfReport figure) {
    for (Group group : groups) {
      CompareReport report = group.compared();
      if (report != null) {
        figure.add(report, "group=\"" + Exposition.escaped(group.name()) + '"');
      }
    }
  }

  private void family(String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, long value) {
    out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }
}
