package io.rwsplit.it.promote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.cli.Tool;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator changes the master of an application that writes without a pause: by a command, over
 * HTTP, and when the master is gone by a command again. Nobody decides by itself here.
 */
class SwitchoverByCommandTest {
  private static final String TOKEN = "t0ken-of-the-tests-0123456789";
  private static final String STATUS = "/api/status";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private static String post(int port, String path, String body) throws IOException {
    Asked answer =
        Asked.raw(
            port,
            "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + TOKEN
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertEquals(200, answer.status, answer.body);
    return answer.body;
  }

  private static String master(int port) throws IOException {
    Asked answer =
        Asked.raw(
            port, "GET " + STATUS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return JSON.readTree(answer.body).at("/groups/0/master").asText();
  }

  private static Tool.Ran failover(Tool tool, String url, Path token) throws IOException {
    try {
      return tool.run("failover", "replica2", "--url", url, "--token-file", token.toString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void changesTheMaster() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    try (ServerCluster cluster = MariadbCluster.start(2)) {
      cluster.make(
          "CREATE TABLE steady(id BIGINT PRIMARY KEY)",
          "CREATE TABLE fixed(id INT PRIMARY KEY)",
          "INSERT INTO fixed VALUES (1), (2), (3)");
      ForkedJvm.Builder builder =
          new ForkedJvm.Builder()
              .property("rwsplit.http.port", "0")
              .property("rwsplit.http.token", TOKEN)
              .property("rwsplit.http.rate", "10000")
              .property("rwsplit.failover.observation", "1h");
      try (SteadyJvm app =
          new SteadyJvm(cluster, builder, "admin", directory.resolve("journal"), 1)) {
        app.awaitStarted();
        app.awaitWrites(cluster, 50);
        String line = app.jvm().awaitErr(each -> each.contains("HTTP: http"), 120);
        int port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
        String url = "http://127.0.0.1:" + port;
        Tool tool = new Tool(directory);

        Tool.Ran there =
            tool.run(
                "switchover",
                "replica1",
                "--timeout",
                "60",
                "--url",
                url,
                "--token-file",
                token.toString());
        there.expect(0);
        assertTrue(there.out.contains("Done: replica1 took over from first-master"), there.out);
        cluster.await("replica1 is the master", () -> master(port).equals("replica1"));
        app.awaitWrites(cluster, 50);
        assertEquals("1", cluster.ask(0, "SELECT @@GLOBAL.read_only"), there.out);

        JsonNode back =
            JSON.readTree(post(port, "/api/switchover/first-master", "{\"timeoutMillis\": 60000}"));
        assertTrue(back.path("done").asBoolean(), back.toString());
        cluster.await("the first is the master again", () -> master(port).equals("first-master"));
        app.awaitWrites(cluster, 50);
        Set<Long> acknowledged = app.acknowledged();
        for (int node = 0; node <= 2; node++) {
          int of = node;
          cluster.await(
              "node " + of + " has all that was acknowledged",
              () ->
                  PromoteOnServers.minus(acknowledged, PromoteOnServers.rows(cluster, of))
                      .isEmpty());
        }

        Tool.Ran refused = failover(tool, url, token);
        assertTrue(refused.out.contains("Not done"), refused.out);

        cluster.kill(ServerCluster.MASTER);
        cluster.await(
            "the master is given up", () -> failover(tool, url, token).out.contains("Done: "));
        cluster.await("replica2 is the master", () -> master(port).equals("replica2"));
        app.awaitWrites(cluster, 50);
      }
    }
  }
}
