package io.rwsplit.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that run to their end, and what they print. */
final class Output {

  private static final int LINES = 20;

  private Output() {}

  /**
   * Runs a command and returns its standard output; its standard error goes to the log.
   *
   * @throws IOException when it fails or does not end
   */
  static List<String> of(List<String> command, File log, long patienceSeconds)
      throws IOException, InterruptedException {
    File out = new File(log.getPath() + ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log))
            .redirectOutput(out)
            .start();
    try {
      if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
        throw new IOException("does not end: " + command + "\n" + tail(log));
      }
    } finally {
      // What it has started, too.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "exit code " + process.exitValue() + " of " + command + "\n" + tail(log));
    }
    return Files.readAllLines(out.toPath(), StandardCharsets.UTF_8);
  }

  /**
   * Runs a command that prints a line {@code RESULT} with so many numbers, and returns them.
   *
   * @throws IOException when it does not
   */
  static double[] result(List<String> command, File log, long patienceSeconds, int count)
      throws IOException, InterruptedException {
    for (String line : of(command, log, patienceSeconds)) {
      String[] words = line.split(" ", -1);
      if (words.length == count + 1 && words[0].equals("RESULT")) {
        double[] figures = new double[count];
        for (int i = 0; i < count; i++) {
          figures[i] = Double.parseDouble(words[i + 1]);
        }
        return figures;
      }
    }
    throw new IOException("no result:\n" + tail(log));
  }

  static String tail(File log) throws IOException {
    List<String> lines = Files.readAllLines(log.toPath(), StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
