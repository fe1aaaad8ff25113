package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import io.rwsplit.it.cli.Tool;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.http.Description;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private static final String STATUS = "/api/status";
  private static final String FAILED = "\"notStarted\"";

  @TempDir Path directory;

  /** What is done with the application when it has come to some point. */
  private interface Step {
    void with(ForkedJvm app) throws Exception;
  }

  /** Memory, before anything of the group is there, and when most of it runs. */
  @ParameterizedTest
  @ValueSource(strings = {"core/Cluster[.]make$", "core/ClusterParts[.]history$"})
  void withoutMemory(String struck) throws Exception {
    compare(
        struck,
        directory.resolve("split"),
        StartedAgainTest::assertTold,
        app -> {
          String status = Asked.get(port(app), STATUS).body;
          assertFalse(status.contains(FAILED), status);
          assertEquals(1, saying(app, "the start of rwsplit has failed"), app::transcript);
          assertEquals(1, saying(app, "started, where it had failed before"), app::transcript);
        });
  }

  /** A class that could not be initialised stays so. */
  @Test
  void neverAgain() throws Exception {
    String url = "jdbc:sqlite:" + Files.createDirectory(directory.resolve("split")) + "/app.db";
    Chaos chaos = Chaos.of(1, "unlinked", 1).in(".*").waiting();
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("split/app.db").toFile(),
                directory.resolve("split/replica1.db").toFile())
            .property("rwsplit.http.port", "0");
    Object[] arguments = {url, "core/Cluster[.]make$", false};
    try (ForkedJvm app =
        chaos.on(split, Chaos.jar(directory)).main(StartedAgain.class, arguments).start()) {
      app.awaitOut(line -> line.startsWith("written"), 120);
      JsonNode failed = failed(app);
      assertTrue(failed.get("why").asText().contains("NoClassDefFoundError"), failed::toString);
      assertTrue(failed.get("nextTrySeconds").isNull(), failed::toString);
      assertTrue(
          status(app).contains("NOT STARTED, all on the master: java.lang.NoClassDefFoundError"),
          () -> "" + failed);
      assertTrue(status(app).contains("; it takes a restart of the application"));
      app.tell("go on");
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of("written 1", "done", "end"), app.out(), app::transcript);
    }
  }

  /** A file has the place of the directory for the replicas. */
  @Test
  void withoutDirectory() throws Exception {
    Path replicas = Files.createFile(directory.resolve("replicas"));
    compare(
        "$.",
        replicas,
        app -> {
          Files.delete(replicas);
          Files.createDirectory(replicas);
        },
        app -> {});
  }

  /** The status says that the group does not run, why, and when it is tried again. */
  private static void assertTold(ForkedJvm app) throws Exception {
    JsonNode failed = failed(app);
    assertEquals("", failed.get("name").asText(), failed::toString);
    assertTrue(
        failed.get("why").asText().startsWith("java.lang.OutOfMemoryError"), failed::toString);
    int seconds = failed.get("nextTrySeconds").asInt(-1);
    assertTrue(seconds >= 0 && seconds <= 300, failed::toString);
    Asked ready = Asked.get(port(app), "/health/ready");
    description(app).check("GET /health/ready", ready);
    assertTrue(ready.body.contains("DEGRADED"), ready::toString);
    String shown = status(app);
    assertTrue(shown.contains("NOT STARTED, all on the master: java.lang.OutOfMemoryError"), shown);
    assertTrue(shown.contains("; tried again in "), shown);
  }

  /** What the status says of the group; waits until it does. */
  private static JsonNode failed(ForkedJvm app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      Asked status = Asked.get(port(app), STATUS);
      if (status != null && status.body.contains(FAILED)) {
        description(app).check("GET " + STATUS, status);
        return new ObjectMapper().readTree(status.body).get("notStarted").get(0);
      }
      assertTrue(System.nanoTime() - deadline < 0, () -> status + "\n" + app.transcript());
      Thread.sleep(20);
    }
  }

  private static Description description(ForkedJvm app) throws Exception {
    return new Description(Asked.get(port(app), "/api/openapi.json").body);
  }

  private static String status(ForkedJvm app) throws Exception {
    Path here = Path.of("").toAbsolutePath();
    return new Tool(here).run("status", "--url", "http://127.0.0.1:" + port(app)).expect(0).out;
  }

  private static int port(ForkedJvm app) throws InterruptedException {
    String line = app.awaitErr(each -> each.contains("HTTP: http"), 120);
    return Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
  }

  private void compare(String struck, Path replicas, Step failed, Step started) throws Exception {
    StruckProgram program = new StruckProgram(directory, StartedAgain.class);
    List<String> bare = program.bare(struck, false);
    Chaos chaos = Chaos.of(1, "oom", 1).in(".*").waiting();
    List<String> properties =
        List.of(
            "chaos.counted", "io/rwsplit/jdbc/StatementResults.served", "rwsplit.http.port", "0");
    try (ForkedJvm app = program.split(chaos, replicas, properties, struck, true)) {
      app.awaitOut(line -> line.startsWith("written"), 120);
      failed.with(app);
      app.tell("go on");
      app.awaitOut(line -> line.equals("done"), 240);
      started.with(app);
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      Transcripts.assertSame(bare, app.out(), app.transcript());
    }
  }

  private static long saying(ForkedJvm app, String what) {
    return app.err().stream().filter(line -> line.startsWith(SOUND) && line.contains(what)).count();
  }
}
