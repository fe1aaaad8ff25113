package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import io.rwsplit.topology.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of what was routed where and why, for the log. Stateless. */
public final class Summary {
  /** Chars of a digest that are shown. */
  private static final int MAX_DIGEST = 100;

  private Summary() {}

  /** Lines of the table, without line ends. */
  public static List<String> of(
      RouteCounters counters, Replica[] replicas, long faults, int statements) {
    List<String> lines = new ArrayList<>();
    long onReplicas = counters.onReplicas();
    long onMaster = counters.onMaster();
    long all = onReplicas + onMaster;
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d statements: %,d on replicas (%.1f %%), %,d on the master",
            all,
            onReplicas,
            all == 0 ? 0.0 : 100.0 * onReplicas / all,
            onMaster));
    lines.add(row("route", "statements", "share", "reason"));
    for (Replica replica : replicas) {
      long served = counters.onReplica(replica.index());
      lines.add(row(replica.name(), count(served), share(served, all), RouteReason.READ.text()));
    }
    for (RouteReason reason : RouteReason.values()) {
      long run = counters.onMaster(reason);
      if (run > 0) {
        lines.add(row("master", count(run), share(run, all), reason.text()));
      }
    }
    if (statements > 0) {
      addStatements(lines, counters.statements().top(statements));
    }
    for (Replica replica : replicas) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %s; lag: %s; %s",
              replica.name(),
              replica.inService() ? "in service" : "out of service",
              replica.lag(),
              replica.standing()));
    }
    if (faults > 0) {
      lines.add("internal faults: " + faults + " (the driver ran those statements as written)");
    }
    return lines;
  }

  private static void addStatements(List<String> lines, List<StatementCounter> top) {
    lines.add(
        String.format(Locale.ROOT, "  %12s %11s  %s", "executions", "on replicas", "statement"));
    for (StatementCounter each : top) {
      long all = each.executed();
      RouteReason main = each.mainReason();
      String digest = each.digest();
      lines.add(
          String.format(
              Locale.ROOT,
              "  %12s %11s  %s%s",
              count(all),
              share(each.executed(RouteReason.READ), all),
              digest.length() > MAX_DIGEST ? digest.substring(0, MAX_DIGEST) + "…" : digest,
              main == null ? "" : " (master: " + main.text() + ")"));
    }
  }

  private static String row(String route, String statements, String share, String reason) {
    return String.format(Locale.ROOT, "  %-12s %14s %8s  %s", route, statements, share, reason);
  }

  private static String count(long statements) {
    return String.format(Locale.ROOT, "%,d", statements);
  }

  private static String share(long part, long all) {
    return String.format(Locale.ROOT, "%.1f %%", all == 0 ? 0.0 : 100.0 * part / all);
  }
}
