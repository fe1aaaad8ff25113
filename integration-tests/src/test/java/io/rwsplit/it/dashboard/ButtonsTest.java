package io.rwsplit.it.dashboard;

import static io.rwsplit.it.dashboard.Clicks.button;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.http.ServedApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The buttons that {@link DashboardTest} leaves out, each pressed: what it does, and says. */
@Tag("chromium")
class ButtonsTest {
  private static final Path SHOTS = Path.of("target", "screenshots");

  @TempDir Path profile;
  @TempDir Path directory;

  private Page page;
  private Clicks clicks;

  private Path file() {
    return directory.resolve("rwsplit.properties");
  }

  private void write(String... lines) throws Exception {
    StringBuilder text = new StringBuilder("rwsplit.config.interval=off\n");
    text.append("rwsplit.master=").append(ServedApp.url(directory)).append('\n');
    text.append("rwsplit.replicas=jdbc:sqlite:").append(directory.resolve("r1.db"));
    text.append(",jdbc:sqlite:").append(directory.resolve("r2.db")).append('\n');
    for (String line : lines) {
      text.append(line).append('\n');
    }
    Files.writeString(file(), text);
  }

  @Test
  void eachDoesWhatItSays() throws Exception {
    write();
    ForkedJvm.Builder builder =
        ServedApp.server(new ForkedJvm.Builder())
            .option("-javaagent:" + ForkedJvm.AGENT_JAR + "=" + file());
    try (ServedApp app = ServedApp.start(builder, ServedApp.url(directory));
        Browser browser = Browser.start(profile)) {
      for (int i = 0; i < 12; i++) {
        app.tell("query SELECT name AS n" + i + " FROM item");
      }
      page = browser.page();
      clicks = new Clicks(page);
      page.looksLike(1280, 900, false, false);
      page.open("http://127.0.0.1:" + app.port() + "/");
      page.awaitText("#in-service", "2 of 2");

      looks();
      token();
      resync(app);
      reload();
      explain();
      page.close();
      app.end();
    }
  }

  /** Those that change what is seen only. */
  private void looks() throws Exception {
    page.await("!document.getElementById('more-statements').hidden");
    assertEquals(8, page.value("document.querySelectorAll('#statements tr').length").asInt());
    page.press("#more-statements");
    page.await("document.querySelectorAll('#statements tr').length > 8");
    page.awaitText("#more-statements", "Show fewer");
    page.press("#more-statements");
    page.await("document.querySelectorAll('#statements tr').length === 8");

    page.press("#whole");
    page.await("document.body.classList.contains('whole')");
    assertEquals("true", page.value("document.getElementById('whole').ariaPressed").asText());
    page.press("#whole");
    page.await("!document.body.classList.contains('whole')");

    for (String seconds : List.of("60", "600")) {
      page.value(
          "(() => { const list = document.getElementById('window'); list.value = '"
              + seconds
              + "'; list.dispatchEvent(new Event('change')); return 0; })()");
      String minutes = seconds.equals("60") ? "1 min" : "10 min";
      page.await("document.querySelector('svg.chart').textContent.includes('" + minutes + "')");
    }
  }

  private void token() throws Exception {
    clicks.press("#token", "Token");
    clicks.confirm();
    clicks.said("The token is used from now on.", false);
    page.awaitText("#token", "Forget token");
    page.press("#token");
    clicks.said("The token is forgotten.", false);
    page.awaitText("#token", "Enter token");
  }

  private void resync(ServedApp app) throws Exception {
    String resync = button("resync", "replica2");
    clicks.press(resync, "Resync replica2");
    clicks.cancel();
    long before = resyncs(app);
    page.looksLike(360, 740, true, false);
    page.await("document.querySelector('svg.chart').getBoundingClientRect().width < 360");
    page.value(
        "document.querySelector(" + Page.quoted(resync) + ").scrollIntoView({block: 'center'})");
    clicks.press(resync, "Resync replica2");
    clicks.confirm();
    clicks.said("Done: replica2", false);
    // Wherever the button stands, what came of it is seen.
    assertTrue(page.value("scrollY").asInt() > 200);
    String top = "document.getElementById('said').getBoundingClientRect().top";
    page.await(top + " >= 0 && " + top + " < 100");
    page.looksLike(1280, 900, false, false);
    page.press("#said .close");
    page.await("document.getElementById('said').hidden");
    assertEquals(before + 1, resyncs(app));
    page.awaitText("#in-service", "2 of 2");
  }

  private static long resyncs(ServedApp app) throws Exception {
    Asked answer = Asked.get(app.port(), "/api/database/replication/metrics");
    return DevTools.MAPPER
        .readTree(answer.body)
        .at("/groups/0/replicas/1/applied/resyncs")
        .asLong();
  }

  private void reload() throws Exception {
    write("rwsplit.replicas.drain=replica1", "rwsplit.pool.replica.max=3", "rwsplit.lagg.max=3s");
    clicks.press("#reload", "Read the configuration again");
    clicks.confirm();
    clicks.said("1 applied, 1 left for a restart", false);
    page.awaitText("#said", "rwsplit.pool.replica.max=3 needs a restart");
    page.awaitText("#said", "perhaps you mean rwsplit.lag.max");
    page.awaitText("#in-service", "1 of 2");
    page.screenshot(SHOTS.resolve("reload-light.png"));
    write("rwsplit.lag.max=3");
    clicks.press("#reload", "Read the configuration again");
    clicks.confirm();
    clicks.said("the new configuration has faults, and changes nothing", true);
    page.awaitText("#said", "rwsplit.lag.max");
    page.awaitText("#in-service", "1 of 2");
    page.looksLike(360, 740, true, true);
    page.await("document.querySelector('svg.chart').getBoundingClientRect().width < 360");
    assertEquals(360, page.value("document.documentElement.scrollWidth").asInt());
    page.screenshot(SHOTS.resolve("reload-refused-phone.png"));
    page.looksLike(1280, 900, false, false);
    write();
    clicks.press("#reload", "Read the configuration again");
    clicks.confirm();
    page.awaitText("#in-service", "2 of 2");
  }

  private void explain() throws Exception {
    page.press("#token");
    page.awaitText("#token", "Enter token");
    page.focus("#sql");
    page.type("DELETE FROM item");
    clicks.press("#explain button", "Explain a statement");
    clicks.confirm("a-wrong-token-of-the-tests");
    page.awaitText("#explained", "Refused: the token is wrong");
    clicks.press("#explain button", "Explain a statement");
    clicks.confirm();
    page.awaitText("#explained", "may write");
    page.value("document.getElementById('sql').value = 'SELECT name FROM item'");
    page.value("document.getElementById('in-transaction').click()");
    page.press("#explain button");
    page.awaitText("#explained", "inside a transaction");
    assertTrue(page.text("#explained").contains("the master"), page.text("#explained"));
    assertFalse(page.text("#explained").contains("Refused"), page.text("#explained"));
  }
}
