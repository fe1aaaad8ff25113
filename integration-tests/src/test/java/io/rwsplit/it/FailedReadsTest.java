package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.failing.NewTable;
import legacy.failing.ReadOnlyFile;
import legacy.failing.SometimesWrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of reads that a replica fails, and of connections that may only read. */
class FailedReadsTest {
  private static final int ROUNDS = 100;

  /** So many reads may find no replica connection free. */
  private static final int FIRST = 20;

  @TempDir Path directory;
  private File master;
  private File replica;

  @BeforeEach
  void make() throws Exception {
    master = directory.resolve("master.db").toFile();
    replica = directory.resolve("replica1.db").toFile();
    fresh();
  }

  private void fresh() throws Exception {
    Databases.make(
        master,
        "DROP TABLE IF EXISTS number",
        "CREATE TABLE number(n INTEGER)",
        "INSERT INTO number VALUES (0), (1)");
  }

  private ForkedJvm.Builder split() {
    return new ForkedJvm.Builder().split(master, replica);
  }

  /** A statement's own error says nothing of its next execution. */
  @Test
  void parametersThatFailDoNotKeepTheOthersOnTheMaster() throws Exception {
    List<String> bare;
    String url = "jdbc:sqlite:" + master;
    try (ForkedJvm app = new ForkedJvm.Builder().main(SometimesWrong.class, url, ROUNDS).start()) {
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    assertTrue(bare.toString().contains("integer overflow"), bare::toString);
    try (ForkedJvm app =
        split()
            .property("rwsplit.log.routes", "true")
            .main(SometimesWrong.class, url, ROUNDS)
            .start()) {
      app.awaitErr(line -> line.contains("replica1 <- "), 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(bare, app.out());
      ExitTable table = ExitTable.of(app);
      assertTrue(onReplica(app, "SELECT abs(") >= ROUNDS - FIRST, app::transcript);
      assertTrue(table.onMaster("a replica failed") >= ROUNDS - FIRST, app::transcript);
    }
  }

  @Test
  void aTableThatAReplicaDoesNotHaveYetIsReadOnTheMaster() throws Exception {
    try (ForkedJvm app =
        split()
            .property("rwsplit.replication.delay", "3s")
            .property("rwsplit.log.routes", "true")
            .main(NewTable.class, "jdbc:sqlite:" + master)
            .start()) {
      app.awaitErr(line -> line.contains("replica1 <- "), 120);
      app.process().getOutputStream().write('1');
      app.process().getOutputStream().flush();
      app.awaitErr(line -> line.contains("replica1 <- ") && line.contains("late"), 120);
      app.process().getOutputStream().write('2');
      app.process().getOutputStream().flush();
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of("failed 0, wrong 0"), app.out(), app::transcript);
      assertTrue(ExitTable.of(app).onMaster("a replica failed") > 0, app::transcript);
    }
  }

  @Test
  void connectionsThatMayOnlyReadUseReplicas() throws Exception {
    List<String> bare;
    String url = "jdbc:sqlite:" + master;
    try (ForkedJvm app = new ForkedJvm.Builder().main(ReadOnlyFile.class, url).start()) {
      app.tell("a\nb\nc\nd\ne\nf");
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    fresh();
    try (ForkedJvm app =
        split().property("rwsplit.log.routes", "true").main(ReadOnlyFile.class, url).start()) {
      for (String way : bare) {
        if (way.contains(": read-only ")) {
          int before = app.err().size();
          app.awaitOut(way::equals, 120);
          if (!way.startsWith("in a transaction") && !way.startsWith("for writing")) {
            awaitReplica(app, before);
          }
          app.tell("go");
        }
      }
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(bare, app.out());
      assertFalse(app.saysFault(), app::transcript);
      // Of 3,000; those of transactions that might be made writable stay.
      assertTrue(onReplica(app, "SELECT n FROM number") > 1000, app::transcript);
    }
  }

  private static long onReplica(ForkedJvm app, String sql) {
    return app.err().stream()
        .filter(line -> line.contains("replica1 <- ") && line.contains("[" + sql))
        .count();
  }

  private static void awaitReplica(ForkedJvm app, int after) throws Exception {
    int[] line = {0};
    app.awaitErr(text -> line[0]++ >= after && text.contains("replica1 <- "), 120);
  }
}
