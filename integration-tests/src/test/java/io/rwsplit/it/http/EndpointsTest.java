package io.rwsplit.it.http;

import static io.rwsplit.it.http.ServedApp.BEARER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every answer on SQLite, against its file and against the description; and what changes what. */
class EndpointsTest {
  @TempDir Path directory;
  private final Set<String> seen = new LinkedHashSet<>();
  private Description description;

  private Asked get(ServedApp app, String path, String golden) throws Exception {
    Golden files = new Golden(directory);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      Asked answer = app.expect(200, Asked.get(app.port(), path));
      check("GET " + path.split("\\?", -1)[0], answer);
      String actual = files.lasting(answer);
      if (actual.equals(files.expected(golden))) {
        return answer;
      }
      if (Golden.update(golden, actual)) {
        return answer;
      }
      // Lag and pools take a moment to settle.
      if (System.nanoTime() - deadline > 0) {
        assertEquals(files.expected(golden), actual, app.jvm()::transcript);
      }
      Thread.sleep(100);
    }
  }

  private void check(String operation, Asked answer) throws Exception {
    seen.add(operation);
    description.check(operation, answer);
  }

  private Asked post(ServedApp app, String path, String body, int status) throws Exception {
    Asked answer = app.expect(status, Asked.post(app.port(), path, body, BEARER));
    String operation = path.replaceAll("/(replica\\d|nobody)", "/{node}");
    check("POST " + operation, answer);
    return answer;
  }

  /** Until reads are known to be some: the first run on the master while they are classified. */
  private static void warmUp(ServedApp app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      long[] before = served(app);
      app.tell("read 20");
      long[] after = served(app);
      if (after[0] + after[1] == before[0] + before[1] + 20) {
        return;
      }
      assertTrue(System.nanoTime() - deadline < 0, app.jvm()::transcript);
    }
  }

  /** Statements that each replica has served. */
  private static long[] served(ServedApp app) throws Exception {
    return new long[] {
      figure(app, "rwsplit_replica_statements_total{group=\"\",replica=\"replica1\"} "),
      figure(app, "rwsplit_replica_statements_total{group=\"\",replica=\"replica2\"} ")
    };
  }

  private static long figure(ServedApp app, String name) throws Exception {
    Asked metrics = app.expect(200, Asked.get(app.port(), "/metrics"));
    int at = metrics.body.indexOf(name);
    assertTrue(at >= 0, metrics::toString);
    int end = metrics.body.indexOf('\n', at);
    return Long.parseLong(metrics.body.substring(at + name.length(), end));
  }

  private static void awaitInService(ServedApp app) throws Exception {
    Asked unused =
        app.await("/health/ready", answer -> answer.body.startsWith("{\"status\":\"UP\""));
    // The state of a group without replicas that ever were probed is UP, too.
    unused =
        app.await("/api/status", answer -> answer.body.contains("\"total\":2,\"inService\":2"));
  }

  @Test
  void answersAsDescribed() throws Exception {
    try (ServedApp app =
        ServedApp.start(
            ServedApp.sqlite(directory)
                .property("rwsplit.report.interval", "off")
                .property("rwsplit.alert.raise", "1s"),
            ServedApp.url(directory))) {
      awaitInService(app);
      Asked api = app.expect(200, Asked.get(app.port(), "/api/openapi.json"));
      description = new Description(api.body);
      check("GET /api/openapi.json", api);
      app.tell("write 10");
      Asked synced = post(app, "/api/force-sync", "{\"timeoutMillis\":120000}", 200);
      assertTrue(synced.body.startsWith("{\"done\":true"), synced::toString);
      warmUp(app);
      long[] before = served(app);
      app.tell("read 100");
      long[] after = served(app);
      assertEquals(100, after[0] + after[1] - before[0] - before[1], app.jvm()::transcript);

      page(app);
      get(app, "/health/live", "live");
      get(app, "/health/ready", "ready");
      get(app, "/api/status", "status");
      get(app, "/api/database/replication/status", "replication-status");
      get(app, "/api/database/replication/metrics", "replication-metrics");
      get(app, "/api/replication-lag", "replication-lag");
      app.await("/api/alerts", answer -> answer.body.startsWith("{\"looking\":true"));
      get(app, "/api/alerts", "alerts");
      Asked trial = post(app, "/api/alerts/test", "", 200);
      assertTrue(
          trial.body.startsWith("{\"done\":true,\"sinks\":[{\"name\":\"log\""), trial::toString);
      post(app, "/api/alerts/test", "{\"sink\":1}", 400);
      get(app, "/api/statements", "statements");
      get(app, "/api/statements?limit=1", "statements-1");
      get(app, "/api/observe", "observe-routing");
      get(app, "/api/compare", "compare-off");
      get(app, "/api/configuration", "configuration");
      check(
          "GET /api/statements", app.expect(400, Asked.get(app.port(), "/api/statements?limit=0")));
      check("GET /api/status", app.expect(404, Asked.get(app.port(), "/api/status?group=none")));
      Asked metrics = app.expect(200, Asked.get(app.port(), "/metrics"));
      check("GET /metrics", metrics);
      ofLate(app, metrics);
      changes(app);
      explains(app);
      assertEquals(new TreeSet<>(description.operations()), new TreeSet<>(seen));
      // HEAD is GET without the body.
      Asked head =
          app.expect(
              200, Asked.raw(app.port(), "HEAD /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      assertEquals("", head.body);
      app.end();
    }
  }

  /** The page and its files, each with its type; the page may load nothing from elsewhere. */
  private void page(ServedApp app) throws Exception {
    Asked page = app.expect(200, Asked.get(app.port(), "/"));
    check("GET /", page);
    String policy = page.headers.get("content-security-policy");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; "), policy);
    assertFalse(policy.contains("unsafe") || policy.contains("http"), policy);
    assertEquals(1, page.allHeaders("content-security-policy").size(), page::toString);
    Matcher file = Pattern.compile("\"(/dashboard/[^\"]+)\"").matcher(page.body);
    while (file.find()) {
      check("GET " + file.group(1), app.expect(200, Asked.get(app.port(), file.group(1))));
    }
    for (String module : List.of("/dashboard/view.js", "/dashboard/charts.js")) {
      check("GET " + module, app.expect(200, Asked.get(app.port(), module)));
    }
    app.expect(404, Asked.get(app.port(), "/dashboard/page.html"));
    app.expect(404, Asked.get(app.port(), "/dashboard/../openapi.json"));
  }

  /** Histograms, history, slow statements, events: they fit each other. */
  private void ofLate(ServedApp app, Asked metrics) throws Exception {
    long reads = 0;
    for (String node : List.of("replica1", "replica2")) {
      long served =
          figure(app, "rwsplit_replica_statements_total{group=\"\",replica=\"" + node + "\"} ");
      String labels = "{group=\"\",node=\"" + node + "\",kind=\"read\"";
      String name = "rwsplit_statement_duration_seconds";
      assertEquals(served, figure(app, name + "_count" + labels + "} "), metrics::toString);
      assertEquals(served, figure(app, name + "_bucket" + labels + ",le=\"+Inf\"} "));
      reads += served;
    }
    long all = reads;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      Asked history = app.expect(200, Asked.get(app.port(), "/api/history"));
      check("GET /api/history", history);
      JsonNode group = Description.json(history).at("/groups/0");
      long seen = sum(group.at("/nodes/1/executions")) + sum(group.at("/nodes/2/executions"));
      if (seen == all) {
        assertTrue(group.at("/nodes/0/lagMilliseconds").isNull(), history::toString);
        long newest = group.get("newest").asLong();
        Asked rest = app.expect(200, Asked.get(app.port(), "/api/history?after=" + newest));
        JsonNode newer = Description.json(rest).at("/groups/0");
        long told = newer.get("newest").asLong() - newer.get("seconds").size();
        assertEquals(newest, told, rest::toString);
        break;
      }
      assertTrue(System.nanoTime() - deadline < 0, () -> history + app.jvm().transcript());
      Thread.sleep(100);
    }
    check("GET /api/history", app.expect(400, Asked.get(app.port(), "/api/history?after=x")));
    Asked events = app.expect(200, Asked.get(app.port(), "/api/events"));
    check("GET /api/events", events);
    assertTrue(
        events.body.contains("\"node\":\"replica1\",\"text\":\"in service\""), events::toString);
    check(
        "GET /api/slow-statements", app.expect(200, Asked.get(app.port(), "/api/slow-statements")));
  }

  private static long sum(JsonNode numbers) {
    long sum = 0;
    for (JsonNode number : numbers) {
      sum += number.asLong();
    }
    return sum;
  }

  private void changes(ServedApp app) throws Exception {
    Asked off = post(app, "/api/routing", "{\"enabled\":false}", 200);
    assertTrue(off.body.contains("\"routing\":false"), off::toString);
    app.tell("read 10");
    assertEquals(
        10, figure(app, "rwsplit_master_statements_total{group=\"\",reason=\"switched-off\"} "));
    post(app, "/api/routing", "{\"enabled\":true}", 200);
    post(app, "/api/routing", "{\"enabled\":1}", 400);
    post(app, "/api/routing", "{\"enable\":true}", 400);
    post(app, "/api/routing", "[", 400);

    Asked part = post(app, "/api/read-percent", "{\"percent\":12.5}", 200);
    assertTrue(part.body.contains("\"readPercent\":12.5"), part::toString);
    post(app, "/api/read-percent", "{\"percent\":100.01}", 400);
    post(app, "/api/read-percent", "{\"percent\":0.001}", 400);
    post(app, "/api/read-percent", "{\"percent\":100}", 200);

    Asked drained = post(app, "/api/replicas/replica1/drain", "", 200);
    assertTrue(drained.body.contains("\"drained\":true,\"inService\":false"), drained::toString);
    // What this session has read on the master a replica must have first.
    warmUp(app);
    long[] before = served(app);
    app.tell("read 100");
    long[] after = served(app);
    assertEquals(before[0], after[0], app.jvm()::transcript);
    assertEquals(before[1] + 100, after[1], app.jvm()::transcript);
    assertEquals(1, figure(app, "rwsplit_replica_drained{group=\"\",replica=\"replica1\"} "));
    post(app, "/api/replicas/replica1/enable", "{}", 200);
    awaitInService(app);
    post(app, "/api/replicas/nobody/drain", "{}", 404);

    for (String mode : List.of("resync", "rebuild")) {
      Asked again =
          post(
              app,
              "/api/force-sync",
              "{\"replica\":\"replica2\",\"mode\":\"" + mode + "\",\"timeoutMillis\":120000}",
              200);
      assertTrue(again.body.startsWith("{\"done\":true"), again::toString);
    }
    post(app, "/api/force-sync", "{\"mode\":\"other\"}", 400);
    post(app, "/api/failover/replica1", "", 409);
    post(app, "/api/switchover/replica1", "{}", 409);
    Asked noFile = post(app, "/api/reload", "", 409);
    assertTrue(noFile.body.contains("there is no configuration file"), noFile::toString);
  }

  private void explains(ServedApp app) throws Exception {
    Asked read =
        post(app, "/api/explain", "{\"sql\":\"SELECT name FROM item WHERE id = 4711\"}", 200);
    assertTrue(read.body.startsWith("{\"route\":\"replica\",\"onReplica\":true"), read::toString);
    assertFalse(read.body.contains("4711"), read::toString);
    Asked write = post(app, "/api/explain", "{\"sql\":\"DELETE FROM item\"}", 200);
    assertTrue(write.body.contains("may write"), write::toString);
    Asked inside =
        post(app, "/api/explain", "{\"sql\":\"SELECT * FROM item\",\"inTransaction\":true}", 200);
    assertTrue(inside.body.contains("inside a transaction"), inside::toString);
    post(app, "/api/explain", "{}", 400);
  }
}
