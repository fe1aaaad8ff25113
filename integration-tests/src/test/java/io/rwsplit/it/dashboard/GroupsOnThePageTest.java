package io.rwsplit.it.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.http.ServedApp;
import java.nio.file.Path;
import legacy.config.TwoMasters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two groups of one JVM on the page: each is shown by itself, and what is pressed is done to it.
 */
@Tag("chromium")
class GroupsOnThePageTest {
  @TempDir Path profile;
  @TempDir Path directory;

  private String file(String name) {
    return "jdbc:sqlite:" + directory.resolve(name);
  }

  private ForkedJvm.Builder with(ForkedJvm.Builder app, String group) {
    String name = "rwsplit.group." + group;
    return app.property(name + ".master", file(group + ".db"))
        .property(name + ".replicas", file(group + "-one.db") + "," + file(group + "-two.db"));
  }

  private static JsonNode group(int port, String path, String group) throws Exception {
    Asked answer = Asked.get(port, path + "?group=" + group);
    assertEquals(200, answer.status, answer.body);
    return DevTools.MAPPER.readTree(answer.body).at("/groups/0");
  }

  private static boolean isDrained(int port, String group) throws Exception {
    return group(port, "/api/database/replication/status", group)
        .at("/replicas/0/drained")
        .asBoolean();
  }

  private static boolean isRouting(int port, String group) throws Exception {
    return group(port, "/api/status", group).get("routing").asBoolean();
  }

  private static void choose(Page page, String group) throws Exception {
    page.value(
        "(() => { const list = document.getElementById('group'); list.value = '"
            + group
            + "'; list.dispatchEvent(new Event('change')); return list.value; })()");
    page.awaitText("#nodes", group + "-one.db");
  }

  @Test
  void eachIsShownAndSteeredByItself() throws Exception {
    ForkedJvm.Builder builder =
        with(with(new ForkedJvm.Builder().agent(), "shop"), "crm")
            .property("rwsplit.groups", "shop,crm")
            .property("rwsplit.http.port", "0")
            .property("rwsplit.http.rate", "10000")
            .property("rwsplit.http.token", ServedApp.TOKEN)
            .main(TwoMasters.class, file("shop.db"), file("crm.db"), 1, 1);
    try (Browser browser = Browser.start(profile);
        ForkedJvm app = builder.start()) {
      app.awaitOut("made"::equals, 120);
      String line = app.awaitErr(each -> each.contains("HTTP: http"), 120);
      int port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
      Page page = browser.page();
      page.looksLike(1280, 900, false, false);
      page.open("http://127.0.0.1:" + port + "/");
      page.await("document.querySelectorAll('#group option').length === 2");
      page.await("!document.getElementById('groups').hidden");

      choose(page, "shop");
      page.awaitText("#in-service", "2 of 2");
      assertFalse(page.text("#nodes").contains("crm"), page.text("#nodes"));
      page.press("button[data-action=drain][data-node=replica1]");
      page.await("document.activeElement.id === 'secret'");
      page.type(ServedApp.TOKEN);
      page.press("#ask-yes");
      page.awaitText("#in-service", "1 of 2");
      assertEquals(true, isDrained(port, "shop"));
      assertEquals(false, isDrained(port, "crm"));
      page.screenshot(Path.of("target", "screenshots", "groups-shop.png"));

      choose(page, "crm");
      page.awaitText("#in-service", "2 of 2");
      assertFalse(page.text("#nodes").contains("shop"), page.text("#nodes"));
      page.press("#pass-through");
      page.await("document.getElementById('ask').open");
      page.press("#ask-yes");
      page.awaitText("#routing", "off");
      assertEquals(true, isRouting(port, "shop"));
      assertEquals(false, isRouting(port, "crm"));
      page.awaitText("#events", "routing off");
      page.screenshot(Path.of("target", "screenshots", "groups-crm.png"));

      choose(page, "shop");
      page.awaitText("#routing", "on");
      page.awaitText("#in-service", "1 of 2");
      page.awaitText("#events", "drained");
      assertFalse(page.text("#events").contains("routing off"), page.text("#events"));
      page.close();
      app.tell("go");
      assertEquals(0, app.exitCode(180), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
  }
}
