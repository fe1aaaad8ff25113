package io.rwsplit.it.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import legacy.config.TwoMasters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several masters in one JVM: each with replicas, positions and a report of its own. */
class GroupsTest {
  private static final int ROUNDS = 400;
  private static final int THREADS = 3;

  @TempDir Path directory;

  private String file(String name) {
    return "jdbc:sqlite:" + directory.resolve(name);
  }

  private ForkedJvm.Builder sqlite(ForkedJvm.Builder app, String group) {
    return app.property("rwsplit.group." + group + ".master", file(group + ".db"))
        .property(
            "rwsplit.group." + group + ".replicas",
            file(group + "-1.db") + "," + file(group + "-2.db"));
  }

  /** Waits for replicas with the line that the group's log has, lets it go on, and waits. */
  private static void run(ForkedJvm app, List<String> inService) throws Exception {
    app.awaitOut("made"::equals, 120);
    for (String wanted : inService) {
      app.awaitErr(line -> line.endsWith(wanted + ": in service"), 120);
    }
    app.tell("go");
    assertEquals(0, app.exitCode(480), app::transcript);
    assertEquals("stale 0", app.out().get(app.out().size() - 1), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
  }

  private static void assertBothSplit(ForkedJvm app, String much, String little) {
    ExitTable muchTable = ExitTable.of(app, much);
    ExitTable littleTable = ExitTable.of(app, little);
    int all = ROUNDS * THREADS;
    int quiet = TwoMasters.QUIET * THREADS;
    assertTrue(muchTable.onMaster() >= all + quiet / 10, app::transcript);
    assertTrue(littleTable.onMaster() >= all / 10 + quiet / 10, app::transcript);
    assertTrue(
        muchTable.onMaster() + muchTable.onReplicas() >= 2 * all + quiet + quiet / 10,
        app::transcript);
    // Were tickets of the one compared with the other's, reads of one would stay on the master also
    // while nobody writes to it.
    assertTrue(littleTable.onReplicas() > quiet / 2, app::transcript);
    assertTrue(muchTable.onReplicas() > quiet / 2, app::transcript);
  }

  @Test
  void twoFiles() throws Exception {
    ForkedJvm.Builder builder =
        sqlite(sqlite(new ForkedJvm.Builder().agent(), "shop"), "crm")
            .property("rwsplit.groups", "shop,crm")
            .property("rwsplit.group.crm.strategy", "random")
            .main(
                TwoMasters.class,
                file("shop.db") + "?busy_timeout=60000",
                file("crm.db") + "?busy_timeout=60000",
                ROUNDS,
                THREADS);
    try (ForkedJvm app = builder.start()) {
      run(app, List.of("shop: replica1", "shop: replica2", "crm: replica1", "crm: replica2"));
      assertBothSplit(app, "shop", "crm");
      Predicate<String> ofNone = line -> !line.contains("  shop: ") && !line.contains("  crm: ");
      assertEquals(
          List.of(),
          app.err().stream().filter(ofNone).collect(java.util.stream.Collectors.toList()),
          app::transcript);
    }
  }

  @Test
  void aFileAndAServer() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(1)) {
      ForkedJvm.Builder builder =
          sqlite(cluster.split(new ForkedJvm.Builder()), "shop")
              .property("rwsplit.groups", "shop")
              .main(
                  TwoMasters.class,
                  file("shop.db") + "?busy_timeout=60000",
                  cluster.appUrl() + "?user=app&password=app",
                  ROUNDS,
                  THREADS);
      try (ForkedJvm app = builder.start()) {
        run(app, List.of("shop: replica1", "INFO  replica1"));
        assertBothSplit(app, "shop", "");
      }
    }
  }
}
