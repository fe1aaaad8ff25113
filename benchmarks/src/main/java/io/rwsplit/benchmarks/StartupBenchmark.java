package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Hello;
import io.rwsplit.benchmarks.program.OneQuery;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a whole JVM costs from start to end, in CPU time of the process as bash's {@code
 * time} reports it (user + system, which counts every thread, ended ones too).
 */
final class StartupBenchmark {

  private static final String TIME = "TIMEFORMAT='TIME %U %S %R'; { time \"$@\"; } 2>&1";

  private final Settings settings;
  private final PrintStream out;

  StartupBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws IOException, SQLException, InterruptedException {
    out.println("### Start-up, whole process");
    out.println();
    out.println(
        "| program | bare, ms CPU | **agent less bare, ms CPU** | bare less bare, ms CPU"
            + " | agent less bare, ms wall | bare less bare, ms wall |");
    out.println("|---|---|---|---|---|---|");
    row("hello, agent not configured", Site.Under.IDLE_AGENT, Hello.class);
    row("hello", Site.Under.AGENT, Hello.class);
    row("one query, agent not configured", Site.Under.IDLE_AGENT, OneQuery.class);
    row("one query, replicas to be created", Site.Under.AGENT, OneQuery.class);
    out.println();
  }

  private void row(String title, Site.Under under, Class<?> main)
      throws IOException, SQLException, InterruptedException {
    Pairs cpu = new Pairs();
    Pairs wall = new Pairs();
    for (int pair = 0; pair < 2 * settings.pairs(); pair++) {
      double[] bare = once(Site.Under.BARE, main);
      double[] control = once(Site.Under.BARE, main);
      double[] agent =
          settings.withAgent() ? once(under, main) : new double[] {Double.NaN, Double.NaN};
      cpu.add(bare[0], control[0], agent[0]);
      wall.add(bare[1], control[1], agent[1]);
    }
    out.printf(
        Locale.ROOT,
        "| %s | %.0f | **%s** | %s | %s | %s |%n",
        title,
        cpu.bare().median(),
        difference(cpu),
        cpu.controlDifference().format("%.0f"),
        difference(wall),
        wall.controlDifference().format("%.0f"));
  }

  private static String difference(Pairs pairs) {
    return pairs.hasAgent() ? pairs.agentDifference().format("%.0f") : "–";
  }

  /** CPU and wall milliseconds of one process. */
  private double[] once(Site.Under under, Class<?> main)
      throws IOException, SQLException, InterruptedException {
    try (Site site = new Site(settings, "WAL")) {
      List<String> command = new ArrayList<>(Arrays.asList("bash", "-c", TIME, "bash"));
      command.addAll(site.command(under, main, site.url()));
      for (String line : Output.of(command, site.log(), 60)) {
        String[] words = line.split(" ", -1);
        if (words.length == 4 && words[0].equals("TIME")) {
          double user = Double.parseDouble(words[1]);
          double system = Double.parseDouble(words[2]);
          return new double[] {(user + system) * 1e3, Double.parseDouble(words[3]) * 1e3};
        }
      }
      throw new IOException("bash reported no time");
    }
  }
}
