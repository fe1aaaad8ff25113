package io.rwsplit.it.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import legacy.http.Steered;

/** An application under the agent that looks for alerts often. */
public final class Alerted implements AutoCloseable {
  private static final String TOKEN = "t0ken-of-the-alerts-0123456789";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ForkedJvm app;
  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();
  private int asked;

  private Alerted(ForkedJvm app) throws InterruptedException {
    this.app = app;
    app.awaitOut("READY"::equals, 120);
    String line = app.awaitErr(each -> each.contains("HTTP: http"), 120);
    url = line.substring(line.indexOf("HTTP: ") + 6).split(";", -1)[0];
  }

  /** Raised after 1 s, over after another. */
  public static ForkedJvm.Builder often(ForkedJvm.Builder builder) {
    return builder
        .property("rwsplit.http.port", "0")
        .property("rwsplit.http.token", TOKEN)
        .property("rwsplit.http.rate", "10000")
        .property("rwsplit.alert.source", "the-desk")
        .property("rwsplit.alert.interval", "100ms")
        .property("rwsplit.alert.raise", "1s")
        .property("rwsplit.alert.clear", "1s");
  }

  /** The same on SQLite with two replicas, {@code r1.db} and {@code r2.db}. */
  public static ForkedJvm.Builder sqlite(Path directory) {
    return often(
        new ForkedJvm.Builder()
            .split(
                file(directory, "master.db"), file(directory, "r1.db"), file(directory, "r2.db")));
  }

  private static File file(Path directory, String name) {
    return directory.resolve(name).toFile();
  }

  public static Alerted start(ForkedJvm.Builder builder, Object... arguments) throws Exception {
    return start(builder, Steered.class, arguments);
  }

  public static Alerted start(ForkedJvm.Builder builder, Class<?> main, Object... arguments)
      throws Exception {
    return new Alerted(builder.main(main, arguments).start());
  }

  public static Alerted startOnSqlite(ForkedJvm.Builder builder, Path directory) throws Exception {
    Alerted started = start(builder, "jdbc:sqlite:" + file(directory, "master.db"));
    started.await("/api/status", status -> status.at("/groups/0/replicas/inService").asInt() == 2);
    started.await("/api/alerts", alerts -> alerts.get("looking").asBoolean());
    return started;
  }

  public ForkedJvm jvm() {
    return app;
  }

  /** Lets the application do something, and waits until it has. */
  public void tell(String what) throws Exception {
    app.tell(what);
    int number = ++asked;
    app.awaitOut(line -> done() >= number, 120);
  }

  private long done() {
    return app.out().stream().filter(line -> line.startsWith("DONE")).count();
  }

  /** Text of an answer with status 200. */
  public String text(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(2)).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.body();
  }

  /** What has become of a notice for trial at a sink. */
  public JsonNode trial(String sink) throws Exception {
    for (JsonNode each : post("/api/alerts/test", "").get("sinks")) {
      if (each.get("name").asText().equals(sink)) {
        return each;
      }
    }
    throw new AssertionError("no sink " + sink);
  }

  /** The answer, with status 200, to a request that changes something. */
  public JsonNode post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofMinutes(2))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
    return MAPPER.readTree(answer.body());
  }

  /** Where the agent listens. */
  public String url() {
    return url;
  }

  /** Asks again and again until the answer is as wanted. */
  public JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      String text;
      try {
        text = text(path);
        JsonNode answer = MAPPER.readTree(text);
        if (wanted.test(answer)) {
          return answer;
        }
      } catch (IOException e) {
        // The agent cuts off who does not finish his request in time, as on a machine that stalls.
        text = e.toString();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(path + ": " + text + "\n" + app.transcript());
      }
      Thread.sleep(50);
    }
  }

  /** Waits until an alert stands. */
  public JsonNode awaitAlert(String kind, String node, String severity) throws Exception {
    JsonNode answer = await("/api/alerts", alerts -> find(alerts, kind, node, severity) != null);
    return find(answer, kind, node, severity);
  }

  private static JsonNode find(JsonNode alerts, String kind, String node, String severity) {
    for (JsonNode each : alerts.get("alerts")) {
      if (each.get("kind").asText().equals(kind)
          && each.get("node").asText().equals(node)
          && each.get("severity").asText().equals(severity)) {
        return each;
      }
    }
    return null;
  }

  /** Waits for a line of the log that begins, behind its time and so on, as an alert does. */
  public String awaitLine(String beginning) throws Exception {
    return app.awaitErr(line -> line.contains("ALERT " + beginning), 120);
  }

  /** The application ends by itself, without a fault, and having said no secret. */
  public void end(String... secrets) throws Exception {
    String told = text("/api/configuration") + text("/api/alerts") + text("/metrics");
    app.tell("end");
    assertEquals(0, app.exitCode(120), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    for (String secret : secrets) {
      assertFalse(app.transcript().contains(secret), () -> secret + " in " + app.transcript());
      assertFalse(told.contains(secret), () -> secret + " in " + told);
    }
  }

  @Override
  public void close() {
    app.close();
  }
}
