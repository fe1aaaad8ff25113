package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.PacedWriter;
import io.rwsplit.benchmarks.program.PageRows;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures replication of SQLite by size of the database and number of replicas, by size of the
 * pages, and what it costs the master, and holds the figures against the aims.
 */
final class ReplicationBenchmark {
  /** Larger sizes are copied once, smaller ones several times. */
  private static final long SMALL = 256L << 20;

  /** What logs and the other databases may need beside masters, replicas and copies. */
  private static final long MARGIN = 2L << 30;

  /** A transaction of so many pages is what replicas catch up with. */
  static final int BURST_PAGES = 16_384;

  static final int PAGE = 4_096;
  static final String STILL = "still.db";
  static final String YARDSTICK = "yardstick.db";

  private static final int STILL_BYTES = 10 << 20;

  private final Settings settings;
  private final PrintStream out;
  private final Aims aims = new Aims();
  private final List<String> leftOut = new ArrayList<>();

  ReplicationBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws IOException, SQLException, InterruptedException {
    List<ReplicationRun> runs = new ArrayList<>();
    try (ReplicationSite site = new ReplicationSite(settings)) {
      PageRows.create("jdbc:sqlite:" + site.file(STILL), PAGE, STILL_BYTES);
      PageRows.create(
          "jdbc:sqlite:" + site.file(YARDSTICK), PAGE, (long) BURST_PAGES * PAGE + STILL_BYTES);
      try (TalkingProcess yardstick =
          site.bare(PacedWriter.class, site.file(YARDSTICK), site.file("times"), "detect")) {
        yardstick.result();
        for (ByteSize size : settings.sizes()) {
          scale(site, yardstick, size, runs);
        }
        new ReplicationTables(out).print(runs, aims);
        new ReplicationPages(settings, out).run(site);
      }
      new ReplicationCommits(settings, out, aims).run(site);
    }
    independence(runs);
    out.println("### Aims");
    out.println();
    aims.print(out);
    for (String each : leftOut) {
      out.println("Left out: " + each + ".");
    }
  }

  private void scale(
      ReplicationSite site, TalkingProcess yardstick, ByteSize size, List<ReplicationRun> runs)
      throws IOException, SQLException, InterruptedException {
    String master = "master.db";
    boolean created = false;
    for (int replicas : settings.replicas()) {
      boolean compare = replicas == 1 || replicas * size.bytes() <= 4 * SMALL;
      String obstacle = obstacle(site, size, replicas);
      if (obstacle != null) {
        leftOut.add(size + " × " + replicas + ": " + obstacle);
        continue;
      }
      if (!created) {
        PageRows.create("jdbc:sqlite:" + site.file(master), PAGE, size.bytes());
        created = true;
      }
      int rounds = size.bytes() > SMALL ? 1 : settings.pace().repetitions();
      ReplicationRun run = new ReplicationRun(settings, site, size, replicas);
      run.measure(master, yardstick, rounds, compare);
      runs.add(run);
    }
    site.delete(master);
  }

  private String obstacle(ReplicationSite site, ByteSize size, int replicas) throws IOException {
    long written = size.bytes() * replicas;
    if (written > settings.most().bytes()) {
      return "its replicas are " + ByteSize.of(written) + ", more than --most " + settings.most();
    }
    // Copies by cp are deleted before the agent makes its own.
    long master = Files.exists(site.path("master.db")) ? 0 : size.bytes();
    long needed = master + written + MARGIN;
    long free = site.free();
    return free < needed
        ? "it needs " + ByteSize.of(needed) + ", and " + ByteSize.of(free) + " are free"
        : null;
  }

  private void independence(List<ReplicationRun> runs) {
    for (ReplicationRun run : runs) {
      for (ReplicationRun first : runs) {
        if (first.replicas == run.replicas && first.size.bytes() < run.size.bytes()) {
          aims.atMost(
              "independent of size: lag p50 ≤ 1.25 × that of the smallest",
              1.25,
              run.name(),
              run.lag().p50() / first.lag().p50());
          break;
        }
      }
    }
  }

  static String format(double figure) {
    return String.format(Locale.ROOT, figure < 10 ? "%.2f" : "%,.0f", figure);
  }
}
