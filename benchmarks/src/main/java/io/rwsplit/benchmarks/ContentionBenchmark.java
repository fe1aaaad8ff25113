package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Contention;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures readers who never pause beside one writer, round by round. */
final class ContentionBenchmark {
  private static final int READERS = 4;
  private static final String BARE = "bare, rollback journal";
  private static final String AGENT = "agent, two replicas";

  /** In the order in which the program prints them. */
  private static final String[] METRICS = {
    "reads/s",
    "read mean ns",
    "read p50 ns",
    "read p99 ns",
    "writes/s",
    "write mean ns",
    "write p50 ns",
    "write p99 ns",
    "lock errors/s"
  };

  private final Settings settings;
  private final Report report;

  ContentionBenchmark(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** One way to run it. Immutable. */
  private static final class Way {
    private final Site.Under under;
    private final String journalMode;

    Way(Site.Under under, String journalMode) {
      this.under = under;
      this.journalMode = journalMode;
    }
  }

  /**
   * Runs every way once per round.
   *
   * @param pauseMillis of the writer after every transaction; 0 for none
   */
  void run(int pauseMillis, Budget budget) throws IOException, SQLException, InterruptedException {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put(BARE, new Way(Site.Under.BARE, "DELETE"));
    ways.put("bare, rollback journal, again", new Way(Site.Under.BARE, "DELETE"));
    ways.put("bare, WAL switched on by hand", new Way(Site.Under.BARE, "WAL"));
    if (settings.withAgent()) {
      ways.put(AGENT, new Way(Site.Under.AGENT, "DELETE"));
    }
    Rounds figures = new Rounds(BARE);
    while (budget.another()) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        double[] round = once(way.getValue(), pauseMillis);
        for (int i = 0; i < METRICS.length; i++) {
          figures.add(way.getKey(), METRICS[i], round[i]);
        }
      }
    }
    print(figures, pauseMillis);
    report.record("contention", pauseMillis == 0 ? "flat out" : "paced", figures);
    if (settings.withAgent()) {
      aims(figures, pauseMillis == 0 ? "flat out" : "writer pauses " + pauseMillis + " ms");
    }
  }

  private void aims(Rounds figures, String where) {
    Aims aims = report.aims();
    aims.atLeast("contended reads ≥ 3 × bare", 3, where, figures.medianRatio(AGENT, "reads/s"));
    for (String metric : new String[] {"mean", "p99"}) {
      aims.atMost(
          "contended read latency ≤ 1/3 of bare",
          1 / 3.0,
          metric + ", " + where,
          figures.medianRatio(AGENT, "read " + metric + " ns"));
    }
    aims.atLeast(
        "contended writes not slower than bare", 1, where, figures.medianRatio(AGENT, "writes/s"));
  }

  private void print(Rounds figures, int pauseMillis) {
    String pace =
        pauseMillis == 0 ? "never pauses" : "pauses " + pauseMillis + " ms after each transaction";
    report.line("### SQLite: %d readers beside a writer who %s", READERS, pace);
    report.line("");
    String latencies = " mean, µs | p50, µs | p99, µs";
    report.line(
        "| %d rounds | reads/s | × first row | read%s | writes/s | × first row | write%s"
            + " | lock errors/s |",
        figures.count(), latencies, latencies);
    report.line("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (String way : figures.contenders()) {
      StringBuilder row = new StringBuilder("| " + way);
      for (String metric : METRICS) {
        if (metric.endsWith(" ns")) {
          row.append(" | ").append(figures.of(way, metric).format("%,.0f", 1e-3));
        } else if (metric.startsWith("lock")) {
          row.append(" | ").append(figures.of(way, metric).format("%.1f"));
        } else {
          row.append(" | ").append(figures.of(way, metric).format("%,.0f"));
          row.append(" | ")
              .append(
                  figures.hasRatio(way, metric) ? figures.ratio(way, metric).format("%.2f") : "–");
        }
      }
      report.out().println(row.append(" |"));
    }
    report.line("");
  }

  private double[] once(Way way, int pauseMillis)
      throws IOException, SQLException, InterruptedException {
    int millis = settings.pace().contentionMillis();
    try (Site site = new Site(settings, way.journalMode)) {
      List<String> command =
          site.command(
              way.under,
              Contention.class,
              site.url(),
              Integer.toString(READERS),
              Integer.toString(pauseMillis),
              Integer.toString(settings.pace().settlingMillis()),
              Integer.toString(millis));
      return Output.result(command, site.log(), 120 + millis / 1_000, METRICS.length);
    }
  }
}
