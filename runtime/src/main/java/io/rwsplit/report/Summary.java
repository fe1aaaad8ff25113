package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import io.rwsplit.topology.Replica;
import java.util.ArrayList;
import java.util.List;

/** The table of what was routed where and why, for the log. Stateless. */
public final class Summary {
  /** Chars of a digest that are shown. */
  private static final int MAX_DIGEST = 100;

  private Summary() {}

  /**
   * Lines of the table, without line ends.
   *
   * @param connections to each replica, by its index: in use, and open
   */
  public static List<String> of(
      RouteCounters counters,
      Replica[] replicas,
      int[][] connections,
      long faults,
      int statements) {
    List<String> lines = new ArrayList<>();
    long onReplicas = counters.onReplicas();
    long onMaster = counters.onMaster();
    long all = onReplicas + onMaster;
    lines.add(
        Figures.grouped(all)
            + " statements: "
            + Figures.grouped(onReplicas)
            + " on replicas ("
            + Figures.percent(onReplicas, all)
            + "), "
            + Figures.grouped(onMaster)
            + " on the master");
    lines.add(row("route", "statements", "share", "reason"));
    for (Replica replica : replicas) {
      long served = counters.onReplica(replica.index());
      lines.add(
          row(
              replica.name(),
              Figures.grouped(served),
              Figures.percent(served, all),
              RouteReason.READ.text()));
    }
    for (RouteReason reason : RouteReason.values()) {
      long run = counters.onMaster(reason);
      if (run > 0) {
        lines.add(row("master", Figures.grouped(run), Figures.percent(run, all), reason.text()));
      }
    }
    if (statements > 0) {
      addStatements(lines, counters.statements().top(statements));
    }
    for (Replica replica : replicas) {
      StringBuilder line = new StringBuilder(replica.name());
      line.append(replica.inService() ? ": in service" : ": out of service");
      line.append("; lag: ").append(replica.lag()).append("; ").append(replica.standing());
      BalanceText.traits(line, replica);
      int[] usage = connections[replica.index()];
      line.append("; connections in use: ").append(usage[0]).append(" of ").append(usage[1]);
      if (replica.poolProblem() != null) {
        line.append("; cannot open connections for reads: ").append(replica.poolProblem());
      }
      String remark = replica.replication().remark();
      if (remark != null && !replica.standing().contains(remark)) {
        line.append("; ").append(remark);
      }
      lines.add(line.toString());
    }
    if (faults > 0) {
      lines.add("internal faults: " + faults + " (the driver ran those statements as written)");
    }
    return lines;
  }

  private static void addStatements(List<String> lines, List<StatementCounter> top) {
    lines.add(statement("executions", "on replicas", "statement"));
    for (StatementCounter each : top) {
      long all = each.executed();
      RouteReason main = each.mainReason();
      String digest = each.digest();
      String text = digest.length() > MAX_DIGEST ? digest.substring(0, MAX_DIGEST) + "…" : digest;
      lines.add(
          statement(
              Figures.grouped(all),
              Figures.percent(each.executed(RouteReason.READ), all),
              main == null ? text : text + " (master: " + main.text() + ")"));
    }
  }

  private static String statement(String executions, String share, String text) {
    StringBuilder line = Figures.right(new StringBuilder("  "), executions, 12).append(' ');
    return Figures.right(line, share, 11).append("  ").append(text).toString();
  }

  private static String row(String route, String statements, String share, String reason) {
    StringBuilder line = Figures.left(new StringBuilder("  "), route, 12).append(' ');
    Figures.right(line, statements, 14).append(' ');
    return Figures.right(line, share, 8).append("  ").append(reason).toString();
  }
}
