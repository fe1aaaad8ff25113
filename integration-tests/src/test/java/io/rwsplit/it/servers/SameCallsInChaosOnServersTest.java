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
 * Random calls on a PostgreSQL have the same outcomes on the bare driver and under an agent whose
 * own methods throw.
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
    Path jar = Chaos.jar(directory);
    for (int i = 0; i < RUNS; i++) {
      long seed = FIRST + i;
      List<String> bare = run(new ForkedJvm.Builder(), cluster, seed, "bare");
      cluster.awaitReplicas();
      Chaos chaos =
          Chaos.of(seed, "throw,oom", 1000)
              .in("sql|catalog|route|session|consistency|position|pool|core|jdbc|topology|report");
      ForkedJvm.Builder split = chaos.on(cluster.split(new ForkedJvm.Builder()), jar);
      Transcripts.assertSame(
          bare, run(split, cluster, seed, chaos.toString()), "PostgreSQL, " + chaos);
    }
  }

  private List<String> run(
      ForkedJvm.Builder builder, PostgresCluster cluster, long seed, String what) throws Exception {
    String url = cluster.url() + "?user=app&password=app";
    Path counts = directory.resolve("counts");
    builder.property("legacy.differential.known", "false");
    try (ForkedJvm app =
        builder.main(RandomCalls.class, "POSTGRES", url, seed, SEEDS, CALLS, counts).start()) {
      assertEquals(0, app.exitCode(300), () -> what + "\n" + app.transcript());
      return SameCallsOnServersTest.comparable("POSTGRES", app.out());
    }
  }
}
