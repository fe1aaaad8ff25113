package io.rwsplit.it.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices by webhook, on SQLite. */
class WebhookTest {
  private static final String PATH = "/services/T0/s3cret-of-the-path?x=1";
  private static final String SECRET = "s3cret-of-the-signature";
  private static final String BEARER = "s3cret-of-the-bearer";

  @TempDir Path directory;

  private ForkedJvm.Builder hooked(Hook hook) throws Exception {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, SECRET + "\n");
    return Alerted.sqlite(directory)
        .property("rwsplit.alert.webhook.url", hook.url(PATH))
        .property("rwsplit.alert.webhook.secret.file", secret.toString())
        .property("rwsplit.alert.webhook.token", BEARER)
        .property("rwsplit.alert.webhook.timeout", "2s");
  }

  private static boolean is(Hook.Call call, String event, String kind) {
    return call.body.contains("\"event\":\"" + event + "\",\"kind\":\"" + kind + "\"");
  }

  private static String signature(Hook.Call call) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = call.headers.get("x-rwsplit-timestamp") + "." + call.body;
    return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  /** No file can have the name of a directory that is not empty. */
  static void obstruct(Path replica) throws Exception {
    Path full = replica.resolveSibling("full-" + replica.getFileName());
    Files.createDirectory(full);
    Files.createFile(full.resolve("file"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      try {
        // It may have been made anew by now.
        Files.deleteIfExists(replica);
        Files.move(full, replica);
        return;
      } catch (java.nio.file.FileSystemException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
    }
  }

  static void clear(Path replica) throws Exception {
    Files.delete(replica.resolve("file"));
    Files.deleteIfExists(replica);
  }

  /** A directory where the replica's file was cannot be fed; the first attempt to say so fails. */
  @Test
  void tellsOfAReplicaThatCannotBeFedAndThatItCanAgain() throws Exception {
    try (Hook hook = new Hook();
        Alerted app = Alerted.startOnSqlite(hooked(hook), directory)) {
      app.tell("write 5");
      hook.behave(Hook.Mode.FAILS_ONCE);
      Path replica = directory.resolve("r1.db");
      for (String suffix : new String[] {"-wal", "-shm", "-rwsplit"}) {
        Files.deleteIfExists(directory.resolve("r1.db" + suffix));
      }
      Files.delete(replica);
      obstruct(replica);

      JsonNode alert = app.awaitAlert("replication-error", "replica1", "critical");
      assertTrue(alert.get("text").asText().contains("replica1"), alert::toString);
      JsonNode child = app.awaitAlert("replica-unhealthy", "replica1", "warning");
      assertEquals("replication-error of replica1", child.get("suppressedBy").asText());
      app.awaitLine("CRITICAL replication-error: replica1: replica1 cannot be fed");
      Hook.Call first = hook.await(call -> is(call, "raised", "replication-error"));
      assertEquals(PATH, first.path);
      assertEquals("Bearer " + BEARER, first.headers.get("authorization"));
      assertEquals("sha256=" + signature(first), first.headers.get("x-rwsplit-signature"));
      assertEquals("the-desk", first.json().get("source").asText());
      assertEquals("critical", first.json().get("severity").asText());
      app.await(
          "/api/alerts",
          alerts -> {
            for (JsonNode sink : alerts.get("sinks")) {
              if (sink.get("name").asText().equals("webhook")) {
                return sink.get("delivered").asInt() > 0;
              }
            }
            return false;
          });
      String metrics = app.text("/metrics");
      assertTrue(
          metrics.contains(
              "rwsplit_alert_active{group=\"\",kind=\"replication-error\",node=\"replica1\","
                  + "severity=\"critical\"} 1"),
          metrics);
      assertFalse(app.text("/api/status").contains("\"alerts\":0"), () -> app.jvm().transcript());

      clear(replica);
      app.awaitLine("RECOVERED replication-error: replica1: over after ");
      Hook.Call over = hook.await(call -> is(call, "recovered", "replication-error"));
      assertEquals("replica1", over.json().get("node").asText());
      // Its child was never said: neither that it began nor that it is over.
      assertFalse(
          hook.calls().stream().anyMatch(call -> call.body.contains("\"replica-unhealthy\"")),
          () -> app.jvm().transcript());
      app.await("/api/alerts", alerts -> alerts.get("alerts").isEmpty());
      app.end(SECRET, BEARER, "s3cret-of-the-path");
    }
  }

  @Test
  void saysWhatHasBecomeOfATrial() throws Exception {
    try (Hook hook = new Hook();
        Alerted app = Alerted.startOnSqlite(hooked(hook), directory)) {
      JsonNode good = app.trial("webhook");
      assertTrue(good.get("done").asBoolean(), good::toString);
      assertEquals("answered with status 200", good.get("result").asText());
      assertTrue(app.trial("log").get("done").asBoolean());
      app.awaitLine("TEST test: This is a test");

      hook.behave(Hook.Mode.NEVER_ENDS);
      assertTrue(app.trial("webhook").get("done").asBoolean(), () -> app.jvm().transcript());

      hook.behave(Hook.Mode.REDIRECTS);
      JsonNode led = app.trial("webhook");
      assertFalse(led.get("done").asBoolean());
      assertTrue(led.get("result").asText().contains("302: redirections are not followed"));
      assertTrue(hook.calls().stream().allMatch(call -> call.path.equals(PATH)));

      hook.behave(Hook.Mode.NOT_HTTP);
      JsonNode odd = app.trial("webhook");
      assertEquals("answers with what is not HTTP", odd.get("result").asText());

      hook.behave(Hook.Mode.HANGS);
      JsonNode dead = app.trial("webhook");
      assertFalse(dead.get("done").asBoolean());
      assertTrue(dead.get("result").asText().contains("imed out"), dead::toString);
      app.end(SECRET, BEARER, "s3cret-of-the-path");
    }
  }

  /** Neither the application nor the other sinks wait for one that hangs. */
  @Test
  void theApplicationRunsWhileASinkHangs() throws Exception {
    try (Hook hook = new Hook();
        Alerted app =
            Alerted.startOnSqlite(
                hooked(hook).property("rwsplit.alert.webhook.timeout", "1m"), directory)) {
      hook.behave(Hook.Mode.HANGS);
      app.tell("write 5");
      Files.createDirectory(directory.resolve("aside"));
      Files.move(directory.resolve("r2.db"), directory.resolve("aside/r2.db"));
      obstruct(directory.resolve("r2.db"));
      hook.await(call -> true);
      app.tell("write 5");
      app.tell("read 200");
      app.awaitLine("CRITICAL replication-error: replica2");
      clear(directory.resolve("r2.db"));
      app.awaitLine("RECOVERED replication-error: replica2");
      app.tell("read 200");
      app.end(SECRET, BEARER);
    }
  }

  /** What the queue has no room for is counted and said, and nobody waits. */
  @Test
  void aFullQueueIsCountedAndSaid() throws Exception {
    try (Hook hook = new Hook();
        Alerted app =
            Alerted.startOnSqlite(
                hooked(hook)
                    .property("rwsplit.alert.webhook.timeout", "1m")
                    .property("rwsplit.alert.cooldown", "0ms")
                    .property("rwsplit.alert.raise", "0ms")
                    .property("rwsplit.alert.clear", "0ms"),
                directory)) {
      hook.behave(Hook.Mode.HANGS);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
      for (boolean on = false; dropped(app) == 0; on = !on) {
        assertTrue(System.nanoTime() - deadline < 0, () -> app.jvm().transcript());
        boolean gone = on;
        JsonNode unused = app.post("/api/routing", "{\"enabled\":" + on + "}");
        unused = app.await("/api/alerts", alerts -> alerts.get("alerts").isEmpty() == gone);
        app.tell("write 1");
        app.tell("read 1");
      }
      String line = app.jvm().awaitErr(each -> each.contains("webhook does not keep up"), 120);
      assertTrue(line.contains(" notices were dropped"), line);
      app.await("/api/alerts", alerts -> webhook(alerts).get("waiting").asInt() > 0);
      app.tell("read 200");
      app.end(SECRET, BEARER);
    }
  }

  private static JsonNode webhook(JsonNode alerts) {
    for (JsonNode sink : alerts.get("sinks")) {
      if (sink.get("name").asText().equals("webhook")) {
        return sink;
      }
    }
    throw new AssertionError(alerts.toString());
  }

  private static long dropped(Alerted app) throws Exception {
    String name = "rwsplit_alert_notices_dropped_total{sink=\"webhook\"} ";
    String metrics = app.text("/metrics");
    int at = metrics.indexOf(name);
    return at < 0
        ? 0
        : Long.parseLong(metrics.substring(at + name.length(), metrics.indexOf('\n', at)));
  }
}
