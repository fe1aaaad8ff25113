package io.rwsplit.http;

import io.rwsplit.operations.Group;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What is no JSON of the groups: the page for people, the description of the API, metrics.
 * Stateless.
 */
final class Pages {
  private Pages() {}

  /** Files of the page for people, below {@code /dashboard/}. */
  static final List<String> FILES =
      Collections.unmodifiableList(
          Arrays.asList("page.css", "main.js", "view.js", "charts.js", "icon.svg"));

  /**
   * The page gets what it needs from this server only, holds no script, style or form of its own,
   * and can make no text into HTML.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  /** The page for people. It shows nothing by itself, but what it asks for with the token. */
  static Answer index(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return new Answer(200, "text/html; charset=utf-8", resource("dashboard/page.html"))
        .with(Answer.POLICY, POLICY);
  }

  /** One of {@link #FILES}. */
  static Answer file(String name) {
    String type =
        name.endsWith(".css")
            ? "text/css"
            : name.endsWith(".js") ? "text/javascript" : "image/svg+xml";
    return new Answer(200, type + "; charset=utf-8", resource("dashboard/" + name));
  }

  static Answer openApi(
      Request request, List<Group> groups, String node, Map<String, Object> body) {
    return new Answer(200, "application/json; charset=utf-8", resource("openapi.json"));
  }

  static Answer metrics(
      Request request, List<Group> groups, String node, Map<String, Object> body) {
    String text = new Exposition().of(version(), groups);
    return new Answer(
        200, "text/plain; version=0.0.4; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** The version of the jar. */
  static String version() {
    return new String(resource("version.txt"), StandardCharsets.UTF_8).trim();
  }

  private static byte[] resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the jar");
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] some = new byte[4096];
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        all.write(some, 0, count);
      }
      return all.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
