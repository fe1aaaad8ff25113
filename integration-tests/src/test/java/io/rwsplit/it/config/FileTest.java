package io.rwsplit.it.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.Hello;
import legacy.config.TwoMasters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration file that the agent is given, and names of others in the environment. */
class FileTest {
  private static final String SECRET = "s3cret-of-ours";

  @TempDir Path directory;

  private String url(String name) {
    return "jdbc:sqlite:" + directory.resolve(name);
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name), List.of(lines));
  }

  private static ForkedJvm.Builder agent(String argument) {
    return new ForkedJvm.Builder().option("-javaagent:" + ForkedJvm.AGENT_JAR + "=" + argument);
  }

  private ForkedJvm.Builder shop(ForkedJvm.Builder builder) {
    return builder.main(TwoMasters.class, url("shop.db"), url("other.db"), 30, 1);
  }

  private static void assertSplit(ForkedJvm app) throws Exception {
    app.awaitOut("made"::equals, 120);
    app.awaitErr(line -> line.endsWith("replica1: in service"), 120);
    app.tell("go");
    assertEquals(0, app.exitCode(120), app::transcript);
    assertEquals("stale 0", app.out().get(app.out().size() - 1), app::transcript);
    assertTrue(ExitTable.of(app).onMaster() >= 30, app::transcript);
    assertFalse(app.saysFault(), app::transcript);
  }

  @Test
  void yaml() throws Exception {
    Path file =
        write(
            "rwsplit.yaml",
            "# of the shop",
            "rwsplit:",
            "  master: " + url("shop.db"),
            "  replicas:",
            "    - " + url("r1.db"),
            "    - " + url("r2.db"),
            "  lag:",
            "    max: 7s",
            "    maks: 9s");
    try (ForkedJvm app = shop(agent(file.toString())).start()) {
      assertSplit(app);
      assertTrue(
          app.transcript().contains("rwsplit.yaml line 9) = \"9s\" is not a known property"),
          app::transcript);
      assertTrue(app.transcript().contains("perhaps you mean rwsplit.lag.max"), app::transcript);
    }
  }

  @Test
  void propertiesOfTheEnvironmentsChoice() throws Exception {
    Path file =
        write(
            "shop.properties",
            "rwsplit.master=" + url("shop.db"),
            "rwsplit.replicas=" + url("r1.db"),
            "rwsplit.lag.max=7s");
    try (ForkedJvm app =
        shop(new ForkedJvm.Builder()
                .agent()
                .property("rwsplit.lag.max", "8s")
                .environment("RWSPLIT_CONFIG", file.toString()))
            .start()) {
      assertSplit(app);
      app.awaitErr(
          line -> line.contains("rwsplit.lag.max is used, not rwsplit.lag.max (" + file), 120);
    }
  }

  @Test
  void namesOfOthers() throws Exception {
    try (ForkedJvm app =
        shop(new ForkedJvm.Builder()
                .agent()
                .environment("READ_WRITE_SPLITTING_ENABLED", "true")
                .environment("MASTER_DB_PATH", directory.resolve("shop.db").toString())
                .environment("SLAVE_DB_PATHS", directory.resolve("r1.db").toString())
                .environment("FAILOVER_ENABLED", "true")
                .environment("MAX_REPLICATION_LAG", "5000"))
            .start()) {
      assertSplit(app);
    }
  }

  /** A file is read when a driver appears: an application without one never meets it. */
  @Test
  void aFaultyFileIsSaidWhenItMatters() throws Exception {
    Path file =
        write(
            "rwsplit.properties",
            "rwsplit.master=" + url("shop.db"),
            "rwsplit.replicas.password=" + SECRET,
            "rwsplit.lag.max=7");
    try (ForkedJvm app = agent(file.toString()).main(Hello.class).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of(), app.err(), app::transcript);
    }
    try (ForkedJvm app = shop(agent(file.toString())).start()) {
      app.awaitOut("made"::equals, 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(app.transcript().contains("stale 0"), app::transcript);
      assertTrue(app.err().get(0).contains("3 faults"), app::transcript);
      assertTrue(app.transcript().contains("rwsplit.properties line 3"), app::transcript);
      assertFalse(app.transcript().contains(SECRET), app::transcript);
    }
    try (ForkedJvm app =
        agent(file.toString()).property("rwsplit.strict", "true").main(Hello.class).start()) {
      assertNotEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of(), app.out(), app::transcript);
    }
    try (ForkedJvm app = shop(agent("/no/such/file.yaml")).start()) {
      app.awaitOut("made"::equals, 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(app.err().get(1).contains("/no/such/file.yaml does not exist"), app::transcript);
    }
  }
}
