package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.PacedWriter;
import io.rwsplit.benchmarks.program.PageRows;
import io.rwsplit.benchmarks.program.ReplicaWatcher;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lag and speed of one replica by the size of the pages, at one size of the database. */
final class ReplicationPages {
  private static final int[] SIZES = {1_024, 4_096, 16_384, 65_536};
  private static final int PACE = 100;
  private static final int BURST = 8 << 20;
  private static final ByteSize DATABASE = ByteSize.of(32L << 20);

  private final Settings settings;
  private final PrintStream out;

  ReplicationPages(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run(ReplicationSite site) throws IOException, SQLException, InterruptedException {
    out.println(
        "### By page size, " + DATABASE + " × 1, " + PACE + " transactions of six pages a second");
    out.println();
    out.println(
        "| page | kB a transaction | lag p50 / p99 / max, µs | process CPU, µs | catching up, MB/s |");
    out.println("|---|---|---|---|---|");
    for (int page : (settings.pace() != Pace.MEDIUM) ? new int[] {4_096, 65_536} : SIZES) {
      String master = "pages.db";
      PageRows.create("jdbc:sqlite:" + site.file(master), page, DATABASE.bytes());
      List<String> replica = site.replicas(master, 1);
      try (TalkingProcess writer =
          site.agent(master, replica, PacedWriter.class, site.file(master), site.file("times"))) {
        int rows = Integer.parseInt(writer.result());
        writer.awaitErr(" streams at ", 1);
        try (TalkingProcess watcher =
            site.bare(
                ReplicaWatcher.class, site.file(ReplicationBenchmark.STILL), replica.get(0))) {
          watcher.result();
          out.println(row(new ReplicaProbe(site, writer, watcher, 1), page, rows));
        }
      }
      site.delete(master);
    }
    out.println();
  }

  private String row(ReplicaProbe probe, int page, int rows) throws IOException {
    int millis = settings.pace().replicationMillis();
    probe.flatOut(millis / 4);
    ReplicaProbe.Paced paced = new ReplicaProbe.Paced();
    List<Double> rates = new ArrayList<>();
    int pages = Math.min(rows, BURST / page);
    for (int round = 0; round < settings.pace().repetitions(); round++) {
      probe.paced(paced, PACE, millis);
      rates.add(pages * (double) page / 1e6 / (probe.burst(pages) / 1e9));
    }
    return String.format(
        Locale.ROOT,
        "| %,d | %.0f | %s | %,.0f | %s |",
        page,
        PageRows.PAGES_PER_TRANSACTION * page / 1e3,
        paced.lag().micros(),
        paced.cost(0) / 1e3,
        Summary.of(rates).format("%,.0f"));
  }
}
