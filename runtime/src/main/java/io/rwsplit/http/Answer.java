package io.rwsplit.http;

import io.rwsplit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is answered with. Not thread-safe. */
final class Answer {
  private static final String JSON = "application/json; charset=utf-8";

  /** What a browser may load and run because of the answer: nothing, unless it says otherwise. */
  static final String POLICY = "Content-Security-Policy";

  private final int status;
  private final String type;
  private final byte[] body;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Answer(int status, String type, byte[] body) {
    this.status = status;
    this.type = type;
    this.body = body;
  }

  /** An object as JSON. */
  static Answer json(int status, Map<String, Object> object) {
    return new Answer(status, JSON, JsonWriter.write(object).getBytes(StandardCharsets.UTF_8));
  }

  /** An object as JSON, with status 200. */
  static Answer ok(Map<String, Object> object) {
    return json(200, object);
  }

  /** A fault in the one form all have. */
  static Answer error(int status, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("status", status);
    error.put("message", message);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("error", error);
    return json(status, root);
  }

  /** Adds a header; name and value are ours, never the client's. */
  Answer with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  int status() {
    return status;
  }

  /** What goes over the wire. */
  byte[] bytes(boolean withBody) {
    StringBuilder head = new StringBuilder(384);
    head.append("HTTP/1.1 ").append(status).append(' ').append(phrase(status)).append("\r\n");
    header(head, "Content-Type", type);
    header(head, "Content-Length", String.valueOf(body.length));
    header(head, "Connection", "close");
    header(head, "Cache-Control", "no-store");
    header(head, "X-Content-Type-Options", "nosniff");
    header(head, "X-Frame-Options", "DENY");
    header(head, "Referrer-Policy", "no-referrer");
    header(head, "Cross-Origin-Resource-Policy", "same-origin");
    if (!headers.containsKey(POLICY)) {
      header(head, POLICY, "default-src 'none'; frame-ancestors 'none'");
    }
    for (Map.Entry<String, String> each : headers.entrySet()) {
      header(head, each.getKey(), each.getValue());
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    if (!withBody) {
      return first;
    }
    byte[] all = new byte[first.length + body.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }

  private static void header(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static String phrase(int status) {
    switch (status) {
      case 200:
        return "OK";
      case 400:
        return "Bad Request";
      case 401:
        return "Unauthorized";
      case 403:
        return "Forbidden";
      case 404:
        return "Not Found";
      case 405:
        return "Method Not Allowed";
      case 408:
        return "Request Timeout";
      case 409:
        return "Conflict";
      case 413:
        return "Content Too Large";
      case 415:
        return "Unsupported Media Type";
      case 421:
        return "Misdirected Request";
      case 429:
        return "Too Many Requests";
      case 431:
        return "Request Header Fields Too Large";
      case 501:
        return "Not Implemented";
      case 503:
        return "Service Unavailable";
      case 505:
        return "HTTP Version Not Supported";
      default:
        return "Internal Server Error";
    }
  }
}
