package io.rwsplit.it.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.alert.Alerted;
import io.rwsplit.it.cli.Tool;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import legacy.compare.Turnover;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While writers change rows to and fro without a pause no comparison finds a difference; one row
 * that was changed behind replication's back is found, named, an alert, and over when it is mended.
 */
class CompareTest {
  private static final String GOOD = "needle-7-end";
  private static final String BAD = "needle-7-eND";
  private static final int QUIET = Integer.getInteger("rwsplit.it.compare.quiet", 40);
  private static final String BY_KEY = "SELECT id, name, price, picture FROM calm WHERE id = ?";

  @TempDir Path directory;

  /** Does something to the first replica. */
  private interface Step {
    void run() throws Exception;
  }

  private static ForkedJvm.Builder comparing(ForkedJvm.Builder builder) {
    return Alerted.often(builder)
        .property("rwsplit.read.compare", "100")
        .property("rwsplit.read.compare.rate", "100")
        .property("rwsplit.read.compare.timeout", "30s")
        .property("rwsplit.alert.cooldown", "0ms")
        // Servers that start again take their time.
        .property("rwsplit.alert.raise", "0ms")
        .property("rwsplit.report.interval", "off");
  }

  private static boolean stands(JsonNode compared, String replica) {
    for (JsonNode each : compared.at("/groups/0/report/replicas")) {
      if (each.get("name").asText().equals(replica)) {
        return each.get("standing").asInt() > 0;
      }
    }
    return false;
  }

  private static boolean isAlert(JsonNode alerts) {
    for (JsonNode each : alerts.get("alerts")) {
      if (each.get("kind").asText().equals("data-mismatch")) {
        return true;
      }
    }
    return false;
  }

  private static void run(Alerted app, Step damage, Step mend) throws Exception {
    run(app, QUIET, damage, mend);
  }

  private static void run(Alerted app, int same, Step damage, Step mend) throws Exception {
    JsonNode quiet =
        app.await("/api/compare", compared -> compared.at("/groups/0/report/same").asInt() >= same);
    JsonNode report = quiet.at("/groups/0/report");
    assertEquals(0, report.get("different").asInt(), quiet::toString);
    assertEquals(0, report.get("differences").size(), quiet::toString);
    app.await(
        "/api/compare",
        compared -> compared.at("/groups/0/report/causes/not-deterministic").asInt() > 0);
    app.await("/api/alerts", alerts -> alerts.get("looking").asBoolean());
    assertFalse(isAlert(app.await("/api/alerts", alerts -> true)));

    damage.run();
    JsonNode found = app.await("/api/compare", compared -> stands(compared, "replica1"));
    assertFalse(stands(found, "replica2"), found::toString);
    JsonNode byKey = byKey(app.await("/api/compare", compared -> byKey(compared) != null));
    assertEquals("replica1", byKey.get("replica").asText(), byKey::toString);
    assertEquals(1, byKey.get("onlyMaster").asInt(), byKey::toString);
    assertEquals(1, byKey.get("onlyReplica").asInt(), byKey::toString);
    assertEquals("name", byKey.at("/columns/0").asText(), byKey::toString);
    assertTrue(byKey.get("keys").isNull(), byKey::toString);
    reported(app, 1);
    app.awaitAlert("data-mismatch", "replica1", "critical");
    app.awaitLine("CRITICAL data-mismatch: replica1");
    String metrics = app.text("/metrics");
    assertTrue(metrics.contains("rwsplit_data_mismatches{group=\"\",replica=\"replica1\"} "));
    assertFalse(
        metrics.contains("rwsplit_data_mismatches{group=\"\",replica=\"replica1\"} 0"), metrics);

    mend.run();
    app.await("/api/compare", compared -> !stands(compared, "replica1"));
    app.awaitLine("RECOVERED data-mismatch: replica1");
    app.await("/api/alerts", alerts -> !isAlert(alerts));
    JsonNode last = app.await("/api/compare", compared -> true);
    for (JsonNode each : last.at("/groups/0/report/differences")) {
      assertEquals("replica1", each.get("replica").asText(), last::toString);
      assertFalse(each.get("statement").asText().contains("busy"), last::toString);
    }
    app.end("needle-7-e");
    assertTrue(
        app.jvm().err().stream().anyMatch(line -> line.contains(" reads compared with the master")),
        app.jvm()::transcript);
  }

  /** The command says the same as the endpoint, and its exit code tells. */
  private static void reported(Alerted app, int code) throws Exception {
    Path nowhere = Path.of(System.getProperty("java.io.tmpdir"));
    Tool.Ran ran = new Tool(nowhere).run("compare-report", "--url", app.url()).expect(code);
    boolean shown = false;
    for (String line : ran.out.split("\n", -1)) {
      shown |= line.startsWith("replica1  yes") && line.endsWith(BY_KEY);
    }
    assertTrue(shown, ran::toString);
    assertFalse(ran.out.contains("needle"), ran::toString);
  }

  private static JsonNode byKey(JsonNode compared) {
    for (JsonNode each : compared.at("/groups/0/report/differences")) {
      if (each.get("statement").asText().equals(BY_KEY)) {
        return each;
      }
    }
    return null;
  }

  @Test
  void sqlite() throws Exception {
    Path replica = directory.resolve("r1.db");
    ForkedJvm.Builder builder =
        comparing(
            new ForkedJvm.Builder()
                .split(
                    directory.resolve("master.db").toFile(),
                    replica.toFile(),
                    directory.resolve("r2.db").toFile()));
    try (Alerted app =
        Alerted.start(builder, Turnover.class, "jdbc:sqlite:" + directory.resolve("master.db"))) {
      run(
          app,
          () -> {
            // The agent looks after the files, and mends what it finds first.
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (byKey(app.await("/api/compare", compared -> true)) == null) {
              assertTrue(System.nanoTime() - deadline < 0, app.jvm()::transcript);
              patch(replica);
              patch(directory.resolve("r1.db-wal"));
              Thread.sleep(100);
            }
          },
          () ->
              app.post(
                  "/api/force-sync",
                  "{\"replica\":\"replica1\",\"mode\":\"rebuild\",\"timeoutMillis\":120000}"));
    }
  }

  /** Bytes of the row, wherever they are; as by a disk that forgets, nobody is told. */
  private static void patch(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    FileTime before = Files.getLastModifiedTime(file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    try (java.io.RandomAccessFile open = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      for (int at = text.indexOf(GOOD); at >= 0; at = text.indexOf(GOOD, at + 1)) {
        open.seek(at);
        open.write(BAD.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    Files.setLastModifiedTime(file, before);
  }

  @Test
  void mariadb() throws Exception {
    ServerCluster cluster = SharedClusters.mariadb();
    try (Alerted app = start(cluster, "route")) {
      run(app, () -> rename(cluster, BAD), () -> rename(cluster, GOOD));
    }
  }

  @Test
  @Tag("mysql")
  void mysql() throws Exception {
    ServerCluster cluster = SharedClusters.mysql();
    try (Alerted app = start(cluster, "route")) {
      run(app, 10, () -> renameOnMysql(cluster, BAD), () -> renameOnMysql(cluster, GOOD));
    }
  }

  /** All rows, which one of the first comparisons finds. */
  private static void renameOnMysql(ServerCluster cluster, String name) throws Exception {
    String end = name.substring(name.length() - 3);
    cluster.execute(1, "SET GLOBAL super_read_only = 0");
    try {
      cluster.execute(
          1,
          "SET SESSION sql_log_bin = 0",
          "UPDATE app.calm SET name = CONCAT('needle-', id, '-" + end + "')");
    } finally {
      cluster.execute(1, "SET GLOBAL super_read_only = 1");
    }
  }

  /** Before anything is routed it is known whether replicas would have answered the same. */
  @Test
  void mariadbWhileObserving() throws Exception {
    ServerCluster cluster = SharedClusters.mariadb();
    try (Alerted app = start(cluster, "observe")) {
      run(app, () -> rename(cluster, BAD), () -> rename(cluster, GOOD));
    }
  }

  private static void rename(ServerCluster cluster, String name) throws Exception {
    cluster.execute(
        1, "SET SESSION sql_log_bin = 0", "UPDATE app.calm SET name = '" + name + "' WHERE id = 7");
  }

  private static Alerted start(ServerCluster cluster, String mode) throws Exception {
    return Alerted.start(
        comparing(cluster.split(new ForkedJvm.Builder())).property("rwsplit.mode", mode),
        Turnover.class,
        cluster.appUrl(),
        ServerCluster.APP,
        ServerCluster.APP);
  }

  /** A standby takes no writes: bytes of its file are changed while it is down. */
  @Test
  void postgres() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(1);
        Alerted app = start(cluster, "route")) {
      run(app, () -> rewrite(cluster, GOOD, BAD), () -> rewrite(cluster, BAD, GOOD));
    }
  }

  private static void rewrite(PostgresCluster cluster, String from, String to) throws Exception {
    cluster.execute(ServerCluster.MASTER, "CHECKPOINT");
    cluster.awaitReplicas();
    cluster.execute(1, "CHECKPOINT");
    Path file =
        Path.of(cluster.ask(1, "SHOW data_directory"))
            .resolve(cluster.ask(1, "SELECT pg_relation_filepath('calm')"));
    cluster.kill(1);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(from), "the row is in the file");
    Files.writeString(file, text.replace(from, to), StandardCharsets.ISO_8859_1);
    cluster.restart(1);
  }
}
