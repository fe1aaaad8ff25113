package io.rwsplit.it.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import legacy.config.SteadyReads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file changes while the application reads its own writes without a pause: replicas leave and
 * come back, and no statement fails or misses a write.
 */
class ReloadTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("rwsplit.properties");
  }

  /** At once, so that nobody meets half of it. */
  private void write(List<String> lines, String... further) throws IOException {
    List<String> all = new ArrayList<>(lines);
    all.addAll(Arrays.asList(further));
    Path fresh = Files.write(directory.resolve("fresh"), all);
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void await(ForkedJvm app, String wanted) throws InterruptedException {
    app.awaitErr(line -> line.contains(wanted), 180);
  }

  /** Waits until the application has done some rounds more. */
  private static void awaitRounds(ForkedJvm app) throws Exception {
    int before = app.out().size();
    app.tell("rounds");
    for (int i = 0; app.out().size() < before + 1 && i < 18_000; i++) {
      Thread.sleep(10);
    }
    assertTrue(app.out().size() > before, app::transcript);
  }

  private void check(ForkedJvm.Builder builder, String url, String master, String... replicas)
      throws Exception {
    List<String> fixed = List.of("rwsplit.master=" + master, "rwsplit.config.interval=100ms");
    String both = "rwsplit.replicas=" + String.join(",", replicas);
    write(fixed, both);
    try (ForkedJvm app =
        builder
            .option("-javaagent:" + ForkedJvm.AGENT_JAR + "=" + file())
            .main(SteadyReads.class, url, 3)
            .start()) {
      await(app, "replica1: in service");
      await(app, "replica2: in service");
      awaitRounds(app);

      write(fixed, both, "rwsplit.replicas.drain=replica1");
      await(app, "rwsplit.replicas.drain=replica1 holds from now on");
      await(app, "replica1: out of service: is drained");
      awaitRounds(app);

      write(
          fixed,
          both,
          "rwsplit.strategy=weighted_round_robin",
          "rwsplit.replicas.weight=1,3",
          "rwsplit.lag.max=20s");
      await(app, "rwsplit.strategy=weighted_round_robin holds from now on");
      awaitRounds(app);

      write(fixed, "rwsplit.replicas=" + replicas[0]);
      await(app, "replica2 gets no more reads: it is no longer configured");
      awaitRounds(app);

      write(fixed, both, "rwsplit.transactions=until-writ");
      await(app, "the new configuration has faults, and changes nothing");
      awaitRounds(app);

      write(fixed, both, "rwsplit.pool.replica.max=3", "rwsplit.enabled=false");
      await(app, "routing is off: all goes to the master");
      awaitRounds(app);

      write(fixed, both, "rwsplit.pool.replica.max=3");
      await(app, "routing is on again");
      await(app, "rwsplit.pool.replica.max=3 needs a restart");
      await(app, "replica2 is configured again");
      int[] returns = {0};
      app.awaitErr(line -> line.contains("replica2: in service") && ++returns[0] == 2, 180);
      awaitRounds(app);

      app.tell("end");
      assertEquals(0, app.exitCode(180), app::transcript);
      assertEquals("stale 0 failed 0", app.out().get(app.out().size() - 1), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
  }

  @Test
  void files() throws Exception {
    String base = "jdbc:sqlite:" + directory.resolve("app.db");
    check(
        new ForkedJvm.Builder(),
        base + "?busy_timeout=60000",
        base,
        "jdbc:sqlite:" + directory.resolve("r1.db"),
        "jdbc:sqlite:" + directory.resolve("r2.db"));
  }

  @Test
  void servers() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      check(
          new ForkedJvm.Builder(),
          cluster.appUrl() + "?user=app&password=app",
          cluster.url(),
          cluster.replicaUrls().toArray(new String[0]));
    }
  }
}
