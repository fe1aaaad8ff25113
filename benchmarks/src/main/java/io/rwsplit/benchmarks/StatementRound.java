package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Case;
import io.rwsplit.benchmarks.program.Engine;
import java.io.File;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One round: a fresh process for each contender, each on a database of its own. They are warmed up
 * side by side, and then work in short slices in turn. Used by one thread.
 */
final class StatementRound {
  static final String CPU = "cpu ns";
  static final String WALL = "wall ns";
  static final String PROCESS = "process cpu ns";
  static final String BYTES = "allocated bytes";
  static final String OPERATIONS = "operations";

  /** The part of its statements that the agent ran on replicas, by its own count. */
  static final String ROUTED = "routed to replicas";

  /** The part of all looks into tables that replicas had, by the servers' count. */
  static final String SERVED = "served by replicas";

  private final Settings settings;
  private final Engine engine;
  private final List<Contender> contenders;
  private final File java;
  private final int number;

  /**
   * @param java that runs the processes
   * @param number of the round: another contender begins in each
   */
  StatementRound(
      Settings settings, Engine engine, List<Contender> contenders, File java, int number) {
    this.settings = settings;
    this.engine = engine;
    this.contenders = contenders;
    this.java = java;
    this.number = number;
  }

  /** A contender of this round. */
  private static final class Runner {
    final Contender contender;
    final Stage stage;
    final MeasuredProcess process;
    final long[] readsBefore;

    Runner(Contender contender, Stage stage, MeasuredProcess process, long[] readsBefore) {
      this.contender = contender;
      this.stage = stage;
      this.process = process;
      this.readsBefore = readsBefore;
    }
  }

  /**
   * Runs the cases one after the other in the same processes.
   *
   * @param servers null but for PostgreSQL
   * @param figures of each case, in their order
   */
  void run(PostgresServers servers, List<Case> cases, List<Rounds> figures)
      throws IOException, SQLException {
    List<Runner> runners = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        Stage stage =
            servers == null
                ? new LocalStage(settings, engine, contender)
                : servers.stage(contender);
        long[] before = stage.serverReads();
        runners.add(
            new Runner(
                contender,
                stage,
                new MeasuredProcess(settings, java, engine, contender, stage),
                before));
      }
      for (int i = 0; i < cases.size(); i++) {
        run(cases.get(i), runners, figures.get(i));
      }
      for (Runner runner : runners) {
        runner.process.close();
        served(runner, cases, figures);
      }
    } finally {
      for (Runner runner : runners) {
        runner.process.kill();
        runner.stage.close();
      }
    }
  }

  private void run(Case which, List<Runner> all, Rounds figures) throws IOException {
    List<Runner> runners = new ArrayList<>();
    for (Runner each : all) {
      if (each.contender.runs(which)) {
        runners.add(each);
      }
    }
    for (Runner runner : runners) {
      runner.process.open(which);
    }
    for (Runner runner : runners) {
      runner.process.await();
    }
    // All at once, each as long as it would take alone on one of the processors.
    int processors = Math.max(1, Runtime.getRuntime().availableProcessors());
    int share = Math.max(1, (runners.size() + processors - 1) / processors);
    for (Runner runner : runners) {
      runner.process.warmUp(share * settings.pace().warmUpMillis());
    }
    for (Runner runner : runners) {
      runner.process.await();
    }
    List<Runner> turn = new ArrayList<>(runners);
    Collections.rotate(turn, number);
    for (int slice = 0; slice < settings.pace().slices(); slice++) {
      for (Runner next : turn) {
        next.process.measure(settings.pace().sliceMillis());
      }
      Collections.rotate(turn, 1);
    }
    for (Runner runner : runners) {
      List<Slice> slices = runner.process.slices();
      String title = runner.contender.title();
      figures.add(title, CPU, Slice.threadCpu(slices));
      figures.add(title, WALL, Slice.wall(slices));
      figures.add(title, PROCESS, Slice.processCpu(slices));
      figures.add(title, BYTES, Slice.allocated(slices));
      figures.add(title, ROUTED, Slice.share(slices));
      figures.add(title, OPERATIONS, Slice.operations(slices));
    }
  }

  /** Of all cases of the round together, for the servers know no cases. */
  private static void served(Runner runner, List<Case> cases, List<Rounds> figures)
      throws IOException, SQLException {
    long[] after = runner.stage.serverReads();
    if (after == null) {
      return;
    }
    double replicas = after[0] - runner.readsBefore[0];
    double master = after[1] - runner.readsBefore[1];
    for (int i = 0; i < cases.size(); i++) {
      if (runner.contender.runs(cases.get(i))) {
        double part = replicas / Math.max(1, replicas + master);
        figures.get(i).add(runner.contender.title(), SERVED, part);
      }
    }
  }
}
