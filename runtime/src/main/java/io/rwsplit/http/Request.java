package io.rwsplit.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One request, read whole. Immutable. */
final class Request {
  private final String method;
  private final String path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;
  private final String address;

  /**
   * @param path as sent, without the query; nothing in it is decoded
   * @param headers by names in lower case
   * @param address of the client
   */
  Request(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body,
      String address) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.address = address;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /** A parameter of the query; null when it is not there. */
  String parameter(String name) {
    return query.get(name);
  }

  Map<String, String> query() {
    return query;
  }

  /** A header by its name in lower case; null when it is not there. */
  String header(String name) {
    return headers.get(name);
  }

  String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The client's address. */
  String address() {
    return address;
  }
}
