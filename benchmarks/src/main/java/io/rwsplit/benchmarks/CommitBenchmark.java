package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Commits;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what commits cost that wait for replicas, every way in turn, round by round. */
final class CommitBenchmark {
  private static final String BARE = "bare";
  private static final String[] METRICS = {
    "update p50 ns", "update p99 ns", "commit p50 ns", "commit p99 ns"
  };

  private final Settings settings;
  private final Report report;

  CommitBenchmark(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /**
   * Runs every way once per round.
   *
   * @param pauseMillis of the writer after every commit; 0 for none
   */
  void run(int pauseMillis, Budget budget) throws IOException, SQLException, InterruptedException {
    Map<String, String> ways = new LinkedHashMap<>();
    ways.put(BARE, null);
    if (settings.withAgent()) {
      ways.put("`async`", "-Drwsplit.sync=async");
      ways.put("`semi-sync`, one of two", "-Drwsplit.sync=semi-sync");
      ways.put("`sync`, two replicas", "-Drwsplit.sync=sync");
    }
    Rounds figures = new Rounds(BARE);
    while (budget.another()) {
      for (Map.Entry<String, String> way : ways.entrySet()) {
        double[] round = once(way.getValue(), pauseMillis);
        for (int i = 0; i < METRICS.length; i++) {
          figures.add(way.getKey(), METRICS[i], round[i]);
        }
      }
    }
    report.line(
        "### Commits of one writer who %s",
        pauseMillis == 0 ? "never pauses" : "pauses " + pauseMillis + " ms after each");
    report.line("");
    report.line(
        "| %d rounds | UPDATE in autocommit, p50, µs | p99, µs | commit(), p50, µs | p99, µs |",
        figures.count());
    report.line("|---|---|---|---|---|");
    for (String way : figures.contenders()) {
      StringBuilder row = new StringBuilder("| " + way);
      for (String metric : METRICS) {
        row.append(" | ").append(figures.of(way, metric).format("%,.0f", 1e-3));
      }
      report.out().println(row.append(" |"));
    }
    report.line("");
    report.record("commit", pauseMillis == 0 ? "flat out" : "paced", figures);
  }

  /**
   * @param option of the agent; null: bare
   */
  private double[] once(String option, int pauseMillis)
      throws IOException, SQLException, InterruptedException {
    int millis = settings.pace().contentionMillis();
    try (Site site = new Site(settings, "WAL")) {
      List<String> command =
          site.command(
              option == null ? Site.Under.BARE : Site.Under.AGENT,
              Commits.class,
              site.url(),
              Integer.toString(pauseMillis),
              Integer.toString(settings.pace().settlingMillis()),
              Integer.toString(millis));
      if (option != null) {
        command.add(1, option);
      }
      return Output.result(command, site.log(), 120 + millis / 1_000, METRICS.length);
    }
  }
}
