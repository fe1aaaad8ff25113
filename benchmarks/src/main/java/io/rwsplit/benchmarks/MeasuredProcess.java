package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Measured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A running {@link Measured} that works only while a slice is asked for. Used by one thread. */
final class MeasuredProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final TalkingProcess process;
  private final List<Slice> slices = new ArrayList<>();

  MeasuredProcess(Site site, Site.Under under, String program) throws IOException {
    process =
        new TalkingProcess(
            site.command(under, Measured.class, program, site.url()), site.log(), PATIENCE_SECONDS);
    process.result();
  }

  void warmUp(int millis) throws IOException {
    process.ask(Integer.toString(millis));
  }

  void measure(int millis) throws IOException {
    String[] figures = process.ask(Integer.toString(millis)).split(" ", -1);
    slices.add(
        new Slice(
            Long.parseLong(figures[0]),
            Long.parseLong(figures[1]),
            Long.parseLong(figures[2]),
            Long.parseLong(figures[3])));
  }

  List<Slice> slices() {
    return slices;
  }

  /** Ends the process in its own way: no more input. */
  @Override
  public void close() throws IOException {
    process.close();
  }
}
