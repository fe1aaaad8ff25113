package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Engine;
import io.rwsplit.benchmarks.program.Load;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads per second of one PostgreSQL against one and two standbys, each server held to the same
 * part of a processor, so that three servers are three machines' worth.
 */
final class ServersBenchmark {
  private static final String BARE = "bare, one server";
  private static final String SHARED = "agent, two replicas and a third of the reads on the master";
  private static final String READS = "reads/s";
  private static final int THREADS = 24;

  /** Three servers together leave most of two processors to the client. */
  private static final double PROCESSORS = 0.15;

  private final Settings settings;
  private final Report report;

  ServersBenchmark(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  void run(Budget budget) throws IOException, SQLException, InterruptedException {
    try (Cgroups groups = Cgroups.find()) {
      if (groups == null) {
        report.leaveOut(
            "PostgreSQL 1 + 2 against one server: no control group for cpu can be written; be root");
        return;
      }
      // Ends first, so that the groups are empty.
      try (PostgresServers servers = PostgresServers.start(report)) {
        if (servers != null) {
          run(servers, groups, budget);
        }
      }
    }
  }

  private void run(PostgresServers servers, Cgroups groups, Budget budget)
      throws IOException, SQLException, InterruptedException {
    Stage stage = servers.stage(Contender.BARE);
    for (int node = 0; node <= PostgresServers.REPLICAS; node++) {
      groups.hold("node" + node, servers.cluster().pids(node), PROCESSORS);
    }
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put(BARE, Collections.emptyList());
    ways.put("bare, one server, again", Collections.emptyList());
    if (settings.withAgent()) {
      List<String> agent = new ArrayList<>();
      agent.add("-javaagent:" + settings.agent().getAbsolutePath());
      agent.addAll(stage.agentOptions());
      agent.add("-Drwsplit.pool.replica.max=" + THREADS);
      ways.put("agent, two replicas", agent);
      List<String> shared = new ArrayList<>(agent);
      shared.add("-Drwsplit.read.master-share=33");
      ways.put(SHARED, shared);
    }
    Rounds figures = new Rounds(BARE);
    while (budget.another()) {
      for (Map.Entry<String, List<String>> way : ways.entrySet()) {
        figures.add(way.getKey(), READS, once(stage, way.getValue()));
      }
    }
    report.line(
        "### PostgreSQL: %d threads that read, every server held to %.0f %% of a processor",
        THREADS, 100 * PROCESSORS);
    report.line("");
    report.line("| %d rounds | reads/s | × first row |", figures.count());
    report.line("|---|---|---|");
    for (String way : figures.contenders()) {
      report.line(
          "| %s | %s | %s |",
          way,
          figures.of(way, READS).format("%,.0f"),
          figures.hasRatio(way, READS) ? figures.ratio(way, READS).format("%.2f") : "–");
    }
    report.line("");
    report.record("servers", "reads", figures);
    if (figures.contenders().contains(SHARED)) {
      report
          .aims()
          .atLeast(
              "PostgreSQL 1 + 2, reads ≥ 2.7 × one server",
              2.7,
              "a third on the master",
              figures.medianRatio(SHARED, READS));
    }
  }

  private double once(Stage stage, List<String> options) throws IOException, InterruptedException {
    int millis = settings.pace().contentionMillis();
    List<String> command = new ArrayList<>();
    command.add(settings.java().getPath());
    command.addAll(options);
    command.addAll(Arrays.asList("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m"));
    command.addAll(Arrays.asList("-cp", ClassPaths.of(Engine.POSTGRESQL), Load.class.getName()));
    command.addAll(Arrays.asList(stage.url(), Integer.toString(THREADS)));
    command.add(Integer.toString(2 * settings.pace().settlingMillis()));
    command.add(Integer.toString(millis));
    return Output.result(command, stage.log(), 180, 1)[0];
  }
}
