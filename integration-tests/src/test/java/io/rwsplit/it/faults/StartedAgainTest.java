package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.faults.StartedAgain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application is started while something is short that a group needs: it goes on as on the bare
 * driver, and once that is there its reads leave, without a restart.
 */
class StartedAgainTest {
  private static final String SOUND = "[rwsplit]";

  @TempDir Path directory;

  /** Memory, before anything of the group is there, and when most of it runs. */
  @ParameterizedTest
  @ValueSource(strings = {"core/Cluster[.]make$", "core/ClusterParts[.]history$"})
  void withoutMemory(String struck) throws Exception {
    List<String> err = compare(struck, directory.resolve("split"), () -> {});
    assertTrue(err.stream().anyMatch(line -> line.matches("struck [1-9].*")), () -> "" + err);
    assertEquals(1, saying(err, "the start of rwsplit has failed"), () -> "" + err);
    assertEquals(1, saying(err, "started, where it had failed before"), () -> "" + err);
  }

  /** A file has the place of the directory for the replicas. */
  @Test
  void withoutDirectory() throws Exception {
    Path replicas = Files.createFile(directory.resolve("replicas"));
    compare(
        "$.",
        replicas,
        () -> {
          Files.delete(replicas);
          Files.createDirectory(replicas);
        });
  }

  private interface Mending {
    void run() throws Exception;
  }

  private List<String> compare(String struck, Path replicas, Mending mending) throws Exception {
    List<String> bare;
    try (ForkedJvm app =
        new ForkedJvm.Builder().main(StartedAgain.class, url("bare"), struck, false).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    String url = url("split");
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("split/app.db").toFile(),
                replicas.resolve("replica1.db").toFile(),
                replicas.resolve("replica2.db").toFile())
            .property("chaos.counted", "io/rwsplit/jdbc/StatementResults.served")
            .property("rwsplit.circuit.faults", "0");
    Chaos chaos = Chaos.of(1, "oom", 1).in(".*").waiting();
    try (ForkedJvm app =
        chaos.on(split, Chaos.jar(directory)).main(StartedAgain.class, url, struck, true).start()) {
      app.awaitOut(line -> line.startsWith("written"), 120);
      mending.run();
      assertEquals(0, app.exitCode(240), app::transcript);
      Transcripts.assertSame(bare, app.out(), app.transcript());
      return app.err();
    }
  }

  private static long saying(List<String> err, String what) {
    return err.stream().filter(line -> line.startsWith(SOUND) && line.contains(what)).count();
  }

  private String url(String name) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    return "jdbc:sqlite:" + own.resolve("app.db") + "?journal_mode=WAL&busy_timeout=20000";
  }
}
