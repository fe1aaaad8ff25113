package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running agent is asked and told by the tool, against files, and what comes of it. */
class RunningAgentTest {
  @TempDir Path directory;

  private Tool tool(SteeredApp app) throws Exception {
    return new Tool(directory).name(app.url, "URL").name(SteeredApp.TOKEN, "TOKEN");
  }

  private static void awaitInService(Tool tool, SteeredApp app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      Tool.Ran ran = tool.run("status", "--json", "--url", app.url).expect(0);
      JsonNode replicas = ran.json().at("/status/groups/0/replicas");
      if (replicas.path("inService").asInt() == 2) {
        return;
      }
      assertTrue(System.nanoTime() - deadline < 0, ran::toString);
    }
  }

  @Test
  void showsAndSteers() throws Exception {
    try (SteeredApp app = SteeredApp.onSqlite(directory)) {
      Tool tool = tool(app);
      String token = SteeredApp.tokenFile(directory).toString();
      awaitInService(tool, app);
      app.tell("write 10");
      tool.golden("sync", "sync", "--timeout", "120", "--url", app.url, "--token-file", token)
          .expect(0);
      app.tell("read 100");

      Tool.Ran status = tool.golden("status", "status", "--url", app.url).expect(0);
      JsonNode json = tool.run("status", "--json", "--url", app.url).expect(0).json();
      for (JsonNode replica : json.at("/replication/groups/0/replicas")) {
        assertTrue(status.out.contains(replica.get("name").asText()), status::toString);
      }
      assertEquals("UP", json.at("/status/groups/0/state").asText());
      tool.golden("watch", "watch", "--count", "2", "--interval", "1", "--url", app.url).expect(0);
      Tool.Ran most = tool.run("top", "--limit", "1", "--url", app.url).expect(0);
      assertTrue(most.out.contains("SELECT id, name FROM item WHERE id = ?"), most::toString);
      JsonNode top = tool.run("top", "--json", "--url", app.url).expect(0).json();
      assertTrue(top.at("/groups/0/statements").size() > 0, top::toString);

      String read = "SELECT id, name FROM item WHERE id = 1";
      tool.golden("explain-read", "explain", read, "--url", app.url, "--token-file", token)
          .expect(0);
      String write = "DELETE FROM item";
      tool.golden("explain-write", "explain", write, "--url", app.url, "--token-file", token)
          .expect(0);
      JsonNode explained =
          tool.run("explain", read, "--json", "--url", app.url, "--token-file", token)
              .expect(0)
              .json();
      assertEquals("read", explained.path("kind").asText());

      steers(tool, app, token);
      refusals(tool, app, token);
      app.jvm().tell("end");
      assertEquals(0, app.jvm().exitCode(120), app.jvm()::transcript);
      assertFalse(app.jvm().saysFault(), app.jvm()::transcript);
    }
  }

  private static void steers(Tool tool, SteeredApp app, String token) throws Exception {
    String[] by = {"--url", app.url, "--token-file", token};
    tool.golden("drain", "drain", "replica1", by[0], by[1], by[2], by[3]).expect(0);
    tool.golden("status-drained", "status", "--url", app.url).expect(0);
    tool.golden("enable", "enable", "replica1", by[0], by[1], by[2], by[3]).expect(0);
    tool.golden("routing-off", "routing", "off", by[0], by[1], by[2], by[3]).expect(0);
    tool.golden("status-off", "status", "--url", app.url).expect(0);
    tool.golden("read-percent", "read-percent", "12.5", by[0], by[1], by[2], by[3]).expect(0);
    tool.golden("wrong-percent", "read-percent", "101", by[0], by[1], by[2], by[3]).expect(2);
    tool.golden("read-percent-all", "read-percent", "100", by[0], by[1], by[2], by[3]).expect(0);
    tool.golden("routing-on", "routing", "on", by[0], by[1], by[2], by[3]).expect(0);
    tool.golden("resync", "resync", "replica2", "--timeout", "120", by[0], by[1], by[2], by[3])
        .expect(0);
    JsonNode resynced =
        tool.run("resync", "all", "--json", "--timeout", "120", by[0], by[1], by[2], by[3])
            .expect(0)
            .json();
    assertEquals(2, resynced.path("replicas").size(), resynced::toString);
  }

  private static void refusals(Tool tool, SteeredApp app, String token) throws Exception {
    tool.golden("no-token", "sync", "--url", app.url).expect(3);
    tool.golden("no-such-replica", "drain", "replica9", "--url", app.url, "--token-file", token)
        .expect(2);
    tool.golden("no-observe", "observe-report", "--url", app.url).expect(1);
    tool.golden("no-compare", "compare-report", "--url", app.url).expect(1);
    tool.golden("no-failover", "failover", "--url", app.url).expect(1);
    tool.golden("no-switchover", "switchover", "replica1", "--url", app.url, "--token-file", token)
        .expect(3);
    tool.golden("no-such-group", "status", "--group", "shop", "--url", app.url).expect(3);
  }

  @Test
  void reportsWhatWouldMove() throws Exception {
    String master = "jdbc:sqlite:" + directory.resolve("master.db");
    try (SteeredApp app =
        SteeredApp.start(
            new ForkedJvm.Builder()
                .agent()
                .property("rwsplit.master", master)
                .property("rwsplit.mode", "observe"),
            master)) {
      app.tell("write 10");
      app.tell("read 100");
      Tool tool = tool(app);
      Tool.Ran text = tool.run("observe-report", "--url", app.url).expect(0);
      JsonNode report =
          tool.run("observe-report", "--json", "--url", app.url)
              .expect(0)
              .json()
              .at("/groups/0/report");
      assertTrue(text.out.contains(report.path("reads").asInt() + " read, "), text::toString);
      for (JsonNode each : report.path("digests")) {
        assertTrue(text.out.contains(each.path("statement").asText(" ").substring(0, 11)));
      }
      assertTrue(text.out.contains("load of the master"), text::toString);
      app.jvm().tell("end");
      assertEquals(0, app.jvm().exitCode(120), app.jvm()::transcript);
    }
  }
}
