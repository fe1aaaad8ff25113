package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
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
    StruckProgram struck = new StruckProgram(directory, program);
    List<String> bare = struck.bare(kinds, method);
    Chaos chaos = Chaos.of(1, kinds, 1).in("jdbc|sql|catalog|core|pool").waiting();
    List<String> routes = List.of("rwsplit.log.routes", "true");
    try (ForkedJvm app = struck.split(chaos, directory.resolve("split"), routes, kinds, method)) {
      app.awaitErr(line -> line.contains(" <- ") && line.contains("replica"), 120);
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      Transcripts.assertSame(bare, app.out(), method);
      StruckProgram.assertStruck(app);
      assertTrue(
          app.err().stream().noneMatch(line -> line.contains("connections in use: -")),
          app::transcript);
    }
  }
}
