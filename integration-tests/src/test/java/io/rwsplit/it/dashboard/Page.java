package io.rwsplit.it.dashboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One page of the browser, used as a person would who has no mouse. Used by one thread. */
final class Page {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final DevTools tools;
  private final String session;

  Page(DevTools tools, String session) throws Exception {
    this.tools = tools;
    this.session = session;
    for (String domain : new String[] {"Page", "Runtime", "Log", "Network"}) {
      tools.ask(session, domain + ".enable");
    }
  }

  void close() throws Exception {
    tools.ask(session, "Page.close");
  }

  void open(String url) throws Exception {
    tools.ask(session, "Page.navigate", "url", url);
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** The size of the window, as on a desk or as a phone's, and the scheme that is preferred. */
  void looksLike(int width, int height, boolean phone, boolean dark) throws Exception {
    tools.ask(
        session,
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        phone ? 2 : 1,
        "mobile",
        phone);
    tools.ask(
        session,
        "Emulation.setEmulatedMedia",
        "features",
        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light")));
  }

  /** The value of an expression; of a promise what it is kept with. */
  JsonNode value(String expression) throws Exception {
    JsonNode answer =
        tools.ask(
            session,
            "Runtime.evaluate",
            "expression",
            expression,
            "returnByValue",
            true,
            "awaitPromise",
            true);
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value");
  }

  String text(String selector) throws Exception {
    return value("document.querySelector(" + quoted(selector) + ").innerText").asText().trim();
  }

  long number(String selector) throws Exception {
    return Long.parseLong(text(selector).replace(",", ""));
  }

  static String quoted(String text) throws Exception {
    return DevTools.MAPPER.writeValueAsString(text);
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!value("Boolean(" + expression + ")").asBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("never: " + expression + "\n" + text("body"));
      }
      Thread.sleep(50);
    }
  }

  void awaitText(String selector, String part) throws Exception {
    await(
        "document.querySelector("
            + quoted(selector)
            + ").innerText.includes("
            + quoted(part)
            + ")");
  }

  /** Presses a button by the Enter key, which meets it wherever it has moved meanwhile. */
  void press(String selector) throws Exception {
    focus(selector);
    key("Enter", 13);
  }

  /** Gives the focus to what must be visible. */
  void focus(String selector) throws Exception {
    String found = "document.querySelector(" + quoted(selector) + ")";
    await(found + " && " + found + ".getClientRects().length > 0 && !" + found + ".disabled");
    await("(" + found + ".focus(), document.activeElement === " + found + ")");
  }

  void type(String text) throws Exception {
    tools.ask(session, "Input.insertText", "text", text);
  }

  /** A key by its name and code, as {@code Tab} and 9. */
  void key(String name, int code) throws Exception {
    String text = name.equals("Enter") ? "\r" : "";
    tools.ask(
        session,
        "Input.dispatchKeyEvent",
        "type",
        text.isEmpty() ? "rawKeyDown" : "keyDown",
        "key",
        name,
        "code",
        name,
        "text",
        text,
        "windowsVirtualKeyCode",
        code);
    tools.ask(
        session,
        "Input.dispatchKeyEvent",
        "type",
        "keyUp",
        "key",
        name,
        "code",
        name,
        "windowsVirtualKeyCode",
        code);
  }

  /**
   * What the browser complains of: errors of scripts, policies, answers that are refusals. Not
   * connections that broke, as they may on a slow machine; nor advice on speed, which axe gets.
   */
  List<String> complaints() {
    List<String> all = new ArrayList<>();
    for (JsonNode event : tools.events(session, "Runtime.exceptionThrown")) {
      all.add("exception: " + event);
    }
    for (JsonNode event : tools.events(session, "Runtime.consoleAPICalled")) {
      all.add("console: " + event);
    }
    for (JsonNode event : tools.events(session, "Log.entryAdded")) {
      String source = event.at("/entry/source").asText();
      String text = event.at("/entry/text").asText();
      if (!source.equals("rendering") && !text.contains("net::ERR_")) {
        all.add(source + ": " + text);
      }
    }
    return all;
  }

  /** The addresses of all that the page has asked for. */
  List<String> requests() {
    List<String> all = new ArrayList<>();
    for (JsonNode event : tools.events(session, "Network.requestWillBeSent")) {
      all.add(event.at("/request/url").asText());
    }
    return all;
  }

  /** The whole page as a picture. */
  void screenshot(Path file) throws Exception {
    JsonNode size = tools.ask(session, "Page.getLayoutMetrics").get("cssContentSize");
    JsonNode picture =
        tools.ask(
            session,
            "Page.captureScreenshot",
            "format",
            "png",
            "captureBeyondViewport",
            true,
            "clip",
            Map.of(
                "x",
                0,
                "y",
                0,
                "width",
                size.get("width").asDouble(),
                "height",
                size.get("height").asDouble(),
                "scale",
                1));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
    assertTrue(Files.size(file) > 10_000, file::toString);
  }
}
