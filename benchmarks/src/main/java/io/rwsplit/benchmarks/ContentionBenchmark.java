package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Contention;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Measures readers who never pause beside one writer, round by round. */
final class ContentionBenchmark {

  private static final int READERS = 4;
  private static final int FIGURES = 8;

  private final Settings settings;
  private final Report report;

  ContentionBenchmark(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** One way to run it, and its figures, round by round. */
  private static final class Way {
    private final String title;
    private final Site.Under under;
    private final String journalMode;
    private final List<List<Double>> figures = new ArrayList<>();

    Way(String title, Site.Under under, String journalMode) {
      this.title = title;
      this.under = under;
      this.journalMode = journalMode;
      for (int i = 0; i < FIGURES; i++) {
        figures.add(new ArrayList<>());
      }
    }

    void add(double[] round) {
      for (int i = 0; i < FIGURES; i++) {
        figures.get(i).add(round[i]);
      }
    }
  }

  /**
   * Runs every way once per round.
   *
   * @param pauseMillis of the writer after every transaction; 0 for none
   */
  void run(int pauseMillis, Budget budget) throws IOException, SQLException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("bare, rollback journal", Site.Under.BARE, "DELETE"));
    ways.add(new Way("bare, rollback journal, again", Site.Under.BARE, "DELETE"));
    ways.add(new Way("bare, WAL", Site.Under.BARE, "WAL"));
    if (settings.withAgent()) {
      ways.add(new Way("agent, two replicas", Site.Under.AGENT, "DELETE"));
    }
    while (budget.another()) {
      for (Way way : ways) {
        way.add(once(way, pauseMillis));
      }
    }
    print(ways, pauseMillis);
  }

  private void print(List<Way> ways, int pauseMillis) {
    String pace =
        pauseMillis == 0 ? "never pauses" : "pauses " + pauseMillis + " ms after each transaction";
    report.out().println("### " + READERS + " readers beside a writer who " + pace);
    report.out().println();
    String latencies = " mean, µs | p50, µs | p99, µs";
    report
        .out()
        .println(
            "| | reads/s | × first row | read"
                + latencies
                + " | writes/s | × first row | write"
                + latencies
                + " |");
    report.out().println("|---|---|---|---|---|---|---|---|---|---|---|");
    List<List<Double>> base = ways.get(0).figures;
    for (Way way : ways) {
      List<List<Double>> figures = way.figures;
      StringBuilder row = new StringBuilder("| " + way.title);
      for (int i = 0; i < FIGURES; i++) {
        boolean rate = i % (FIGURES / 2) == 0;
        if (rate) {
          row.append(" | ").append(Summary.of(figures.get(i)).format("%,.0f"));
          row.append(" | ").append(times(figures.get(i), base.get(i)));
        } else {
          row.append(" | ").append(micros(figures.get(i)));
        }
      }
      report.out().println(row.append(" |"));
    }
    report.out().println();
  }

  private static String times(List<Double> figures, List<Double> base) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      ratios.add(figures.get(i) / base.get(i));
    }
    return Summary.of(ratios).format("%.2f");
  }

  private static String micros(List<Double> nanos) {
    List<Double> micros = new ArrayList<>();
    for (double figure : nanos) {
      micros.add(figure / 1e3);
    }
    return Summary.of(micros).format("%,.0f");
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
              Integer.toString(settings.pace().warmUpMillis()),
              Integer.toString(millis));
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
