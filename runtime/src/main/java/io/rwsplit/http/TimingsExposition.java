package io.rwsplit.http;

import io.rwsplit.operations.Group;
import io.rwsplit.report.Histogram;
import io.rwsplit.report.Timings;
import io.rwsplit.topology.Replica;
import java.math.BigDecimal;
import java.util.List;

/** How long statements take, as Prometheus wants histograms. Not thread-safe. */
final class TimingsExposition {
  private static final double NANOS = 1e9;
  private static final String TIME = "rwsplit_statement_duration_seconds";
  private static final String SLOW = "rwsplit_slow_statements_total";

  private final StringBuilder out;

  TimingsExposition(StringBuilder out) {
    this.out = out;
  }

  void add(List<Group> groups) {
    head(TIME, "histogram", "Time of an execution on a node, to the first row of a result.");
    for (Group group : groups) {
      Timings timings = group.counters().timings();
      if (timings != null) {
        durations(timings, Timings.MASTER, labels(group, "master"));
        for (Replica replica : group.replicas()) {
          durations(timings, replica.index(), labels(group, replica.name()));
        }
      }
    }
    head(SLOW, "counter", "Executions that took longer than rwsplit.slow.threshold.");
    for (Group group : groups) {
      Timings timings = group.counters().timings();
      if (timings != null && timings.slow().threshold() > 0) {
        sample(SLOW, labels(group, "master"), timings.slow().count(Timings.MASTER));
        for (Replica replica : group.replicas()) {
          sample(SLOW, labels(group, replica.name()), timings.slow().count(replica.index()));
        }
      }
    }
  }

  private void durations(Timings timings, int node, String labels) {
    for (Timings.Kind kind : Timings.Kind.values()) {
      // A replica gets nothing but reads.
      if (node == Timings.MASTER || kind == Timings.Kind.READ) {
        histogram(timings.of(node, kind), labels + ",kind=\"" + kind.text() + '"');
      }
    }
  }

  private void histogram(Histogram histogram, String labels) {
    long nanos = histogram.nanos();
    long[] counts = histogram.counts();
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      String bound = i == counts.length - 1 ? "+Inf" : seconds(Histogram.bound(i));
      sample(TIME + "_bucket", labels + ",le=\"" + bound + '"', sum);
    }
    out.append(TIME).append("_sum{").append(labels).append("} ");
    out.append(nanos / NANOS).append('\n');
    sample(TIME + "_count", labels, sum);
  }

  /** Without an exponent, as Prometheus' own libraries write bounds. */
  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }

  private static String labels(Group group, String node) {
    return "group=\""
        + Exposition.escaped(group.name())
        + "\",node=\""
        + Exposition.escaped(node)
        + '"';
  }

  private void head(String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, long value) {
    out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }
}
