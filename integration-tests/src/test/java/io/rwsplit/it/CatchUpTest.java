package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.consistency.InterruptedReads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads that may wait for a replica kept behind the master on purpose. */
class CatchUpTest {
  private static final String LACKING = "an own write or read has not reached a replica yet";

  @TempDir Path directory;

  private ExitTable run(String delay, String wait) throws Exception {
    File master =
        Databases.make(
            directory.resolve("master.db").toFile(),
            "PRAGMA journal_mode=WAL",
            "CREATE TABLE counter(v INTEGER)",
            "INSERT INTO counter VALUES (0)");
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .split(master, directory.resolve("replica.db").toFile())
            .property("rwsplit.replication.delay", delay)
            .property("rwsplit.consistency.wait", wait)
            .main(InterruptedReads.class, "jdbc:sqlite:" + master)
            .start()) {
      app.awaitErr(line -> line.endsWith("replica1: in service"), 60);
      app.tell("go");
      // Far less than the two waits together.
      assertEquals(0, app.exitCode(50), app::transcript);
      assertEquals(List.of("read true", "1 false", "2 true"), app.out(), app::transcript);
      return ExitTable.of(app);
    }
  }

  @Test
  void aReadWaitsForTheReplicaUnlessItsThreadIsInterrupted() throws Exception {
    ExitTable table = run("300ms", "1m");
    assertEquals(1, table.onReplicas(), table::toString);
    assertEquals(1, table.onMaster(LACKING), table::toString);
  }

  @Test
  void aReadDoesNotWaitInVain() throws Exception {
    ExitTable table = run("9s", "8s");
    assertEquals(0, table.onReplicas(), table::toString);
    assertEquals(2, table.onMaster(LACKING), table::toString);
  }
}
