package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.faults.ReadForms;
import legacy.faults.StruckSessions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods in which the random strikes have found something, each struck at every call. */
class StruckMethodsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What execute has made on a replica cannot be opened when the application asks for it.
        "ShownResultSet[.]open$ | sql,throw,oom",
      })
  void showsNothing(String method, String kinds) throws Exception {
    compare(ReadForms.class, method, kinds);
  }

  /** Sessions and writes of which a fault keeps something from being followed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The text was taken for one that does nothing to its session.
        "sql/SqlClassifier[.]scan$   | throw,oom",
        // The thread stayed in the driver for good, whose own statements are not followed.
        "jdbc/ThreadState[.]leave$   | throw",
        "jdbc/ManagedHooks[.]hook$   | throw",
        "core/Groups[.]of$           | throw",
        // Who did not know of it let its calls leave for replicas, which lack it.
        "jdbc/ManagedConnection[.]functionCreated$ | throw",
      })
  void missesNothing(String method, String kinds) throws Exception {
    compare(StruckSessions.class, method, kinds);
  }

  /** A connection to a replica was given back twice, perhaps while somebody else had it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc/LeasedConnection[.]countDown$ | throw,oom",
        "jdbc/HeldLease[.]begins$           | throw,oom",
        "jdbc/HeldLease[.]ends$             | throw,oom",
        "jdbc/HeldLease[.]less$             | throw,oom",
        "jdbc/HeldLease[.]drained$          | throw,oom",
        "pool/ShadowCache[.]keep$           | throw,oom",
      })
  void countsConnections(String method, String kinds) throws Exception {
    compare(StruckSessions.class, method, kinds);
  }

  private void compare(Class<?> program, String method, String kinds) throws Exception {
    List<String> bare;
    try (ForkedJvm app =
        new ForkedJvm.Builder().main(program, url("bare"), kinds, method).start()) {
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    String url = url("split");
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("split/app.db").toFile(),
                directory.resolve("split/replica1.db").toFile(),
                directory.resolve("split/replica2.db").toFile())
            .property("rwsplit.log.routes", "true")
            .property("rwsplit.circuit.faults", "0");
    Chaos chaos = Chaos.of(1, kinds, 1).in("jdbc|sql|catalog|core|pool").waiting();
    try (ForkedJvm app =
        chaos.on(split, Chaos.jar(directory)).main(program, url, kinds, method).start()) {
      app.awaitErr(line -> line.contains(" <- ") && line.contains("replica"), 120);
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      Transcripts.assertSame(bare, app.out(), method);
      assertTrue(
          app.err().stream().anyMatch(line -> line.matches("struck [1-9].*")), app::transcript);
      assertTrue(
          app.err().stream().noneMatch(line -> line.contains("connections in use: -")),
          app::transcript);
    }
  }

  private String url(String name) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    return "jdbc:sqlite:" + own.resolve("app.db") + "?journal_mode=WAL&busy_timeout=20000";
  }
}
