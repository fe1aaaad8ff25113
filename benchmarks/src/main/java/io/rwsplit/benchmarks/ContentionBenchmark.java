package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Contention;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Measures readers beside a writer who never pauses, round by round. */
final class ContentionBenchmark {

  private static final int READERS = 4;
  private static final int FIGURES = 6;

  private final Settings settings;
  private final PrintStream out;

  ContentionBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
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

  void run() throws IOException, SQLException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("bare, rollback journal", Site.Under.BARE, "DELETE"));
    ways.add(new Way("bare, rollback journal, again", Site.Under.BARE, "DELETE"));
    ways.add(new Way("bare, WAL", Site.Under.BARE, "WAL"));
    if (settings.withAgent()) {
      ways.add(new Way("agent, two replicas", Site.Under.AGENT, "DELETE"));
    }
    for (int round = 0; round < settings.pairs(); round++) {
      for (Way way : ways) {
        way.add(once(way));
      }
    }
    print(ways);
  }

  private void print(List<Way> ways) {
    out.println("### " + READERS + " readers beside a writer who never pauses");
    out.println();
    out.println(
        "| | reads/s | × rollback journal, round by round | read p50, µs | read p99, µs"
            + " | writes/s | × rollback journal, round by round | write p50, µs | write p99, µs |");
    out.println("|---|---|---|---|---|---|---|---|---|");
    List<List<Double>> base = ways.get(0).figures;
    for (Way way : ways) {
      List<List<Double>> figures = way.figures;
      StringBuilder row = new StringBuilder("| " + way.title);
      row.append(" | ").append(Summary.of(figures.get(0)).format("%,.0f"));
      row.append(" | ").append(times(figures.get(0), base.get(0)));
      row.append(" | ").append(micros(figures.get(1)));
      row.append(" | ").append(micros(figures.get(2)));
      row.append(" | ").append(Summary.of(figures.get(3)).format("%,.0f"));
      row.append(" | ").append(times(figures.get(3), base.get(3)));
      row.append(" | ").append(micros(figures.get(4)));
      row.append(" | ").append(micros(figures.get(5)));
      out.println(row.append(" |"));
    }
    out.println();
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

  private double[] once(Way way) throws IOException, SQLException, InterruptedException {
    int millis = settings.contentionMillis();
    try (Site site = new Site(settings, way.journalMode)) {
      List<String> command =
          site.command(
              way.under,
              Contention.class,
              site.url(),
              Integer.toString(READERS),
              Integer.toString(settings.warmUpMillis()),
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
