package io.rwsplit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was found: Markdown as it comes, the aims at the end, and every figure in a file that can be
 * compared between runs. Used by one thread.
 */
final class Report {
  private final PrintStream out;
  private final Aims aims = new Aims();
  private final List<String> leftOut = new ArrayList<>();
  private final List<String> records = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  PrintStream out() {
    return out;
  }

  Aims aims() {
    return aims;
  }

  void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }

  /** Says that something is not measured, now and at the end. */
  void leaveOut(String what) {
    leftOut.add(what);
    out.println("***** LEFT OUT: " + what + " *****");
    out.println();
  }

  /** What was left out, in the order of its coming. */
  List<String> leftOut() {
    return leftOut;
  }

  /** Every figure of some rounds. */
  void record(String section, String name, Rounds rounds) {
    for (String contender : rounds.contenders()) {
      for (String metric : rounds.metrics(contender)) {
        if (rounds.has(contender, metric)) {
          Summary summary = rounds.of(contender, metric);
          records.add(
              String.format(
                  Locale.ROOT,
                  "{\"section\":%s,\"name\":%s,\"contender\":%s,\"metric\":%s,"
                      + "\"median\":%s,\"min\":%s,\"max\":%s,\"rounds\":%d}",
                  quoted(section),
                  quoted(name),
                  quoted(contender),
                  quoted(metric),
                  summary.median(),
                  summary.min(),
                  summary.max(),
                  rounds.count()));
        }
      }
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Prints the aims and writes the file, one figure a line in one JSON array. */
  void end(String machine, Path file) throws IOException {
    if (!aims.isEmpty()) {
      out.println("### Aims");
      out.println();
      aims.print(out);
    }
    for (String each : leftOut) {
      out.println("Left out: " + each);
    }
    if (file != null) {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(
          file,
          "{\"machine\":"
              + quoted(machine)
              + ",\"figures\":[\n"
              + String.join(",\n", records)
              + "\n]}\n");
      out.println();
      out.println("All figures: " + file);
    }
  }
}
