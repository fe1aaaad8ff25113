package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Engine;
import io.rwsplit.benchmarks.program.Holding;
import io.rwsplit.benchmarks.program.Programs;
import java.io.File;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What many replicas, connections and statements cost, on SQLite. */
final class ScaleBenchmark {
  private static final String BARE = "bare";
  private static final String AGAIN = "bare again";
  private static final String AGENT = "agent, two replicas";
  private static final String REST = "process cpu at rest, ms/s";
  private static final double MIB = 1 << 20;
  private static final String[] METRICS = {
    "connections ms", "connections heap", "heap after a tenth", "statements ms", "heap after all"
  };

  private final Settings settings;
  private final Report report;

  ScaleBenchmark(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** So many replicas: a prepared read, and the process at rest. */
  void replicas(Budget budget) throws IOException, SQLException {
    int[] counts = settings.pace() == Pace.SMOKE ? new int[] {1, 2} : new int[] {1, 2, 8, 32};
    Rounds figures = new Rounds(BARE);
    while (budget.another()) {
      Map<String, ReplicaStage> stages = new LinkedHashMap<>();
      stages.put(BARE, new ReplicaStage(new Site(settings, "WAL"), 0));
      stages.put(AGAIN, new ReplicaStage(new Site(settings, "WAL"), 0));
      for (int count : settings.withAgent() ? counts : new int[0]) {
        stages.put(title(count), new ReplicaStage(new Site(settings, "WAL"), count));
      }
      round(stages, figures);
    }
    report.line("### Scale: replicas, a prepared read on SQLite");
    report.line("");
    report.line(
        "| %d rounds | µs CPU | ratio | ratio, wall | CPU of the process at rest, ms/s |",
        figures.count());
    report.line("|---|---|---|---|---|");
    for (String contender : figures.contenders()) {
      report.line(
          "| %s | %.2f | %s | %s | %s |",
          contender,
          figures.of(contender, StatementRound.CPU).median() / 1e3,
          figures.ratio(contender, StatementRound.CPU).format("%.2f"),
          figures.ratio(contender, StatementRound.WALL).format("%.2f"),
          figures.of(contender, REST).format("%.1f"));
    }
    report.line("");
    report.record("scale", "replicas", figures);
  }

  private static String title(int count) {
    return count == 1 ? "1 replica" : count + " replicas";
  }

  private void round(Map<String, ReplicaStage> stages, Rounds figures)
      throws IOException, SQLException {
    Map<String, MeasuredProcess> processes = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, ReplicaStage> each : stages.entrySet()) {
        Contender as = each.getValue().replicas == 0 ? Contender.BARE : Contender.ROUTE;
        MeasuredProcess process =
            new MeasuredProcess(settings, settings.java(), Engine.SQLITE, as, each.getValue());
        processes.put(each.getKey(), process);
        process.open(Programs.named("prepared-select"));
        process.await();
        process.warmUp(settings.pace().warmUpMillis());
        process.await();
      }
      for (int slice = 0; slice < settings.pace().slices(); slice++) {
        for (MeasuredProcess each : processes.values()) {
          each.measure(settings.pace().sliceMillis());
        }
      }
      for (MeasuredProcess each : processes.values()) {
        each.tell("rest " + settings.pace().restMillis());
      }
      for (Map.Entry<String, MeasuredProcess> each : processes.entrySet()) {
        List<Slice> slices = each.getValue().slices();
        figures.add(each.getKey(), StatementRound.CPU, Slice.threadCpu(slices));
        figures.add(each.getKey(), StatementRound.WALL, Slice.wall(slices));
        double rest = Double.parseDouble(each.getValue().answer()) / 1e6;
        figures.add(each.getKey(), REST, rest * 1_000 / settings.pace().restMillis());
      }
      for (MeasuredProcess each : processes.values()) {
        each.close();
      }
    } finally {
      for (MeasuredProcess each : processes.values()) {
        each.kill();
      }
      for (ReplicaStage each : stages.values()) {
        each.close();
      }
    }
  }

  /** A SQLite master with a number of replicas. */
  private static final class ReplicaStage implements Stage {
    private final Site site;
    private final int replicas;

    ReplicaStage(Site site, int replicas) {
      this.site = site;
      this.replicas = replicas;
    }

    @Override
    public String url() {
      return site.url();
    }

    @Override
    public List<String> agentOptions() {
      return site.agentOptions(replicas);
    }

    @Override
    public File log() {
      return site.log();
    }

    @Override
    public long[] serverReads() {
      return null;
    }

    @Override
    public void close() throws IOException {
      site.close();
    }
  }

  /** Many connections, and many distinct statements. */
  void holding(Budget budget) throws IOException, SQLException, InterruptedException {
    int connections = settings.pace() == Pace.SMOKE ? 20 : 1_000;
    int statements = settings.pace() == Pace.SMOKE ? 1_000 : 100_000;
    Map<String, Site.Under> ways = new LinkedHashMap<>();
    ways.put(BARE, Site.Under.BARE);
    ways.put(AGAIN, Site.Under.BARE);
    if (settings.withAgent()) {
      ways.put(AGENT, Site.Under.AGENT);
    }
    Rounds figures = new Rounds(BARE);
    while (budget.another()) {
      for (Map.Entry<String, Site.Under> way : ways.entrySet()) {
        try (Site site = new Site(settings, "WAL")) {
          List<String> command =
              site.command(
                  way.getValue(),
                  Holding.class,
                  site.url(),
                  Integer.toString(connections),
                  Integer.toString(statements));
          double[] round = Output.result(command, site.log(), 300, METRICS.length);
          for (int i = 0; i < METRICS.length; i++) {
            figures.add(way.getKey(), METRICS[i], round[i]);
          }
        }
      }
    }
    report.line(
        "### Scale: %,d connections with a read each, %,d distinct statements, SQLite",
        connections, statements);
    report.line("");
    report.line(
        "| %d rounds | connections, ms | ratio | heap while open beyond bare, MiB"
            + " | statements, ms | ratio | heap beyond bare after a tenth, MiB | after all, MiB |",
        figures.count());
    report.line("|---|---|---|---|---|---|---|---|");
    for (String way : figures.contenders()) {
      report.line(
          "| %s | %,.0f | %s | %s | %,.0f | %s | %s | %s |",
          way,
          figures.of(way, METRICS[0]).median(),
          figures.ratio(way, METRICS[0]).format("%.2f"),
          figures.difference(way, METRICS[1]).format("%.1f", 1 / MIB),
          figures.of(way, METRICS[3]).median(),
          figures.ratio(way, METRICS[3]).format("%.2f"),
          figures.difference(way, METRICS[2]).format("%.1f", 1 / MIB),
          figures.difference(way, METRICS[4]).format("%.1f", 1 / MIB));
    }
    report.line("");
    report.record("scale", "holding", figures);
    if (figures.contenders().contains(AGENT)) {
      for (int metric : Arrays.asList(2, 4)) {
        report
            .aims()
            .atMost(
                "heap kept after 10,000 distinct statements ≤ 8 MiB",
                8,
                metric == 2 ? "after 10,000" : "after 100,000",
                figures.difference(AGENT, METRICS[metric]).median() / MIB);
      }
    }
  }
}
