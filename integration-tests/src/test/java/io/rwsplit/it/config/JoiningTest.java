package io.rwsplit.it.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.MysqlCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import legacy.config.SteadyReads;
import legacy.h2.Replication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link ReplicasAtRunTimeTest}, shorter, on engines whose replicas' positions are known by
 * other means: a replica joins, the other leaves and comes back, while the application reads what
 * it has written.
 */
class JoiningTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private ForkedJvm app;
  private int port;

  private void write(List<String> lines, String... replicas) throws Exception {
    List<String> all = new ArrayList<>(lines);
    all.add("rwsplit.config.interval=100ms");
    all.add("rwsplit.replicas=" + String.join(",", replicas));
    Path fresh = Files.write(directory.resolve("fresh"), all);
    Files.move(fresh, directory.resolve("rwsplit.properties"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void await(String wanted) throws InterruptedException {
    app.awaitErr(line -> line.contains(wanted), 180);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < deadline, () -> "in vain: " + what + "\n" + app.transcript());
      Thread.sleep(20);
    }
  }

  private JsonNode replica(int number) throws Exception {
    Asked answer = Asked.get(port, "/api/database/replication/metrics");
    assertEquals(200, answer.status, answer.body);
    return JSON.readTree(answer.body).at("/groups/0/replicas/" + (number - 1));
  }

  private void awaitReads(int number) throws Exception {
    long before = replica(number).get("reads").asLong();
    await("reads on replica" + number, () -> replica(number).get("reads").asLong() > before + 5);
  }

  private void awaitRounds() throws Exception {
    int before = app.out().size();
    app.tell("rounds");
    await("more rounds", () -> app.out().size() > before);
  }

  /** It gets nothing more, once what was under way is done. */
  private void assertIdle(int number) throws Exception {
    awaitRounds();
    long before = replica(number).get("reads").asLong();
    awaitRounds();
    assertEquals(before, replica(number).get("reads").asLong(), app::transcript);
  }

  private ForkedJvm start(Object... arguments) throws Exception {
    ForkedJvm begun =
        new ForkedJvm.Builder()
            .option(
                "-javaagent:" + ForkedJvm.AGENT_JAR + "=" + directory.resolve("rwsplit.properties"))
            .property("rwsplit.http.port", "0")
            .property("rwsplit.http.rate", "10000")
            .main(SteadyReads.class, arguments)
            .start();
    String line = begun.awaitErr(each -> each.contains("HTTP: http"), 180);
    port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
    return begun;
  }

  private void end() throws Exception {
    app.tell("end");
    assertEquals(0, app.exitCode(180), app::transcript);
    assertEquals("stale 0 failed 0", app.out().get(app.out().size() - 1), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
  }

  private void check(List<String> lines, String one, String two, Object... arguments)
      throws Exception {
    write(lines, one);
    try (ForkedJvm started = start(arguments)) {
      app = started;
      await("replica1: in service");
      awaitReads(1);

      write(lines, one, two);
      await("replica2 is new");
      await("replica2: in service");
      awaitReads(2);

      write(lines, two);
      await("replica1 gets no more reads: it is no longer configured");
      awaitReads(2);
      assertIdle(1);
      await("its connections are closed", () -> replica(1).at("/pool/open").asInt() == 0);

      write(lines, two, one);
      await("replica1 is configured again");
      awaitReads(1);
      end();
    }
  }

  @Test
  @Tag("mysql")
  void mysql() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    List<String> replicas = cluster.replicaUrls();
    String way = cluster.appUrl() + (cluster.appUrl().indexOf('?') < 0 ? "?" : "&");
    check(
        List.of("rwsplit.master=" + cluster.url()),
        replicas.get(0),
        replicas.get(1),
        way + "user=app&password=app",
        3);
  }

  /** The servers that choose the master are the same from the start: that is said, and why. */
  @Test
  void refusedWithFailover() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    List<String> replicas = cluster.replicaUrls();
    List<String> lines = List.of("rwsplit.master=" + cluster.url(), "rwsplit.failover=follow");
    write(lines, replicas.get(0));
    try (ForkedJvm started = start(cluster.appUrl() + "&user=app&password=app", 3)) {
      app = started;
      await("replica1: in service");
      awaitReads(1);
      write(lines, replicas.get(0), replicas.get(1));
      await(" needs a restart: with rwsplit.failover all JVMs must choose the master among the");
      awaitReads(1);
      end();
    }
  }

  /** Positions are those of the heartbeat; the replica that joins is late for what was written. */
  @Test
  void h2() throws Exception {
    try (ForkedJvm servers = new ForkedJvm.Builder().main(Replication.class, "steady").start()) {
      String[] ports = servers.awaitOut(line -> line.startsWith("ports "), 120).split(" ", -1);
      servers.tell("delay 5");
      String[] nodes = new String[3];
      for (int i = 0; i < nodes.length; i++) {
        nodes[i] = "jdbc:h2:tcp://127.0.0.1:" + ports[i + 1] + "/mem:node" + i;
      }
      check(
          Arrays.asList(
              "rwsplit.master=" + nodes[0],
              "rwsplit.replicas.user=app",
              "rwsplit.replicas.password=app",
              "rwsplit.lag.heartbeat=heartbeat.v",
              "rwsplit.consistency.wait=2s"),
          nodes[1],
          nodes[2],
          nodes[0],
          3,
          "app",
          "app");
    }
  }
}
