package io.rwsplit.benchmarks;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Entry point: measures the agent against the bare driver and prints Markdown tables. */
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
    describe(settings, out);
    List<String> programs = settings.programs();
    if (!programs.isEmpty()) {
      new ProgramBenchmark(settings, out).run(programs);
    }
    if (settings.runs(Settings.STARTUP)) {
      new StartupBenchmark(settings, out).run();
    }
    if (settings.runs(Settings.CONTENTION)) {
      new ContentionBenchmark(settings, out).run(0);
    }
    if (settings.runs(Settings.PACED)) {
      new ContentionBenchmark(settings, out).run(WRITER_PAUSE_MILLIS);
    }
    if (settings.runs(Settings.COMMIT)) {
      new CommitBenchmark(settings, out).run(0);
      new CommitBenchmark(settings, out).run(COMMIT_PAUSE_MILLIS);
    }
    if (settings.runs(Settings.REPLICATION)) {
      new ReplicationBenchmark(settings, out).run();
    }
  }

  private static void describe(Settings settings, PrintStream out)
      throws IOException, InterruptedException {
    File log = File.createTempFile("rwsplit-benchmark-", ".log");
    try {
      Output.of(Arrays.asList(settings.java().getPath(), "-version"), log, 60);
      String version = Files.readAllLines(log.toPath(), StandardCharsets.UTF_8).get(0);
      out.println(
          version
              + ", "
              + Runtime.getRuntime().availableProcessors()
              + " processors, "
              + System.getProperty("os.name")
              + ", "
              + settings.pairs()
              + " pairs; median (min–max)");
      out.println();
    } finally {
      Files.deleteIfExists(log.toPath());
      Files.deleteIfExists(new File(log.getPath() + ".out").toPath());
    }
  }
}
