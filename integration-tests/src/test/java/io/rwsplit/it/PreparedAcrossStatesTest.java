package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.consistency.PreparedOnce;
import legacy.consistency.WindowReads;
import org.junit.jupiter.api.io.TempDir;

class PreparedAcrossStatesTest {
  private static final int ROUNDS = 100;

  @TempDir Path directory;

  @OnEveryJdk
  void oneStatementFollowsTheStateOfItsConnection(Jdk jdk) throws Exception {
    File master =
        Databases.make(
            directory.resolve("master.db").toFile(),
            "PRAGMA journal_mode=WAL",
            "CREATE TABLE state(id INTEGER PRIMARY KEY, v INTEGER CHECK (v >= 0))",
            "INSERT INTO state VALUES (1, 1)");
    List<String> bare;
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .main(PreparedOnce.class, "jdbc:sqlite:" + master, ROUNDS)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .split(
                master,
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile())
            .main(PreparedOnce.class, "jdbc:sqlite:" + master, ROUNDS)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(app.out().get(0).matches("checks \\d{4}, wrong 0"), app::transcript);
      assertEquals(bare, app.out());
      assertTrue(ExitTable.of(app).onReplicas() > ROUNDS, app::transcript);
    }
  }

  @OnEveryJdk
  void withoutPositionsTheWindowRules(Jdk jdk) throws Exception {
    // Long enough for all that the application does in it, on a slow machine too.
    try (ForkedJvm app = window(jdk, "4s").start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      List<String> out = app.out();
      assertEquals("before replica1.db", out.get(0), app::transcript);
      assertEquals("same master.db", out.get(1), app::transcript);
      assertEquals("other master.db", out.get(2), app::transcript);
      assertEquals("stranger replica1.db", out.get(3), app::transcript);
      assertTrue(out.get(4).startsWith("again "), app::transcript);
      assertTrue(Long.parseLong(out.get(4).substring(6)) >= 4000, app::transcript);
    }
  }

  @OnEveryJdk
  void readAfterWriteCanBeSwitchedOff(Jdk jdk) throws Exception {
    try (ForkedJvm app =
        window(jdk, "400ms").property("rwsplit.read-after-write", "false").start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals("same replica1.db", app.out().get(1), app::transcript);
    }
  }

  private ForkedJvm.Builder window(Jdk jdk, String window) throws Exception {
    File master = Databases.makeMarked(directory.resolve("master.db").toFile());
    File replica = Databases.makeMarked(directory.resolve("replica1.db").toFile());
    return new ForkedJvm.Builder()
        .on(jdk)
        .split(master, replica)
        .property("rwsplit.replication", "off")
        .property("rwsplit.read-after-write.window", window)
        .main(WindowReads.class, "jdbc:sqlite:" + master, 60_000);
  }
}
