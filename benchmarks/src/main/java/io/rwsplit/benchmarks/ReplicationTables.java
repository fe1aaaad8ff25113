package io.rwsplit.benchmarks;

import static io.rwsplit.benchmarks.ReplicationBenchmark.format;

import io.rwsplit.benchmarks.program.PageRows;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures by size and number of replicas as tables, and as parts of the aims. */
final class ReplicationTables {
  /** Bytes of pages in a transaction of the paced writer. */
  private static final int PAYLOAD = PageRows.PAGES_PER_TRANSACTION * ReplicationBenchmark.PAGE;

  private final PrintStream out;

  ReplicationTables(PrintStream out) {
    this.out = out;
  }

  void print(List<ReplicationRun> runs, Aims aims) {
    firstCopies(runs, aims);
    lags(runs, aims);
    costs(runs);
    catchUps(runs, aims);
    reads(runs, aims);
  }

  private void head(String title, String columns) {
    out.println("### " + title);
    out.println();
    out.println(columns);
    out.println(columns.replaceAll("[^|]+", "---"));
  }

  private void row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    out.println(row);
  }

  private static double median(List<Double> figures) {
    return Summary.of(figures).median();
  }

  private static List<Double> ratios(List<Double> figures, List<Double> to) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      ratios.add(figures.get(i) / to.get(i));
    }
    return ratios;
  }

  private static String rate(double bytes, double nanos) {
    return format(bytes / 1e6 / (nanos / 1e9));
  }

  private void firstCopies(List<ReplicationRun> runs, Aims aims) {
    head(
        "First copy, of all replicas side by side",
        "| size × replicas | cp, ms | agent, ms | agent, MB/s | agent / cp |");
    for (ReplicationRun run : runs) {
      double nanos = median(run.firstCopies);
      String rate = rate((double) run.size.bytes() * run.replicas, nanos);
      if (run.copies.isEmpty()) {
        row(run.name(), "–", format(nanos / 1e6), rate, "–");
      } else {
        Summary ratio = Summary.of(ratios(run.firstCopies, run.copies));
        String copy = format(median(run.copies) / 1e6);
        row(run.name(), copy, format(nanos / 1e6), rate, ratio.format("%.2f"));
        aims.atMost("first copy ≤ 1.2 × cp", 1.2, run.name(), ratio.median());
      }
    }
    out.println();
  }

  private void lags(List<ReplicationRun> runs, Aims aims) {
    head(
        "Lag, " + ReplicationRun.PACE + " transactions of six pages a second, µs: p50 / p99 / max",
        "| size × replicas | detection alone | lag | p50 ratio | never pauses: transactions/s"
            + " | MB/s to each replica | behind at the end, ms |");
    for (ReplicationRun run : runs) {
      Distribution lag = run.lag();
      Distribution detection = run.detection();
      double ratio = lag.p50() / detection.p50();
      row(
          run.name(),
          detection.micros(),
          lag.micros(),
          format(ratio),
          String.format(Locale.ROOT, "%,.0f", run.flatOut[0]),
          format(run.flatOut[0] * PAYLOAD / 1e6),
          format(run.flatOut[1] / 1e6));
      aims.atMost("lag p50 ≤ 1.5 × detection alone", 1.5, run.name(), ratio);
      aims.atMost("lag p99 ≤ 10 ms", 10, run.name(), lag.p99() / 1e6);
    }
    out.println();
  }

  private void costs(List<ReplicationRun> runs) {
    head(
        "Cost of such a transaction: whole process; bytes by system calls, "
            + PAYLOAD / 1_000
            + " kB of them pages",
        "| size × replicas | agent, µs CPU | bare | agent, kB written | bare | agent, kB read"
            + " | bare |");
    for (ReplicationRun run : runs) {
      row(
          run.name(),
          format(run.paced.cost(0) / 1e3),
          format(run.bare.cost(0) / 1e3),
          format(run.paced.cost(2) / 1e3),
          format(run.bare.cost(2) / 1e3),
          format(run.paced.cost(1) / 1e3),
          format(run.bare.cost(1) / 1e3));
    }
    out.println();
  }

  private void catchUps(List<ReplicationRun> runs, Aims aims) {
    head(
        "Catching up with one transaction, MB/s to each replica",
        "| size × replicas | MB | bare SQLite writes it | cp | agent | frames/s | agent / bare"
            + " | agent / cp |");
    for (ReplicationRun run : runs) {
      double bytes = (double) run.burstPages * ReplicationBenchmark.PAGE;
      double nanos = median(run.catchUps);
      Summary toBare = Summary.of(ratios(run.bareBursts, run.catchUps));
      Summary toCopy = Summary.of(ratios(run.burstCopies, run.catchUps));
      row(
          run.name(),
          format(bytes / 1e6),
          rate(bytes, median(run.bareBursts)),
          rate(bytes, median(run.burstCopies)),
          rate(bytes, nanos),
          String.format(Locale.ROOT, "%,.0f", run.burstPages / (nanos / 1e9)),
          toBare.format("%.2f"),
          toCopy.format("%.2f"));
      aims.atLeast("catching up ≥ 0.5 × cp", 0.5, run.name(), toCopy.median());
    }
    out.println();
  }

  private void reads(List<ReplicationRun> runs, Aims aims) {
    head(
        "Reading ten rows beside that writer, µs: p50 / p99 / max",
        "| size × replicas | a file that nobody writes | a replica | p50 ratio | p99 ratio"
            + " | locks met |");
    for (ReplicationRun run : runs) {
      double p99 = run.reads.p99() / run.stillReads.p99();
      row(
          run.name(),
          run.stillReads.micros(),
          run.reads.micros(),
          format(run.reads.p50() / run.stillReads.p50()),
          format(p99),
          run.locksMet);
      aims.atMost("reader p99 ≤ 1.2 × that without apply", 1.2, run.name(), p99);
      aims.atMost("readers meet no lock", 0, run.name(), (double) run.locksMet);
    }
    out.println();
  }
}
