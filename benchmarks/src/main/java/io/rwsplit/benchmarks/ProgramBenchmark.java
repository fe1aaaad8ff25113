package io.rwsplit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measures programs. For each pair three fresh processes (bare, bare again, agent), each on a
 * database of its own, are warmed up and then work in short slices in turn.
 */
final class ProgramBenchmark {

  private final Settings settings;
  private final PrintStream out;

  ProgramBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run(List<String> programs) throws IOException, SQLException {
    out.println("### Statements");
    out.println();
    out.println(
        "| case | bare, µs CPU | agent, µs CPU | **agent / bare** | bare / bare"
            + " | agent / bare, wall | bare / bare, wall | agent / bare, process CPU |");
    out.println("|---|---|---|---|---|---|---|---|");
    for (String program : programs) {
      row(program);
    }
    out.println();
  }

  private void row(String program) throws IOException, SQLException {
    Pairs thread = new Pairs();
    Pairs wall = new Pairs();
    Pairs process = new Pairs();
    for (int pair = 0; pair < settings.pairs(); pair++) {
      pair(program, pair, thread, wall, process);
    }
    out.printf(
        Locale.ROOT,
        "| `%s` | %.2f | %s | **%s** | %s | %s | %s | %s |%n",
        program,
        thread.bare().median() / 1e3,
        thread.hasAgent() ? String.format(Locale.ROOT, "%.2f", thread.agent().median() / 1e3) : "–",
        ratio(thread),
        thread.controlRatio().format("%.2f"),
        ratio(wall),
        wall.controlRatio().format("%.2f"),
        ratio(process));
  }

  private static String ratio(Pairs pairs) {
    return pairs.hasAgent() ? pairs.agentRatio().format("%.2f") : "–";
  }

  private void pair(String program, int pair, Pairs thread, Pairs wall, Pairs process)
      throws IOException, SQLException {
    try (Site bareSite = new Site(settings, "WAL");
        Site controlSite = new Site(settings, "WAL");
        Site agentSite = settings.withAgent() ? new Site(settings, "WAL") : null;
        MeasuredProcess bare = new MeasuredProcess(bareSite, Site.Under.BARE, program);
        MeasuredProcess control = new MeasuredProcess(controlSite, Site.Under.BARE, program);
        MeasuredProcess agent =
            agentSite == null ? null : new MeasuredProcess(agentSite, Site.Under.AGENT, program)) {
      List<MeasuredProcess> turn = new ArrayList<>();
      turn.add(bare);
      turn.add(control);
      if (agent != null) {
        turn.add(agent);
      }
      // Nobody is always first, neither in the warm-up nor in the slices.
      Collections.rotate(turn, pair);
      for (MeasuredProcess next : turn) {
        next.warmUp(settings.warmUpMillis());
      }
      for (int slice = 0; slice < settings.slices(); slice++) {
        for (MeasuredProcess next : turn) {
          next.measure(settings.sliceMillis());
        }
        Collections.rotate(turn, 1);
      }
      List<Slice> agentSlices = agent == null ? Collections.emptyList() : agent.slices();
      boolean has = !agentSlices.isEmpty();
      thread.add(
          Slice.threadCpu(bare.slices()),
          Slice.threadCpu(control.slices()),
          has ? Slice.threadCpu(agentSlices) : Double.NaN);
      wall.add(
          Slice.wall(bare.slices()),
          Slice.wall(control.slices()),
          has ? Slice.wall(agentSlices) : Double.NaN);
      process.add(
          Slice.processCpu(bare.slices()),
          Slice.processCpu(control.slices()),
          has ? Slice.processCpu(agentSlices) : Double.NaN);
    }
  }
}
