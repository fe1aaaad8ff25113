package io.rwsplit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark of whole processes, too short for its figures to mean anything. */
class OtherBenchmarksTest {
  @TempDir Path directory;

  @Test
  void everySectionPrintsAndRecordsItsFigures() throws Exception {
    Path databases = Files.createDirectory(directory.resolve("databases"));
    Path results = directory.resolve("results.json");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Report report = new Report(new PrintStream(text, true, "UTF-8"));
    Settings settings =
        Settings.parse(
            "--smoke",
            "--agent=../agent/target/rwsplit.jar",
            "--dir=" + databases,
            "--results=" + results,
            Settings.STARTUP,
            Settings.SCALE,
            Settings.SERVERS,
            Settings.CONTENTION,
            Settings.COMMIT);
    Benchmarks.run(settings, report);
    String printed = new String(text.toByteArray(), StandardCharsets.UTF_8);
    for (String row :
        new String[] {
          "| hello | agent |",
          "| one query | agent |",
          "| 2 replicas |",
          "| bare, WAL switched on by hand |",
          "| `semi-sync`, one of two |",
          "| start-up of hello, CPU beyond bare"
        }) {
      assertTrue(printed.contains("\n" + row), printed);
    }
    assertTrue(
        printed.contains("| agent, two replicas and a third of the reads on the master |")
            || report.leftOut().toString().contains("PostgreSQL"),
        printed);
    String json = Files.readString(results);
    for (String section : new String[] {"start-up", "scale", "contention", "commit"}) {
      assertTrue(json.contains("{\"section\":\"" + section + "\","), json);
    }
    try (Stream<Path> left = Files.list(databases)) {
      assertEquals(Collections.emptyList(), left.collect(Collectors.toList()));
    }
  }
}
