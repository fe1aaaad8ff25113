package io.rwsplit.it.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.http.ServedApp;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in Chromium, before an application that runs under the agent. */
@Tag("chromium")
class DashboardTest {
  private static final File DEMO = new File(System.getProperty("rwsplit.it.demo"));
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final String HOSTILE = "<img src=x onerror=\"document.title='broken'\">";

  @TempDir static Path profile;
  private static Browser browser;

  @TempDir Path directory;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(profile);
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    page = browser.page();
    page.looksLike(1280, 900, false, false);
  }

  @AfterEach
  void close() throws Exception {
    page.close();
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port + "/";
  }

  private void shows(int port) throws Exception {
    page.open(url(port));
    page.awaitText("#in-service", "2 of 2");
    page.await("document.querySelectorAll('path.series').length > 8");
  }

  /** Nothing was blocked, has failed, or was asked for elsewhere. */
  private void isClean(int port) {
    assertEquals(List.of(), page.complaints());
    List<String> elsewhere = new ArrayList<>(page.requests());
    assertTrue(elsewhere.size() > 10, elsewhere::toString);
    elsewhere.removeIf(each -> each.startsWith(url(port)) || each.equals("about:blank"));
    assertEquals(List.of(), elsewhere);
  }

  /** The demo, at work, as in the README. */
  @Test
  void showsTheDemoAtWork() throws Exception {
    File master = directory.resolve("orders.db").toFile();
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .split(master, directory.resolve("r1.db").toFile(), directory.resolve("r2.db").toFile())
            .property("rwsplit.http.port", "0")
            .property("rwsplit.http.token", ServedApp.TOKEN)
            .property("rwsplit.slow.threshold", "100ms")
            .jar(
                DEMO,
                "--url=jdbc:sqlite:" + master,
                "--journal=wal",
                "--seconds=600",
                "--clerks=1",
                "--browsers=1",
                "--pause=50");
    try (ForkedJvm demo = builder.start()) {
      String line = demo.awaitErr(each -> each.contains("HTTP: http"), 120);
      int port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
      shows(port);
      agrees(port);
      page.await("document.querySelectorAll('#statements tr').length >= 8");
      page.await("document.querySelectorAll('#events tr').length > 1");
      // Some seconds of history, so that there are lines to be seen.
      page.await("document.querySelector('path.c1').getAttribute('d').split('L').length > 6");
      assertEquals(List.of(), violations());
      page.screenshot(SHOTS.resolve("light.png"));
      page.looksLike(1280, 900, false, true);
      assertEquals("rgb(16, 21, 28)", background());
      assertEquals(List.of(), violations());
      page.screenshot(SHOTS.resolve("dark.png"));
      page.looksLike(360, 740, true, false);
      assertEquals("rgb(243, 245, 248)", background());
      page.await("document.querySelector('svg.chart').getBoundingClientRect().width < 360");
      assertEquals(360, page.value("document.documentElement.scrollWidth").asInt());
      assertEquals(List.of(), violations());
      page.screenshot(SHOTS.resolve("phone.png"));
      isClean(port);
      assertFalse(demo.saysFault(), demo::transcript);

      demo.kill();
      page.awaitText("#trouble", "does not answer");
      page.awaitText("#state", "No answer");
      assertEquals("alert", page.value("document.getElementById('trouble').role").asText());
    }
  }

  private String background() throws Exception {
    return page.value("getComputedStyle(document.body).backgroundColor").asText();
  }

  /** What the page shows was so between two answers. */
  private void agrees(int port) throws Exception {
    JsonNode before = status(port);
    page.await(
        "Number(document.getElementById('total').textContent.replaceAll(',', '')) >= "
            + before.at("/statements/total").asLong());
    long total = page.number("#total");
    JsonNode after = status(port);
    assertTrue(total <= after.at("/statements/total").asLong(), total + " " + after);
    long onReplicas = page.number("#on-replicas");
    long onMaster = page.number("#on-master");
    assertTrue(onReplicas >= before.at("/statements/onReplicas").asLong(), before::toString);
    assertTrue(onMaster >= before.at("/statements/onMaster").asLong(), before::toString);
  }

  private static JsonNode status(int port) throws Exception {
    Asked answer = Asked.get(port, "/api/status");
    return DevTools.MAPPER.readTree(answer.body).at("/groups/0");
  }

  /** What axe-core finds, in words. */
  private List<String> violations() throws Exception {
    if (!page.value("typeof axe === 'object'").asBoolean()) {
      try (InputStream in =
          DashboardTest.class.getResourceAsStream(
              "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
        assertNotNull(in);
        page.value(new String(in.readAllBytes(), StandardCharsets.UTF_8) + ";0");
      }
    }
    JsonNode found =
        page.value(
            "axe.run().then(done => done.violations.map("
                + "each => each.id + ': ' + each.nodes.map(node => node.html).join(' ')))");
    List<String> all = new ArrayList<>();
    found.forEach(each -> all.add(each.asText()));
    return all;
  }

  private void answersDialog(String token) throws Exception {
    page.await("document.getElementById('ask').open");
    if (token != null) {
      page.await("document.activeElement.id === 'secret'");
      page.type(token);
    }
    page.press("#ask-yes");
    page.await("!document.getElementById('ask').open");
  }

  private static String drain(String node) {
    return "button[data-action=drain][data-node=" + node + "]";
  }

  @Test
  void changesNothingWithoutTheTokenAndWhatItSaysWithIt() throws Exception {
    try (ServedApp app = ServedApp.onSqlite(directory)) {
      int port = app.port();
      app.tell("read 50");
      shows(port);
      agreesAtRest(app);

      // Cancelled, without a token, with a wrong one.
      page.press(drain("replica1"));
      page.await("document.activeElement.id === 'secret'");
      page.key("Escape", 27);
      page.await("!document.getElementById('ask').open");
      page.press(drain("replica1"));
      page.await("document.getElementById('ask').open");
      page.press("#ask-yes");
      page.await("!document.getElementById('ask').open");
      isClean(port);
      page.press(drain("replica1"));
      answersDialog("a-wrong-token-of-the-tests");
      page.awaitText("#said", "the token is wrong");
      assertTrue(page.complaints().stream().allMatch(each -> each.contains("401")));
      assertTrue(replica(port, "replica1").contains("\"drained\":false"));

      page.press(drain("replica1"));
      answersDialog(ServedApp.TOKEN);
      page.awaitText("#said", "replica1: drained");
      page.awaitText("#nodes li:nth-child(2)", "Drained");
      page.awaitText("#in-service", "1 of 2");
      page.await("document.getElementById('changes').textContent.includes('replica1: drained')");
      page.awaitText("#events", "drained");
      assertTrue(replica(port, "replica1").contains("\"drained\":true"));
      page.press(drain("replica1"));
      page.awaitText("#in-service", "2 of 2");
      assertTrue(replica(port, "replica1").contains("\"drained\":false"));

      page.press("#sync");
      page.awaitText("#said", "replica2 has all");
      page.press("#pass-through");
      answersDialog(null);
      page.awaitText("#routing", "off");
      assertTrue(status(port).toString().contains("\"routing\":false"));
      page.press("#pass-through");
      answersDialog(null);
      page.awaitText("#routing", "on");
      assertTrue(status(port).toString().contains("\"routing\":true"));

      // It was sent in a header only, and is kept nowhere.
      for (String request : page.requests()) {
        assertFalse(request.contains(ServedApp.TOKEN), request);
      }
      assertEquals(0, page.value("localStorage.length + sessionStorage.length").asInt());
      app.end();
      page.awaitText("#trouble", "does not answer");
    }
  }

  /** While the application does nothing, page and API tell the very same. */
  private void agreesAtRest(ServedApp app) throws Exception {
    JsonNode status = status(app.port()).get("statements");
    page.await(
        "document.getElementById('total').textContent.replaceAll(',', '') === '"
            + status.get("total").asLong()
            + "'");
    assertEquals(status.get("onReplicas").asLong(), page.number("#on-replicas"));
    assertEquals(status.get("onMaster").asLong(), page.number("#on-master"));
    double share = Double.parseDouble(page.text("#share").replace(" %", ""));
    assertEquals(100 * status.get("replicaShare").asDouble(), share, 0.051);
  }

  private static String replica(int port, String name) throws Exception {
    Asked answer = Asked.get(port, "/api/database/replication/status");
    for (JsonNode each : DevTools.MAPPER.readTree(answer.body).at("/groups/0/replicas")) {
      if (each.get("name").asText().equals(name)) {
        return each.toString();
      }
    }
    throw new AssertionError(answer.body);
  }

  @Test
  void theTabKeyReachesEveryControl() throws Exception {
    try (ServedApp app = ServedApp.onSqlite(directory)) {
      shows(app.port());
      page.awaitText("#events", "in service");
      String reachable =
          "[...document.querySelectorAll('a, button, select, input, textarea, summary')]"
              + ".filter(each => each.getClientRects().length > 0 && !each.disabled)";
      page.value(reachable + ".forEach((each, i) => each.dataset.tab = i)");
      int all = page.value(reachable + ".length").asInt();
      assertTrue(all > 15, () -> "controls: " + all);
      Set<Integer> order = new LinkedHashSet<>();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (order.size() < all && System.nanoTime() - deadline < 0) {
        page.key("Tab", 9);
        JsonNode at = page.value("document.activeElement.dataset.tab");
        if (at.isTextual()) {
          order.add(at.asInt());
          boolean seen =
              page.value("getComputedStyle(document.activeElement).outlineStyle === 'solid'")
                  .asBoolean();
          assertTrue(seen, () -> "focus is not seen at " + order);
        }
      }
      // In the order in which they stand.
      assertEquals(order.stream().sorted().collect(Collectors.toList()), new ArrayList<>(order));
      assertEquals(all, order.size(), order::toString);
      app.end();
    }
  }

  @Test
  void whatAStatementHoldsStaysText() throws Exception {
    Path odd = directory.resolve("<b onclick=x>");
    assertTrue(odd.toFile().mkdirs());
    ForkedJvm.Builder builder =
        ServedApp.sqlite(odd)
            .property("rwsplit.slow.threshold", "1ms")
            .property("rwsplit.http.protect", "all");
    try (ServedApp app = ServedApp.start(builder, ServedApp.url(odd))) {
      String alias = HOSTILE.replace("\"", "\"\"");
      String slow =
          "SELECT count(*) AS \""
              + alias
              + "\" FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
              + " WHERE i < 100000) SELECT i FROM n)";
      // Its first runs may be counted with those of all texts that are still being classified.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      for (String seen = ""; !seen.contains("onerror"); ) {
        assertTrue(System.nanoTime() - deadline < 0, app.jvm()::transcript);
        app.tell("query " + slow);
        seen = Asked.get(app.port(), "/api/slow-statements", ServedApp.BEARER).body;
      }
      // All needs the token here, but the page itself, which asks for it.
      page.open(url(app.port()));
      page.awaitText("#trouble", "shows nothing without the token");
      page.press("#token");
      answersDialog(ServedApp.TOKEN);
      page.awaitText("#in-service", "2 of 2");
      for (String table : List.of("#statements", "#slow")) {
        page.awaitText(table, "onerror=");
        assertTrue(page.text(table).contains("<img src=x"), page.text(table));
      }
      page.awaitText("#nodes", "<b onclick=x>");
      page.focus("#sql");
      page.type("SELECT 1 AS \"" + alias + "\"");
      page.press("#explain button");
      page.awaitText("#explained", "Runs on");
      page.awaitText("#explained", "<img src=x");
      assertEquals(1, page.value("document.images.length").asInt());
      assertEquals(
          0, page.value("document.querySelectorAll('[onerror], [onclick], b[x]').length").asInt());
      assertEquals("rwsplit", page.value("document.title").asText());
      // And where a script would get it wrong, the browser refuses.
      assertEquals(
          "refused",
          page.value(
                  "(() => { try { document.createElement('p').innerHTML = '<b>'; return 'taken'; }"
                      + " catch (fault) { return 'refused'; } })()")
              .asText());
      app.end();
    }
  }
}
