package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check-data} on servers while somebody writes: one damaged row is found, and no other. */
class CheckDataOnServersTest {
  @TempDir Path directory;

  private static void make(ServerCluster cluster) throws SQLException, IOException {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE calm (id INTEGER, part VARCHAR(20), v DOUBLE PRECISION,"
            + " name VARCHAR(40), PRIMARY KEY (part, id))");
    statements.add("CREATE TABLE busy (id BIGINT PRIMARY KEY, name VARCHAR(40))");
    statements.add("CREATE TABLE loose (line VARCHAR(40))");
    for (int from = 0; from < 2000; from += 500) {
      StringBuilder calm = new StringBuilder("INSERT INTO calm VALUES ");
      StringBuilder busy = new StringBuilder("INSERT INTO busy VALUES ");
      for (int i = from; i < from + 500; i++) {
        String comma = i == from ? "" : ", ";
        String row = "(" + i + ", 'p" + i % 3 + "', " + i / 7.0 + ", 'needle-" + i + "-end')";
        calm.append(comma).append(row);
        busy.append(comma).append("(").append(i).append(", 'old')");
      }
      statements.add(calm.toString());
      statements.add(busy.toString());
    }
    statements.add("INSERT INTO loose SELECT name FROM calm WHERE id < 10");
    cluster.make(statements.toArray(new String[0]));
  }

  private Tool.Ran check(ServerCluster cluster, String... more) throws Exception {
    Path password = Files.writeString(directory.resolve("password.txt"), ServerCluster.APP);
    Tool tool =
        new Tool(directory)
            .with("rwsplit.master", cluster.appUrl())
            .with("rwsplit.replicas", String.join(",", cluster.replicaUrls()))
            .with("rwsplit.replicas.user", ServerCluster.APP)
            .with("rwsplit.replicas.password", ServerCluster.APP);
    List<String> words =
        new ArrayList<>(
            List.of(
                "check-data",
                "--rows",
                "300",
                "--patience",
                "120",
                "--driver-path",
                Tool.drivers(),
                "--user",
                ServerCluster.APP,
                "--password-file",
                password.toString()));
    words.addAll(List.of(more));
    return tool.run(words.toArray(new String[0]));
  }

  /** Before the damage nothing differs, afterwards one row of one replica does. */
  private interface Damage {
    void run() throws Exception;
  }

  private void underWriters(ServerCluster cluster, Damage damage) throws Exception {
    make(cluster);
    try (Writers writers = new Writers(cluster.app(ServerCluster.MASTER))) {
      Tool.Ran equal = check(cluster).expect(0);
      assertTrue(equal.out.contains("replica1: equal; 3 tables"), equal::toString);
      long before = writers.written();
      assertTrue(before > 0, equal::toString);
      damage.run();
      JsonNode json = check(cluster, "--json", "--show-values").expect(1).json();
      JsonNode replica = json.at("/replicas/0");
      assertEquals(1, replica.path("total").asInt(), json::toString);
      JsonNode difference = replica.at("/differences/0");
      assertEquals("changed", difference.path("kind").asText(), json::toString);
      assertEquals("part=p2, id=77", difference.path("where").asText(), json::toString);
      assertEquals(
          "name: needle-77-eND instead of needle-77-end",
          difference.at("/columns/0").asText(),
          json::toString);
      assertTrue(json.at("/replicas/1/equal").asBoolean(true), json::toString);
      Tool.Ran masked = check(cluster).expect(1);
      assertTrue(masked.out.contains("part=p2, id=77 (name)"), masked::toString);
      assertFalse(masked.out.contains("eND"), masked::toString);
    }
  }

  @Test
  void mariadb() throws Exception {
    onBinlogs(SharedClusters.mariadb());
  }

  @Test
  @Tag("mysql")
  void mysql() throws Exception {
    onBinlogs(SharedClusters.mysql());
  }

  private void onBinlogs(ServerCluster cluster) throws Exception {
    underWriters(
        cluster,
        () ->
            Writers.beside(
                cluster,
                "UPDATE app.calm SET name = 'needle-77-eND' WHERE part = 'p2' AND id = 77"));
  }

  /** A standby takes no writes: bytes of its file are changed while it is down. */
  @Test
  void postgres() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(1)) {
      underWriters(
          cluster,
          () -> {
            cluster.execute(ServerCluster.MASTER, "CHECKPOINT");
            cluster.awaitReplicas();
            cluster.execute(1, "CHECKPOINT");
            Path file =
                Path.of(cluster.ask(1, "SHOW data_directory"))
                    .resolve(cluster.ask(1, "SELECT pg_relation_filepath('calm')"));
            cluster.kill(1);
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertTrue(text.contains("needle-77-end"), "the row is in the file");
            Files.writeString(
                file, text.replace("needle-77-end", "needle-77-eND"), StandardCharsets.ISO_8859_1);
            cluster.restart(1);
          });
    }
  }
}
