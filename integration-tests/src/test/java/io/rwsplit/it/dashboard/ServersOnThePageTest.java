package io.rwsplit.it.dashboard;

import static io.rwsplit.it.dashboard.Clicks.button;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.http.ServedApp;
import io.rwsplit.it.promote.SteadyJvm;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The master is changed on the page, while the application writes without a pause: a switchover, a
 * failover that is refused while the master lives, and one that is not when it is gone.
 */
@Tag("chromium")
class ServersOnThePageTest {
  private static final Path SHOTS = Path.of("target", "screenshots");

  @TempDir Path profile;
  @TempDir Path directory;

  private Page page;
  private Clicks clicks;

  private static String master(int port) throws Exception {
    Asked answer = Asked.get(port, "/api/status");
    return DevTools.MAPPER.readTree(answer.body).at("/groups/0/master").asText();
  }

  /** The page has this node as the master, and the others as replicas with their buttons. */
  private void shows(String master, String... replicas) throws Exception {
    page.await("document.querySelectorAll('#nodes li').length === 3");
    page.awaitText("#nodes li:nth-child(1) h3", master);
    page.await("document.querySelector('#nodes li:nth-child(1)').classList.contains('master')");
    page.await("document.querySelectorAll('#nodes .master').length === 1");
    page.await(
        "document.querySelectorAll('#nodes li:nth-child(1) button:not([hidden])').length === 0");
    for (String replica : replicas) {
      String card =
          "[...document.querySelectorAll('#nodes li.in')].find(each =>"
              + " each.querySelector('h3').textContent === '"
              + replica
              + "')";
      page.await(card + " && " + card + ".innerText.includes('In service')");
      page.await(card + ".innerText.includes('Replica')");
      page.await(card + ".querySelectorAll('button:not([hidden])').length === 3");
    }
  }

  private static boolean serves1(String line) {
    return line.contains("replica1: in service");
  }

  private void shots(String name) throws Exception {
    page.screenshot(SHOTS.resolve(name + "-light.png"));
    page.looksLike(1280, 900, false, true);
    page.screenshot(SHOTS.resolve(name + "-dark.png"));
    page.looksLike(360, 740, true, false);
    page.await("document.querySelector('svg.chart').getBoundingClientRect().width < 360");
    assertEquals(360, page.value("document.documentElement.scrollWidth").asInt());
    page.screenshot(SHOTS.resolve(name + "-phone.png"));
    page.looksLike(1280, 900, false, false);
    page.await("document.querySelector('svg.chart').getBoundingClientRect().width > 360");
  }

  @Test
  void changesTheMaster() throws Exception {
    try (ServerCluster cluster = MariadbCluster.start(2)) {
      cluster.make(
          "CREATE TABLE steady(id BIGINT PRIMARY KEY)",
          "CREATE TABLE fixed(id INT PRIMARY KEY)",
          "INSERT INTO fixed VALUES (1), (2), (3)");
      ForkedJvm.Builder builder =
          ServedApp.server(new ForkedJvm.Builder()).property("rwsplit.failover.observation", "1h");
      try (SteadyJvm app =
              new SteadyJvm(cluster, builder, "admin", directory.resolve("journal"), 1);
          Browser browser = Browser.start(profile)) {
        app.awaitStarted();
        app.awaitWrites(cluster, 10);
        String line = app.jvm().awaitErr(each -> each.contains("HTTP: http"), 120);
        int port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
        page = browser.page();
        clicks = new Clicks(page);
        page.looksLike(1280, 900, false, false);
        page.open("http://127.0.0.1:" + port + "/");
        shows("first-master", "replica1", "replica2");

        switchover(cluster, app, port);
        failover(cluster, app, port);
        page.close();
        assertFalse(app.jvm().saysFault(), app.jvm()::transcript);
        assertFalse(app.jvm().transcript().contains(ServedApp.TOKEN), app.jvm()::transcript);
      }
    }
  }

  /** Again, where a slow machine has let a time pass that is part of the safety. */
  private void presses(SteadyJvm app, String selector, String title, String done) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
    do {
      assertTrue(System.nanoTime() - deadline < 0, app.jvm()::transcript);
      page.value("document.getElementById('said').className = 'banner before'");
      clicks.press(selector, title);
      clicks.confirm();
      page.await("/good|bad/.test(document.getElementById('said').className)");
    } while (!page.text("#said").contains(done));
  }

  private void switchover(ServerCluster cluster, SteadyJvm app, int port) throws Exception {
    String make = button("switchover", "replica1");
    clicks.press(make, "Make replica1 the master");
    page.screenshot(SHOTS.resolve("switchover-ask-light.png"));
    page.looksLike(360, 740, true, true);
    page.screenshot(SHOTS.resolve("switchover-ask-phone.png"));
    page.looksLike(1280, 900, false, false);
    clicks.cancel();
    clicks.press(make, "Make replica1 the master");
    clicks.confirm("a-wrong-token-of-the-tests");
    clicks.said("Switchover to replica1: refused, the token is wrong", true);
    assertEquals("first-master", master(port));

    presses(app, make, "Make replica1 the master", "Switchover to replica1: done, ");
    clicks.said("Switchover to replica1: done, replica1 took over from first-master", false);
    assertTrue(page.text("#said li:nth-child(1)").contains("takes no writes"), page.text("#said"));
    shows("replica1", "first-master", "replica2");
    assertEquals("replica1", master(port));
    page.awaitText("#failover", "promote, term");
    page.awaitText("#events", "replica1");
    app.awaitWrites(cluster, 10);
    assertEquals("1", cluster.ask(0, "SELECT @@GLOBAL.read_only"));
    shots("switchover");
  }

  private void failover(ServerCluster cluster, SteadyJvm app, int port) throws Exception {
    String promote = button("failover", "replica2");
    clicks.press(promote, "Fail over to replica2");
    clicks.confirm();
    clicks.said("Failover to replica2: not done, ", true);
    assertEquals("replica1", master(port));
    page.screenshot(SHOTS.resolve("failover-refused-light.png"));

    long before = app.jvm().err().stream().filter(ServersOnThePageTest::serves1).count();
    cluster.kill(1);
    page.awaitText("#state", "No master");
    page.screenshot(SHOTS.resolve("master-gone-light.png"));
    presses(app, promote, "Fail over to replica2", "Failover to replica2: done, ");
    clicks.said("Failover to replica2: done, ", false);
    shows("replica2", "first-master");
    assertEquals("replica2", master(port));
    // The dead one is not taken for fit when it is no longer the master.
    assertEquals(before, app.jvm().err().stream().filter(ServersOnThePageTest::serves1).count());
    app.awaitWrites(cluster, 10);
    page.await("document.querySelectorAll('#nodes li.out').length === 1");
    page.awaitText("#nodes li.out", "replica1");
    page.awaitText("#nodes li.out", "has not answered since it was the master");
    shots("failover");
  }
}
