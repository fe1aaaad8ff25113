package io.rwsplit.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that is asked by lines of its input and answers with lines {@code RESULT …}. Its
 * standard error goes to a log, each line with the time of its coming. Used by one thread.
 */
final class TalkingProcess implements AutoCloseable {
  private static final String RESULT = "RESULT ";
  private static final int END_SECONDS = 60;

  /** A line of standard error. */
  private static final class Line {
    private final long nanos;
    private final String text;

    Line(long nanos, String text) {
      this.nanos = nanos;
      this.text = text;
    }
  }

  private final Process process;
  private final File log;
  private final Writer in;
  private final BufferedReader out;
  private final List<Line> err = new ArrayList<>();
  private final Thread reader;
  private final int patienceSeconds;

  /** It was killed since it gave no answer. */
  private volatile boolean silent;

  /**
   * Starts it.
   *
   * @param log that its standard error is appended to
   * @param patienceSeconds for any answer
   */
  TalkingProcess(List<String> command, File log, int patienceSeconds) throws IOException {
    this.log = log;
    this.patienceSeconds = patienceSeconds;
    process = new ProcessBuilder(command).start();
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    reader = new Thread(this::readErr, "standard-error");
    reader.setDaemon(true);
    reader.start();
  }

  private void readErr() {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        Writer to =
            Files.newBufferedWriter(
                log.toPath(),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long now = System.nanoTime();
        synchronized (err) {
          err.add(new Line(now, line));
          err.notifyAll();
        }
        to.write(line + "\n");
        to.flush();
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  /** Asks; the answer is to be fetched. */
  void tell(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  String ask(String line) throws IOException {
    tell(line);
    return result();
  }

  /**
   * Waits for the next answer.
   *
   * @throws IOException when the process has ended, or does not answer and was killed
   */
  String result() throws IOException {
    Thread watchdog = new Thread(this::killLater, "watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(RESULT)) {
          return line.substring(RESULT.length());
        }
      }
    } finally {
      watchdog.interrupt();
    }
    throw new IOException(
        "the measured process "
            + (silent ? "did not answer within " + patienceSeconds + " s" : "ended")
            + "; its log:\n"
            + Output.tail(log));
  }

  private void killLater() {
    try {
      TimeUnit.SECONDS.sleep(patienceSeconds);
      silent = true;
      process.destroyForcibly();
    } catch (InterruptedException e) {
      // It has answered.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until so many lines of standard error contain the text.
   *
   * @return when the last of them came, as {@code System.nanoTime()} counts
   * @throws IOException when they do not come in time
   */
  long awaitErr(String text, int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    synchronized (err) {
      while (true) {
        int found = 0;
        for (Line line : err) {
          if (line.text.contains(text) && ++found == count) {
            return line.nanos;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || !process.isAlive()) {
          break;
        }
        err.wait(Math.min(left, 1_000));
      }
    }
    throw new IOException("no \"" + text + "\" in the log:\n" + Output.tail(log));
  }

  /** Ends the process in its own way: no more input. */
  @Override
  public void close() throws IOException {
    try {
      in.close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the measured process does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Ends it at once, for callers that are themselves ended. */
  void kill() {
    process.destroyForcibly();
  }
}
