package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.proof.WaitsForInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path directory;

  private ForkedJvm.Builder app() throws Exception {
    File master = Databases.makeMarked(directory.resolve("master.db").toFile());
    File replica = Databases.makeMarked(directory.resolve("replica.db").toFile());
    return new ForkedJvm.Builder()
        .split(master, replica)
        .property("rwsplit.replication", "off")
        .main(WaitsForInput.class, "jdbc:sqlite:" + master);
  }

  @Test
  void everyDecisionIsLoggedWithItsReasonAndWithoutLiterals() throws Exception {
    try (ForkedJvm app = app().property("rwsplit.log.routes", "true").start()) {
      app.awaitOut("ready"::equals, 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      List<String> routes = app.err().stream().filter(line -> line.contains(" <- ")).toList();
      assertEquals(205, routes.size(), app::transcript);
      assertTrue(
          routes.stream().anyMatch(l -> l.contains("replica1 <- a proven read [SELECT name")),
          app::transcript);
      for (String reason :
          List.of(
              "may write (writes data: INSERT) [INSERT INTO ledger(way) VALUES (?",
              "an own write or read has not reached a replica yet",
              "inside a transaction",
              "a read only the master can answer (reads no table)")) {
        assertTrue(
            routes.stream().anyMatch(line -> line.contains("master <- " + reason)),
            () -> reason + "\n" + app.transcript());
      }
      assertFalse(app.transcript().contains("topsecret"), app::transcript);
      assertFalse(app.transcript().contains("4711"), app::transcript);
    }
  }

  @Test
  void theSummaryComesAtExitAndOnThePeriod() throws Exception {
    try (ForkedJvm app = app().property("rwsplit.report.interval", "1s").start()) {
      app.awaitOut("ready"::equals, 120);
      app.awaitErr(line -> line.contains(" 205 statements: "), 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      long summaries = app.err().stream().filter(l -> l.contains(" statements: ")).count();
      assertTrue(summaries >= 2, app::transcript);
      ExitTable table = ExitTable.of(app);
      assertEquals(205, table.onReplicas() + table.onMaster(), app::transcript);
      assertEquals(1, table.onMaster("may write"), app::transcript);
      assertEquals(1, table.onMaster("inside a transaction"), app::transcript);
      assertEquals(1, table.byReplica().size(), app::transcript);
    }
  }

  @Test
  void withoutIntervalTheSummaryComesAtExitOnly() throws Exception {
    try (ForkedJvm app = app().property("rwsplit.report.interval", "off").start()) {
      app.awaitOut("ready"::equals, 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(1, app.err().stream().filter(l -> l.contains(" statements: ")).count());
    }
  }

  @Test
  void switchedOffTheLogSaysNothing() throws Exception {
    try (ForkedJvm app = app().property("rwsplit.log.level", "off").start()) {
      app.awaitOut("ready"::equals, 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of(), app.err(), app::transcript);
    }
  }
}
