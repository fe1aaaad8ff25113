package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Case;
import io.rwsplit.benchmarks.program.Engine;
import io.rwsplit.benchmarks.program.Measured;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A running {@link Measured} that works only while a slice is asked for. Used by one thread. */
final class MeasuredProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 180;

  private final TalkingProcess process;
  private final String title;
  private final List<Slice> slices = new ArrayList<>();

  MeasuredProcess(Settings settings, File java, Engine engine, Contender contender, Stage stage)
      throws IOException {
    title = contender.title();
    List<String> command = new ArrayList<>();
    command.add(java.getPath());
    if (contender.isAgent()) {
      command.add("-javaagent:" + settings.agent().getAbsolutePath());
      command.addAll(stage.agentOptions());
      // Their switch and counters.
      command.add("-Drwsplit.jmx=true");
      command.add("-Drwsplit.report.interval=off");
      command.addAll(settings.jvmArguments());
    }
    if (contender == Contender.P6SPY) {
      // Its core without its log.
      command.add("-Dp6spy.config.modulelist=com.p6spy.engine.spy.P6SpyFactory");
      command.add("-Dp6spy.config.logfile=/dev/null");
    }
    if (settings.pace() == Pace.SMOKE) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    // One collector, one heap size, whatever the machine: fewer things that differ by chance.
    command.addAll(Arrays.asList("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m"));
    command.addAll(Arrays.asList("-cp", contender.classPath(engine), Measured.class.getName()));
    command.addAll(Arrays.asList(stage.url(), contender.mode()));
    process = new TalkingProcess(command, stage.log(), PATIENCE_SECONDS);
  }

  /** Asks for a case; its answer is to be awaited. */
  void open(Case which) throws IOException {
    slices.clear();
    process.tell("open " + which.name());
  }

  /** Lets it work, without the figures; its answer is to be awaited. */
  void warmUp(int millis) throws IOException {
    process.tell("run " + millis);
  }

  /**
   * Waits for the answer.
   *
   * @throws IOException when it gave none, and who that was
   */
  void await() throws IOException {
    try {
      process.result();
    } catch (IOException e) {
      throw new IOException(title + ": " + e.getMessage(), e);
    }
  }

  /** Asks for anything; its answer is to be fetched. */
  void tell(String line) throws IOException {
    process.tell(line);
  }

  String answer() throws IOException {
    return process.result();
  }

  void measure(int millis) throws IOException {
    process.tell("run " + millis);
    try {
      slices.add(Slice.parse(process.result()));
    } catch (IOException e) {
      throw new IOException(title + ": " + e.getMessage(), e);
    }
  }

  /** Of the case that is open. */
  List<Slice> slices() {
    return slices;
  }

  /** Ends the process in its own way: no more input. */
  @Override
  public void close() throws IOException {
    process.close();
  }

  void kill() {
    process.kill();
  }
}
