package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import io.rwsplit.it.faults.Chaos;
import java.nio.file.Path;
import java.util.List;
import legacy.differential.RandomCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random calls on servers have the same outcomes on the bare driver and under an agent whose own
 * methods throw.
 *
 * <p>{@code -Drwsplit.it.chaos.runs} has more runs, {@code -Drwsplit.it.chaos.seed} others.
 */
class SameCallsInChaosOnServersTest {
  private static final int RUNS = Integer.getInteger("rwsplit.it.chaos.runs", 1);
  private static final long FIRST = Long.getLong("rwsplit.it.chaos.seed", 11);
  private static final int SEEDS = 3;
  private static final int CALLS = 300;

  @TempDir Path directory;

  @Test
  void onPostgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    sameCalls("POSTGRES", cluster, cluster.url() + "?user=app&password=app");
  }

  @Test
  void onMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    cluster.allowRoutines();
    sameCalls("MARIADB", cluster, cluster.appUrl() + "&user=app&password=app");
  }

  private void sameCalls(String engine, ServerCluster cluster, String url) throws Exception {
    Path jar = Chaos.jar(directory);
    for (int i = 0; i < RUNS; i++) {
      long seed = FIRST + i;
      List<String> bare = run(new ForkedJvm.Builder(), engine, url, seed, "bare");
      cluster.awaitReplicas();
      Chaos chaos =
          Chaos.of(seed, "throw,oom", 1000)
              .in("sql|catalog|route|session|consistency|position|pool|core|jdbc|topology|report");
      ForkedJvm.Builder split = chaos.on(cluster.split(new ForkedJvm.Builder()), jar);
      Transcripts.assertSame(
          bare, run(split, engine, url, seed, chaos.toString()), engine + ", " + chaos);
    }
  }

  private List<String> run(
      ForkedJvm.Builder builder, String engine, String url, long seed, String what)
      throws Exception {
    Path counts = directory.resolve("counts");
    builder.property("legacy.differential.known", "false");
    try (ForkedJvm app =
        builder.main(RandomCalls.class, engine, url, seed, SEEDS, CALLS, counts).start()) {
      assertEquals(0, app.exitCode(300), () -> what + "\n" + app.transcript());
      return SameCallsOnServersTest.comparable(engine, app.out());
    }
  }
}
