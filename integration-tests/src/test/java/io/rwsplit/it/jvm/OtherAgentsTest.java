package io.rwsplit.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import legacy.jvm.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's agent and JaCoCo's weave the same driver, before or after. */
class OtherAgentsTest {
  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private static String agent(String jar) {
    return "-javaagent:" + Path.of(System.getProperty("rwsplit.it.agents"), jar).toAbsolutePath();
  }

  private String openTelemetry() {
    return agent("opentelemetry-javaagent.jar");
  }

  private String jacoco(File to) {
    return agent("org.jacoco.agent-runtime.jar") + "=destfile=" + to;
  }

  private List<String> run(boolean first, File coverage) throws Exception {
    File master = Databases.make(file("master.db"), "PRAGMA journal_mode=WAL");
    List<String> options = new ArrayList<>(List.of(openTelemetry(), jacoco(coverage)));
    String own = "-javaagent:" + ForkedJvm.AGENT_JAR;
    options.add(first ? 0 : options.size(), own);
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .property("rwsplit.master", "jdbc:sqlite:" + master)
            .property("rwsplit.replicas", "jdbc:sqlite:" + file("replica.db"))
            .property("rwsplit.consistency.wait", "5s")
            .property("otel.traces.exporter", "console")
            .property("otel.metrics.exporter", "none")
            .property("otel.logs.exporter", "none");
    for (String option : options) {
      builder.option(option);
    }
    try (ForkedJvm app = builder.main(Ledger.class, "jdbc:sqlite:" + master).start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      // A span for each statement of the application, whoever ran it.
      assertTrue(
          app.err().stream().filter(line -> line.contains("LoggingSpanExporter")).count() > 500,
          app::transcript);
      assertTrue(app.err().stream().anyMatch(line -> line.contains("INSERT")), app::transcript);
      return app.out();
    }
  }

  @Test
  void allOfThemInBothOrders() throws Exception {
    List<String> bare;
    File master = Databases.make(file("master.db"), "PRAGMA journal_mode=WAL");
    try (ForkedJvm app =
        new ForkedJvm.Builder().main(Ledger.class, "jdbc:sqlite:" + master).start()) {
      assertEquals(0, app.exitCode(180), app::transcript);
      bare = app.out();
    }
    for (boolean first : new boolean[] {true, false}) {
      File coverage = file("coverage-" + first + ".exec");
      assertEquals(bare, run(first, coverage), "first: " + first);
      assertTrue(Files.size(coverage.toPath()) > 1000, "coverage");
    }
  }
}
