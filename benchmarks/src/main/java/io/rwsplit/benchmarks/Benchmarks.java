package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Engine;
import io.rwsplit.benchmarks.program.Programs;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;

/** Entry point: measures the agent against the bare driver and others, prints Markdown tables. */
public final class Benchmarks {

  private static final int WRITER_PAUSE_MILLIS = 5;
  private static final int COMMIT_PAUSE_MILLIS = 2;

  private Benchmarks() {}

  /**
   * Runs the cases asked for.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    Settings settings;
    try {
      settings = Settings.parse(args);
    } catch (Settings.BadArguments e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (settings.help()) {
      out.print(Settings.usage());
      return;
    }
    run(settings, new Report(out));
  }

  /** Runs the cases of the settings. */
  static void run(Settings settings, Report report)
      throws IOException, SQLException, InterruptedException {
    String machine = machine(settings);
    report.line("%s", machine);
    report.line("");
    Sections sections = sections(settings);
    for (Engine engine : settings.engines()) {
      Budget budget = sections.begin(engine.title());
      if (budget != null) {
        new StatementBenchmark(settings, report, engine).run(settings.programs(), budget);
      }
    }
    Budget startUp = sections.begin(Settings.STARTUP);
    if (startUp != null) {
      new StartupBenchmark(settings, report).run(startUp);
    }
    if (settings.runs(Settings.SCALE)) {
      new ScaleBenchmark(settings, report).replicas(sections.begin(Settings.SCALE));
      new ScaleBenchmark(settings, report).holding(sections.begin(Settings.SCALE_HOLDING));
    }
    Budget servers = sections.begin(Settings.SERVERS);
    if (servers != null) {
      new ServersBenchmark(settings, report).run(servers);
    }
    Budget contention = sections.begin(Settings.CONTENTION);
    if (contention != null) {
      new ContentionBenchmark(settings, report).run(0, contention);
    }
    Budget paced = sections.begin(Settings.PACED);
    if (paced != null) {
      new ContentionBenchmark(settings, report).run(WRITER_PAUSE_MILLIS, paced);
    }
    if (settings.runs(Settings.COMMIT)) {
      Budget flatOut = sections.begin(Settings.COMMIT);
      new CommitBenchmark(settings, report).run(0, flatOut);
      new CommitBenchmark(settings, report)
          .run(COMMIT_PAUSE_MILLIS, sections.begin(Settings.COMMIT_PACED));
    }
    if (settings.runs(Settings.REPLICATION)) {
      new ReplicationBenchmark(settings, report.out()).run();
    }
    report.end(machine, settings.results());
  }

  private static Sections sections(Settings settings) {
    Sections sections = new Sections(settings.minutes(), settings.rounds());
    for (Engine engine : settings.engines()) {
      int cases = Programs.on(engine, settings.programs()).size();
      if (cases > 0) {
        // Half as much again for processes that take longer to start, and servers.
        sections.add(engine.title(), engine == Engine.POSTGRESQL ? 3 * cases : 2 * cases);
      }
    }
    for (String[] each :
        new String[][] {
          {Settings.STARTUP, "12"},
          {Settings.SCALE, "5"},
          {Settings.SERVERS, "8"},
          {Settings.CONTENTION, "8"},
          {Settings.PACED, "4"},
          {Settings.COMMIT, "3"}
        }) {
      if (settings.runs(each[0])) {
        sections.add(each[0], Integer.parseInt(each[1]));
      }
    }
    if (settings.runs(Settings.COMMIT)) {
      sections.add(Settings.COMMIT_PACED, 3);
    }
    if (settings.runs(Settings.SCALE)) {
      sections.add(Settings.SCALE_HOLDING, 6);
    }
    return sections;
  }

  /** What the measured processes run on, in a line. */
  private static String machine(Settings settings) throws IOException, InterruptedException {
    File log = File.createTempFile("rwsplit-benchmark-", ".log");
    try {
      Output.of(Arrays.asList(settings.java().getPath(), "-version"), log, 60);
      String version = Files.readAllLines(log.toPath(), StandardCharsets.UTF_8).get(0);
      return version
          + ", "
          + Runtime.getRuntime().availableProcessors()
          + " processors, "
          + System.getProperty("os.name")
          + ", load "
          + load()
          + ", "
          + java.time.LocalDate.now(java.time.ZoneOffset.UTC)
          + ", pace "
          + settings.pace().name().toLowerCase(java.util.Locale.ROOT)
          + "; median (min–max) over the rounds";
    } finally {
      Files.deleteIfExists(log.toPath());
      Files.deleteIfExists(new File(log.getPath() + ".out").toPath());
    }
  }

  /** The machine's load before anything is measured. */
  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : "unknown";
  }
}
