package io.rwsplit.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executable jars of Spring Boot, whose loader reads jars inside the jar. */
class BootJarTest {
  private static final int SECONDS = 300;
  private static final int READS = 20;
  private static final Pattern STARTED =
      Pattern.compile(".*Tomcat started on port(?:\\(s\\):)? (\\d+) .*");

  @TempDir Path directory;

  @Test
  void boot2OnSqlite() throws Exception {
    onSqlite("boot2", "org.sqlite.hibernate.dialect.SQLiteDialect");
  }

  @Test
  void boot3OnSqlite() throws Exception {
    onSqlite("boot3", "org.hibernate.community.dialect.SQLiteDialect");
  }

  private void onSqlite(String module, String dialect) throws Exception {
    List<String> bare = null;
    for (boolean split : new boolean[] {false, true}) {
      Path home = Files.createDirectory(directory.resolve(split ? "split" : "bare"));
      File master = home.resolve("master.db").toFile();
      Databases.make(master, "PRAGMA journal_mode=WAL");
      ForkedJvm.Builder jvm = new ForkedJvm.Builder();
      if (split) {
        jvm.split(master, home.resolve("r1.db").toFile(), home.resolve("r2.db").toFile());
      }
      String[] arguments = {
        "--spring.datasource.url=jdbc:sqlite:" + master,
        "--spring.jpa.properties.hibernate.dialect=" + dialect,
        // INTEGER PRIMARY KEY is not what Hibernate expects of a BIGINT.
        "--spring.jpa.hibernate.ddl-auto=none",
        "--spring.flyway.placeholders.identity=id INTEGER PRIMARY KEY AUTOINCREMENT"
      };
      bare = compared(bare, answers(jvm, module, split, arguments), module);
    }
  }

  /** Flyway sets role and search path of a connection that goes back to the pool. */
  @Test
  void boot3OnPostgres() throws Exception {
    List<String> bare = null;
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      for (boolean split : new boolean[] {false, true}) {
        cluster.execute(
            ServerCluster.MASTER,
            "DROP SCHEMA public CASCADE",
            "CREATE SCHEMA public AUTHORIZATION app");
        cluster.awaitReplicas();
        ForkedJvm.Builder jvm = new ForkedJvm.Builder();
        String[] arguments = {
          "--spring.datasource.url=" + cluster.appUrl(),
          "--spring.datasource.username=" + ServerCluster.APP,
          "--spring.datasource.password=" + ServerCluster.APP,
          "--spring.flyway.placeholders.identity=id BIGSERIAL PRIMARY KEY"
        };
        List<String> answers = answers(split ? cluster.split(jvm) : jvm, "boot3", split, arguments);
        bare = compared(bare, answers, "boot3");
      }
    }
  }

  private static List<String> compared(List<String> bare, List<String> answers, String module) {
    if (bare != null) {
      Transcripts.assertSame(bare, answers, module);
    }
    return answers;
  }

  private static List<String> answers(
      ForkedJvm.Builder jvm, String module, boolean split, String... arguments) throws Exception {
    jvm.property("rwsplit.log.routes", "true")
        // Requests follow one another on other threads and connections.
        .property("rwsplit.consistency", "jvm")
        .property("rwsplit.consistency.wait", "5s");
    try (ForkedJvm app =
        jvm.jar(FrameworkApp.file(module, module + ".jar"), (Object[]) arguments).start()) {
      String started = app.awaitOut(line -> STARTED.matcher(line).matches(), SECONDS);
      Matcher port = STARTED.matcher(started);
      assertTrue(port.matches());
      Requests requests = new Requests(Integer.parseInt(port.group(1)));
      List<String> answers = requests.shop();
      if (split) {
        awaitReads(app, requests, "/movements", "FROM movement ORDER BY id");
      }
      answers.add(requests.post("/actuator/shutdown"));
      assertEquals(0, app.exitCode(SECONDS), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      return answers;
    }
  }

  /** Asks until replicas have served so many reads of a text. */
  private static void awaitReads(ForkedJvm app, Requests requests, String path, String text)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    Pattern served = Pattern.compile(".*replica\\d <- .*" + Pattern.quote(text) + ".*");
    while (app.err().stream().filter(line -> served.matcher(line).matches()).count() < READS) {
      assertTrue(System.nanoTime() < deadline, () -> text + "\n" + app.transcript());
      assertTrue(requests.get(path).startsWith("200 "), app::transcript);
    }
  }

  /** A client of the shop. Not thread-safe. */
  private static final class Requests {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Requests(int port) {
      base = "http://127.0.0.1:" + port;
    }

    List<String> shop() throws Exception {
      List<String> answers = new ArrayList<>();
      answers.add(get("/actuator/health"));
      for (int i = 1; i <= 5; i++) {
        answers.add(post("/add?name=p" + i + "&stock=" + 10 * i));
        answers.add(get("/products"));
      }
      answers.add(post("/take?id=1&amount=4"));
      answers.add(post("/take?id=1&amount=40"));
      answers.add(post("/take?id=77&amount=1"));
      answers.add(get("/products"));
      answers.add(get("/movements"));
      answers.add(get("/report"));
      for (int i = 0; i < 10; i++) {
        answers.add(post("/take?id=2&amount=1"));
        answers.add(get("/movements"));
        answers.add(get("/report"));
      }
      return answers;
    }

    String get(String path) throws Exception {
      return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    String post(String path) throws Exception {
      return send(
          HttpRequest.newBuilder(URI.create(base + path))
              .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String send(HttpRequest.Builder request) throws Exception {
      HttpResponse<String> response =
          client.send(
              request.timeout(Duration.ofSeconds(SECONDS)).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body();
    }
  }
}
