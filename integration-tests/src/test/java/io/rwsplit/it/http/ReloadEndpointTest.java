package io.rwsplit.it.http;

import static io.rwsplit.it.http.ServedApp.BEARER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.cli.Tool;
import io.rwsplit.it.faults.Jmx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The configuration file is read again when somebody asks, by HTTP, the command line or JMX, and
 * only then: the answer says what holds, what needs a restart, and what is wrong.
 */
class ReloadEndpointTest {
  private static final String RELOAD = "/api/reload";

  @TempDir Path directory;

  private ServedApp app;
  private Description description;

  private Path file() {
    return directory.resolve("rwsplit.properties");
  }

  private String database(String name) {
    return "jdbc:sqlite:" + directory.resolve(name);
  }

  /** At once, so that nobody meets half of it. */
  private void write(String... lines) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("rwsplit.master=" + database("master.db"));
    all.add("rwsplit.config.interval=off");
    all.addAll(Arrays.asList(lines));
    Path fresh = Files.write(directory.resolve("fresh"), all);
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private String replicas(String... names) {
    List<String> urls = new ArrayList<>();
    for (String name : names) {
      urls.add(database(name));
    }
    return "rwsplit.replicas=" + String.join(",", urls);
  }

  private JsonNode reload() throws Exception {
    Asked answer = app.expect(200, Asked.post(app.port(), RELOAD, "", BEARER));
    description.check("POST " + RELOAD, answer);
    JsonNode said = Description.json(answer);
    assertEquals(file().toString(), said.get("file").asText());
    return said;
  }

  private void refuses(int status, Asked answer) throws Exception {
    description.check("POST " + RELOAD, app.expect(status, answer));
  }

  /** {@code applied: …}, a line each. */
  private static List<String> changes(JsonNode said) {
    List<String> changes = new ArrayList<>();
    for (JsonNode each : said.get("changes")) {
      changes.add(each.get("result").asText() + ": " + each.get("text").asText());
    }
    return changes;
  }

  private static void has(JsonNode said, String part) {
    assertTrue(said.toString().contains(part), () -> part + " in " + said);
  }

  @Test
  void saysWhatHasChanged() throws Exception {
    write(replicas("r1.db"));
    ForkedJvm.Builder builder =
        ServedApp.server(new ForkedJvm.Builder())
            .option("-javaagent:" + ForkedJvm.AGENT_JAR + "=" + file())
            .property("rwsplit.jmx", "true");
    try (ServedApp started = ServedApp.start(builder, database("master.db"))) {
      app = started;
      description = new Description(Asked.get(app.port(), "/api/openapi.json").body);
      Asked shown = app.expect(200, Asked.get(app.port(), "/api/configuration"));
      assertEquals(file().toString(), Description.json(shown).get("file").asText());
      awaitInService(1);
      JsonNode same = reload();
      assertTrue(same.get("done").asBoolean(), same::toString);
      assertEquals(List.of(), changes(same));
      has(same, "nothing has changed");

      // A replica more, another weight, and what cannot change.
      write(
          replicas("r1.db", "r2.db"),
          "rwsplit.replicas.weight=1,3",
          "rwsplit.lag.max=20s",
          "rwsplit.pool.replica.max=3",
          "rwsplit.alert.cooldown=1m",
          "rwsplit.log.level=debug");
      JsonNode more = reload();
      assertTrue(more.get("done").asBoolean(), more::toString);
      List<String> wanted =
          List.of(
              "applied: rwsplit.log.level=debug holds from now on",
              "restart: rwsplit.alert.cooldown=1m needs a restart",
              "restart: rwsplit.pool.replica.max=3 needs a restart",
              "applied: rwsplit.replicas.weight=1,3 holds from now on",
              "applied: rwsplit.lag.max=20s holds from now on",
              "applied: replica2 is new: "
                  + database("r2.db")
                  + "; it serves once it is in service");
      assertEquals(wanted, changes(more), more::toString);
      awaitInService(2);
      // What the file says and does not hold is said again, and what holds is not.
      assertEquals(wanted.subList(1, 3), changes(reload()));

      // A name that is misspelt is told from one that is right, and changes nothing else.
      write(replicas("r1.db", "r2.db"), "rwsplit.replicas.weigth=1,9");
      JsonNode typo = reload();
      assertTrue(typo.get("done").asBoolean(), typo::toString);
      assertEquals(1, typo.get("warnings").size(), typo::toString);
      has(typo, "rwsplit.replicas.weigth (" + file() + " line 4)");
      has(typo, "perhaps you mean rwsplit.replicas.weight");

      faults();
      others();
      app.tell("read 20");
      app.tell("write 5");
      app.end();
      assertFalse(app.jvm().transcript().contains("secret-of-the-file"));
    }
  }

  /** A configuration with faults is refused as a whole: the running one goes on. */
  private void faults() throws Exception {
    write(
        replicas("r1.db"),
        "rwsplit.lag.max=5",
        "rwsplit.strategy=quickest",
        "rwsplit.replicas.password=secret-of-the-file");
    JsonNode said = reload();
    assertFalse(said.get("done").asBoolean(), said::toString);
    assertEquals(List.of(), changes(said));
    assertEquals(3, said.get("faults").size(), said::toString);
    has(said, "and changes nothing");
    has(said, "rwsplit.lag.max (" + file() + " line 4)");
    has(said, "weighted_round_robin");
    assertFalse(said.toString().contains("secret-of-the-file"), said::toString);
    Asked status = app.expect(200, Asked.get(app.port(), "/api/status"));
    assertTrue(status.body.contains("\"total\":2,\"inService\":2"), status::toString);

    Tool.Ran ran = tool().run("reload", "--url", url(), "--token-file", token()).expect(1);
    assertTrue(ran.out.contains("  fault    rwsplit.lag.max ("), ran::toString);
    assertTrue(ran.out.contains("and changes nothing."), ran::toString);

    Files.delete(file());
    JsonNode none = reload();
    assertFalse(none.get("done").asBoolean(), none::toString);
    has(none, "does not exist");
    Files.writeString(file(), "rwsplit.master=jdbc:sqlite:x\nno separator here\n");
    has(reload(), file() + " line 2");
  }

  private String url() {
    return "http://127.0.0.1:" + app.port();
  }

  private String token() throws IOException {
    return Files.writeString(directory.resolve("token"), ServedApp.TOKEN + "\n").toString();
  }

  private Tool tool() {
    return new Tool(directory);
  }

  /** The command line and JMX have the same; without the token nothing is read. */
  private void others() throws Exception {
    write(replicas("r1.db", "r2.db"), "rwsplit.lag.max=30s");
    refuses(401, Asked.post(app.port(), RELOAD, ""));
    refuses(401, Asked.post(app.port(), RELOAD, "", BEARER + "x"));
    refuses(400, Asked.post(app.port(), RELOAD, "{\"file\":\"/etc/passwd\"}", BEARER));
    Tool.Ran ran = tool().run("reload", "--url", url(), "--token-file", token()).expect(0);
    assertTrue(ran.out.contains("  applied  rwsplit.lag.max=30s holds from now on"), ran::toString);
    tool().run("reload", "--json", "--url", url(), "--token-file", token()).expect(0);

    write(replicas("r1.db", "r2.db"), "rwsplit.lag.max=40s");
    try (Jmx jmx = new Jmx(app.jvm(), "READY")) {
      Object said = jmx.call("io.rwsplit:type=Configuration", "reload");
      assertEquals(
          List.of("rwsplit.lag.max=40s holds from now on"), Arrays.asList((Object[]) said));
    }
  }

  private void awaitInService(int replicas) throws Exception {
    Asked unused =
        app.await(
            "/api/status",
            answer -> answer.body.contains("\"total\":" + replicas + ",\"inService\":" + replicas));
  }
}
