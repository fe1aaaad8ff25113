package io.rwsplit.it.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.PostgresCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import legacy.config.SteadyReads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas that were not there at the start are taken into service, and others let go, while the
 * application reads its own writes without a pause over connections that stay open: no statement
 * fails, none misses a write, the new one gets reads and the removed one none.
 */
class ReplicasAtRunTimeTest {
  private static final String METRICS = "/api/database/replication/metrics";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private ForkedJvm app;
  private int port;

  private Path file() {
    return directory.resolve("rwsplit.properties");
  }

  /** At once, so that nobody meets half of it. */
  private void write(String master, List<String> replicas, String... further) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("rwsplit.master=" + master);
    all.add("rwsplit.config.interval=100ms");
    all.add("rwsplit.replicas=" + String.join(",", replicas));
    all.addAll(Arrays.asList(further));
    Path fresh = Files.write(directory.resolve("fresh"), all);
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
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

  /** Waits until the application has done some rounds more. */
  private void awaitRounds() throws Exception {
    int before = app.out().size();
    app.tell("rounds");
    await("more rounds", () -> app.out().size() > before);
  }

  private JsonNode replica(int number) throws IOException {
    Asked answer =
        Asked.raw(
            port, "GET " + METRICS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertEquals(200, answer.status, answer.body);
    return JSON.readTree(answer.body).at("/groups/0/replicas/" + (number - 1));
  }

  private long reads(int number) throws IOException {
    return replica(number).get("reads").asLong();
  }

  private void awaitReads(int number) throws Exception {
    long before = reads(number);
    await("reads on replica" + number, () -> reads(number) > before + 5);
  }

  /** It gets nothing more, once what was under way is done. */
  private void assertIdle(int number) throws Exception {
    awaitRounds();
    long before = reads(number);
    awaitRounds();
    assertEquals(before, reads(number), () -> "replica" + number + "\n" + app.transcript());
  }

  private void check(String url, String master, String first, String second, String third)
      throws Exception {
    write(master, List.of(first, second));
    try (ForkedJvm started =
        new ForkedJvm.Builder()
            .option("-javaagent:" + ForkedJvm.AGENT_JAR + "=" + file())
            .property("rwsplit.http.port", "0")
            .property("rwsplit.http.rate", "10000")
            .main(SteadyReads.class, url, 3)
            .start()) {
      app = started;
      String http = app.awaitErr(line -> line.contains("HTTP: http"), 180);
      port = Integer.parseInt(http.replaceAll(".*:(\\d+);?.*", "$1"));
      await("replica1: in service");
      await("replica2: in service");
      awaitReads(1);

      // One goes, and one comes that nobody knew.
      write(master, List.of(second, third));
      await("replica1 gets no more reads: it is no longer configured");
      await("replica3 is new");
      await("replica3: in service");
      awaitReads(3);
      assertIdle(1);
      await("its connections are closed", () -> replica(1).at("/pool/open").asInt() == 0);
      strangerWrites(first);

      // Another weight: what asks for nothing goes to the new one only.
      write(master, List.of(second, third), "rwsplit.replicas.weight=0,1");
      await("rwsplit.replicas.weight=0,1 holds from now on");
      assertIdle(2);
      awaitReads(3);

      // Nonsense changes nothing, and is said.
      write(master, List.of(second, third, third, master), "rwsplit.replicas.weigth=1");
      await("the new configuration has faults, and changes nothing");
      await("is listed twice");
      await("is the master itself");
      await("perhaps you mean rwsplit.replicas.weight");
      awaitReads(3);
      assertIdle(2);

      // The first one is back, in its old place, and the new one is drained.
      write(master, List.of(third, first), "rwsplit.replicas.drain=replica3");
      await("replica1 is configured again");
      await("replica2 gets no more reads: it is no longer configured");
      await("replica3: out of service: is drained");
      awaitReads(1);
      assertMended(first);
      assertIdle(2);
      assertIdle(3);

      app.tell("end");
      assertEquals(0, app.exitCode(180), app::transcript);
      assertEquals("stale 0 failed 0", app.out().get(app.out().size() - 1), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
  }

  /** A file that is not fed any more takes what a stranger writes: a lock keeps him out before. */
  private void strangerWrites(String replica) throws Exception {
    if (!replica.startsWith("jdbc:sqlite:")) {
      return;
    }
    await(
        "a stranger may write",
        () -> {
          try (Connection connection = DriverManager.getConnection(replica);
              Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE stranger (id INTEGER)");
            return true;
          } catch (SQLException e) {
            return false;
          }
        });
  }

  /** What he wrote was found when the file came back. */
  private static void assertMended(String replica) throws SQLException {
    if (replica.startsWith("jdbc:sqlite:")) {
      try (Connection connection = DriverManager.getConnection(replica);
          Statement statement = connection.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT count(*) FROM sqlite_master WHERE name = 'stranger'")) {
        assertEquals(0, found.getInt(1));
      }
    }
  }

  @Test
  void files() throws Exception {
    String base = "jdbc:sqlite:" + directory.resolve("app.db");
    check(
        base + "?busy_timeout=60000",
        base,
        "jdbc:sqlite:" + directory.resolve("r1.db"),
        "jdbc:sqlite:" + directory.resolve("r2.db"),
        "jdbc:sqlite:" + directory.resolve("r3.db"));
  }

  @Test
  void postgres() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(3)) {
      List<String> replicas = cluster.replicaUrls();
      check(
          cluster.appUrl() + "?user=app&password=app",
          cluster.url(),
          replicas.get(0),
          replicas.get(1),
          replicas.get(2));
    }
  }

  @Test
  void mariadb() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(3)) {
      List<String> replicas = cluster.replicaUrls();
      check(
          cluster.appUrl() + "&user=app&password=app",
          cluster.url(),
          replicas.get(0),
          replicas.get(1),
          replicas.get(2));
    }
  }
}
