package io.rwsplit.observe;

import io.rwsplit.report.Figures;
import io.rwsplit.route.RouteReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The report as lines for the log. Stateless. */
public final class ObserveText {
  private static final int MAX_DIGEST = 100;
  private static final int TABLES = 10;
  private static final int MOST_REPLICAS = 4;

  private ObserveText() {}

  /**
   * Lines of the report, without line ends.
   *
   * @param statements how many digests are named
   */
  public static List<String> of(ObserveReport report, int statements) {
    List<String> lines = new ArrayList<>();
    long all = report.statements();
    lines.add(
        "observed, nothing routed: "
            + Figures.grouped(all)
            + " statements ("
            + Figures.grouped(report.reads())
            + " read, "
            + Figures.grouped(report.writes())
            + " may write); "
            + Figures.grouped(report.moves())
            + " would move to replicas ("
            + Figures.percent(report.moves(), all)
            + ", and "
            + Figures.percent(report.moveNanos(), report.nanos())
            + " of the time)");
    lines.add(row("statements", "share", "of time", "reason"));
    for (ObserveReport.OfReason each : report.reasons()) {
      boolean moves = each.reason == RouteReason.OBSERVED;
      lines.add(
          row(
              Figures.grouped(each.statements),
              Figures.percent(each.statements, all),
              Figures.percent(each.nanos, report.nanos()),
              moves ? "would move" : "would stay: " + each.reason.text()));
    }
    addStatements(lines, report, statements);
    addTables(lines, report);
    addEstimate(lines, report);
    return lines;
  }

  private static void addStatements(List<String> lines, ObserveReport report, int most) {
    for (int i = 0; i < most && i < report.digests().size(); i++) {
      ObserveReport.OfDigest each = report.digests().get(i);
      String digest = each.digest;
      String text = digest.length() > MAX_DIGEST ? digest.substring(0, MAX_DIGEST) + "…" : digest;
      lines.add(
          row(
              Figures.grouped(each.executions),
              Figures.percent(each.moves, each.executions) + " move",
              Figures.percent(each.nanos(), report.nanos()),
              each.stays == null ? text : text + " (would stay: " + each.stays.text() + ")"));
    }
  }

  private static void addTables(List<String> lines, ObserveReport report) {
    for (int i = 0; i < TABLES && i < report.tables().size(); i++) {
      ObserveReport.OfTable each = report.tables().get(i);
      if (each.readsAfterWrite > 0) {
        lines.add(
            "table "
                + each.table
                + ": "
                + Figures.grouped(each.readsAfterWrite)
                + " of "
                + Figures.grouped(each.reads)
                + " reads within "
                + TimeUnit.NANOSECONDS.toMillis(report.windowNanos())
                + " ms after a write of it on the same thread");
      }
    }
  }

  private static void addEstimate(List<String> lines, ObserveReport report) {
    StringBuilder line = new StringBuilder("estimate: ");
    line.append(percent(report.estimate().master())).append(" of the time stays on the master");
    for (int count = 1; count <= MOST_REPLICAS; count++) {
      line.append(count == 1 ? "; each of 1 replica gets " : ", of " + count + " ");
      line.append(percent(report.estimate().replica(count)));
    }
    lines.add(line.toString());
  }

  private static String percent(double part) {
    return Figures.percent(Math.round(part * 1_000_000), 1_000_000);
  }

  private static String row(String statements, String share, String time, String text) {
    StringBuilder line = Figures.right(new StringBuilder("  "), statements, 12).append(' ');
    Figures.right(line, share, 12).append(' ');
    return Figures.right(line, time, 8).append("  ").append(text).toString();
  }
}
