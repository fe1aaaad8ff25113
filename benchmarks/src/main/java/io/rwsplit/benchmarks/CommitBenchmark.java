package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Commits;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Measures what commits cost that wait for replicas, every way in turn, round by round. */
final class CommitBenchmark {
  private static final int FIGURES = 4;

  private final Settings settings;
  private final Report report;

  CommitBenchmark(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** One way to run it, and its figures. */
  private static final class Way {
    private final String title;
    private final Site.Under under;
    private final String option;
    private final List<List<Double>> figures = new ArrayList<>();

    Way(String title, Site.Under under, String option) {
      this.title = title;
      this.under = under;
      this.option = option;
      for (int i = 0; i < FIGURES; i++) {
        figures.add(new ArrayList<>());
      }
    }
  }

  /**
   * Runs every way once per round.
   *
   * @param pauseMillis of the writer after every commit; 0 for none
   */
  void run(int pauseMillis, Budget budget) throws IOException, SQLException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("bare", Site.Under.BARE, null));
    ways.add(new Way("`async`", Site.Under.AGENT, "-Drwsplit.sync=async"));
    ways.add(new Way("`semi-sync`, one of two", Site.Under.AGENT, "-Drwsplit.sync=semi-sync"));
    ways.add(new Way("`sync`, two replicas", Site.Under.AGENT, "-Drwsplit.sync=sync"));
    while (budget.another()) {
      for (Way way : ways) {
        double[] figures = once(way, pauseMillis);
        for (int i = 0; i < FIGURES; i++) {
          way.figures.get(i).add(figures[i] / 1e3);
        }
      }
    }
    report
        .out()
        .println(
            "### Commits of one writer who "
                + (pauseMillis == 0 ? "never pauses" : "pauses " + pauseMillis + " ms after each"));
    report.out().println();
    report
        .out()
        .println("| | UPDATE in autocommit, p50, µs | p99, µs | commit(), p50, µs | p99, µs |");
    report.out().println("|---|---|---|---|---|");
    for (Way way : ways) {
      StringBuilder row = new StringBuilder("| " + way.title);
      for (List<Double> each : way.figures) {
        row.append(" | ").append(Summary.of(each).format("%,.0f"));
      }
      report.out().println(row.append(" |"));
    }
    report.out().println();
  }

  private double[] once(Way way, int pauseMillis)
      throws IOException, SQLException, InterruptedException {
    int millis = settings.pace().contentionMillis();
    try (Site site = new Site(settings, "WAL")) {
      List<String> command =
          site.command(
              way.under,
              Commits.class,
              site.url(),
              Integer.toString(pauseMillis),
              Integer.toString(settings.pace().warmUpMillis()),
              Integer.toString(millis));
      if (way.option != null) {
        command.add(1, way.option);
      }
      for (String line : Output.of(command, site.log(), 60 + millis / 1_000)) {
        String[] words = line.split(" ", -1);
        if (words.length == FIGURES + 1 && words[0].equals("RESULT")) {
          double[] figures = new double[FIGURES];
          for (int i = 0; i < FIGURES; i++) {
            figures[i] = Double.parseDouble(words[i + 1]);
          }
          return figures;
        }
      }
      throw new IOException("no result:\n" + Output.tail(site.log()));
    }
  }
}
