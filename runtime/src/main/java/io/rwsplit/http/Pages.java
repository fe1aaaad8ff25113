package io.rwsplit.http;

import io.rwsplit.operations.Group;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What is no JSON of the groups: the first page, the description of the API, metrics. Stateless.
 */
final class Pages {
  private Pages() {}

  /** Where a page for people will be. */
  static Answer index(Request request, List<Group> groups, String node, Map<String, Object> body) {
    return Answer.ok(
        new Fields()
            .put("name", "rwsplit")
            .put("version", version())
            .put("description", "/api/openapi.json")
            .put("status", "/api/status")
            .put("metrics", "/metrics")
            .map());
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
