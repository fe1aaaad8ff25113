package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Measured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link Measured} that works only while a slice is asked for. Used by one thread. */
final class MeasuredProcess implements AutoCloseable {

  private static final String RESULT = "RESULT ";

  private final Site site;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;
  private final List<Slice> slices = new ArrayList<>();

  MeasuredProcess(Site site, Site.Under under, String program) throws IOException {
    this.site = site;
    process =
        new ProcessBuilder(site.command(under, Measured.class, program, site.url()))
            .redirectError(ProcessBuilder.Redirect.appendTo(site.log()))
            .start();
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    result();
  }

  void warmUp(int millis) throws IOException {
    ask(millis);
  }

  void measure(int millis) throws IOException {
    String[] figures = ask(millis).split(" ", -1);
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

  private String ask(int millis) throws IOException {
    in.write(millis + "\n");
    in.flush();
    return result();
  }

  private String result() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(RESULT)) {
        return line.substring(RESULT.length());
      }
    }
    throw new IOException("the measured process ended; its log:\n" + Output.tail(site.log()));
  }

  /** Ends the process in its own way: no more input. */
  @Override
  public void close() throws IOException {
    in.close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IOException("the measured process does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
