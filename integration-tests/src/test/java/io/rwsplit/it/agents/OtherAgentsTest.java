package io.rwsplit.it.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import io.rwsplit.it.OnEveryJdk;
import io.rwsplit.it.Transcripts;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.agents.Till;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's agent, which puts advice into the same driver classes, and JaCoCo's. */
class OtherAgentsTest {
  /** {@code sqlite}, {@code postgres}, {@code mariadb}, {@code mysql}; or null. */
  private static final String ENGINES = System.getProperty("rwsplit.it.agents.engines");

  private static final boolean WHOLE = Boolean.getBoolean("rwsplit.it.agents.whole");

  private static final String TILL = Till.class.getName().replace('.', '/');
  private static final File LIBRARIES = new File(System.getProperty("rwsplit.it.agents"));
  private static final long SECONDS = 240;

  /** A span of the application's thread; literals are left out of the text. */
  private static final Pattern SPAN =
      Pattern.compile(
          ".*\\[main] .*LoggingSpanExporter - .*db\\.statement=([^}]*? till\\b[^,}]*).*");

  private static final String WRONG = "SELECT nothing FROM till";

  /** What {@link Till} executes, each once a call; a batch of one is told by its statement. */
  private static final Map<String, Integer> EXECUTED =
      new TreeMap<>(
          Map.of(
              "DROP TABLE IF EXISTS till",
              1,
              "CREATE TABLE till(id INT PRIMARY KEY",
              1,
              "INSERT INTO till VALUES (?",
              20,
              "SELECT amount FROM till WHERE id = ?",
              40,
              "SELECT sum(amount) FROM till",
              20,
              "SELECT max(id) FROM till",
              20,
              "UPDATE till SET amount = amount - id",
              1,
              "SELECT min(amount) FROM till",
              1,
              "DELETE FROM till WHERE amount < id",
              1,
              WRONG,
              1));

  @TempDir Path directory;

  private ServerCluster cluster;
  private int runs;

  /** Gives the program's master, on empty tables, and the agent's configuration for it. */
  private void begin(String engine) throws Exception {
    runs++;
    switch (engine) {
      case "postgres" -> cluster = SharedClusters.postgres();
      case "mariadb" -> cluster = SharedClusters.mariadb();
      case "mysql" -> cluster = SharedClusters.mysql();
      default -> cluster = null;
    }
  }

  private File file(String name) {
    return directory.resolve(runs + name).toFile();
  }

  private String url() {
    return cluster == null ? "jdbc:sqlite:" + file("master.db") : cluster.appUrl();
  }

  private ForkedJvm.Builder split(ForkedJvm.Builder jvm) {
    return (cluster == null ? jvm.split(file("master.db"), file("replica.db")) : cluster.split(jvm))
        .property("rwsplit.log.routes", "true")
        // Reads follow writes here: without it a slow replica gets few.
        .property("rwsplit.consistency.wait", "30s");
  }

  private ForkedJvm run(ForkedJvm.Builder jvm, boolean split) throws Exception {
    try (ForkedJvm app = jvm.main(Till.class, url(), "app", "app").start()) {
      if (split) {
        app.awaitErr(line -> line.contains("replica1 <- "), SECONDS);
      }
      app.tell("go");
      assertEquals(0, app.exitCode(SECONDS), app::transcript);
      if (split) {
        assertFalse(app.saysFault(), app::transcript);
        assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
        writesStayed(app);
      }
      return app;
    }
  }

  private static void writesStayed(ForkedJvm app) {
    for (String line : app.err()) {
      assertTrue(
          !line.matches(".* replica\\d <- .*") || line.contains("[SELECT "), app::transcript);
    }
  }

  /** Beside another agent, which comes first or last. */
  private ForkedJvm beside(
      Jdk jdk, String other, boolean first, UnaryOperator<ForkedJvm.Builder> with)
      throws Exception {
    ForkedJvm.Builder jvm = with.apply(split(new ForkedJvm.Builder().on(jdk)));
    return run(first ? jvm.firstOption(other) : jvm.option(other), true);
  }

  private static String agent(String jar) {
    File file = new File(LIBRARIES, jar);
    assertTrue(file.isFile(), file + " is missing: the build puts it there");
    return "-javaagent:" + file;
  }

  /** One server, on one JDK, unless told otherwise. */
  private static List<String> engines(Jdk jdk) {
    if (ENGINES != null) {
      return List.of(ENGINES.split(",", -1));
    }
    List<Jdk> all = Jdk.all();
    return jdk.equals(all.get(all.size() - 1)) ? List.of("sqlite", "postgres") : List.of("sqlite");
  }

  @OnEveryJdk
  void openTelemetry(Jdk jdk) throws Exception {
    for (String engine : engines(jdk)) {
      begin(engine);
      List<String> bare = run(new ForkedJvm.Builder().on(jdk), false).out();
      for (boolean first : new boolean[] {true, false}) {
        begin(engine);
        ForkedJvm app =
            beside(jdk, agent("opentelemetry-javaagent.jar"), first, OtherAgentsTest::traced);
        Transcripts.assertSame(bare, app.out(), engine + ", OpenTelemetry first: " + first);
        // One for each execution, of the server that ran it: none is lost, and none is doubled.
        assertEquals(EXECUTED, spans(app), app::transcript);
      }
    }
  }

  private static ForkedJvm.Builder traced(ForkedJvm.Builder jvm) {
    jvm.property("otel.traces.exporter", "logging")
        .property("otel.metrics.exporter", "none")
        .property("otel.logs.exporter", "none");
    if (!WHOLE) {
      // All instrumentations take a JVM seven seconds; the others leave drivers alone.
      jvm.property("otel.instrumentation.common.default-enabled", "false")
          .property("otel.instrumentation.jdbc.enabled", "true");
    }
    return jvm;
  }

  private Map<String, Integer> spans(ForkedJvm app) {
    Map<String, Integer> spans = new TreeMap<>();
    for (String line : app.err()) {
      boolean failed = line.contains("<- a replica failed") && line.contains("[" + WRONG + "]");
      if (failed && cluster == null) {
        // Run on both: the error is to be the master's. On servers their agent sees one call only,
        // the application's, and takes what the driver does meanwhile for a part of it.
        spans.merge(WRONG, -1, Integer::sum);
      }
      Matcher span = SPAN.matcher(line);
      if (span.matches() && !span.group(1).contains(" warm ")) {
        spans.merge(span.group(1), 1, Integer::sum);
      }
    }
    return spans;
  }

  @OnEveryJdk
  void jacoco(Jdk jdk) throws Exception {
    String agent = agent("org.jacoco.agent-runtime.jar") + "=destfile=";
    for (String engine : ENGINES == null ? List.of("sqlite") : engines(jdk)) {
      begin(engine);
      File exec = file("bare.exec");
      List<String> bare = run(new ForkedJvm.Builder().on(jdk).option(agent + exec), false).out();
      String covered = Coverage.of(exec).get(TILL);
      assertNotNull(covered, "JaCoCo without us");
      for (boolean first : new boolean[] {true, false}) {
        begin(engine);
        exec = file("split.exec");
        ForkedJvm app = beside(jdk, agent + exec, first, UnaryOperator.identity());
        Transcripts.assertSame(bare, app.out(), engine + ", JaCoCo first: " + first);
        // By its id a report finds the class; the same lines were run.
        assertEquals(covered, Coverage.of(exec).get(TILL));
      }
    }
  }
}
