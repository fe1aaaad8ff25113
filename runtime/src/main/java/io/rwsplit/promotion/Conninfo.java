package io.rwsplit.promotion;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PostgreSQL's {@code primary_conninfo}, in the form of keywords and values ("Connection Strings"
 * of libpq's documentation). Immutable; holds secrets.
 */
final class Conninfo {
  private final Map<String, String> values;

  private Conninfo(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Parses it.
   *
   * @throws ControlFailure when it is of another form, such as a URI
   */
  static Conninfo parse(String text) throws ControlFailure {
    if (text.startsWith("postgresql:") || text.startsWith("postgres:")) {
      throw new ControlFailure("primary_conninfo is a URI, and not keywords with values");
    }
    Map<String, String> values = new LinkedHashMap<>();
    int at = skip(text, 0);
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        throw new ControlFailure("primary_conninfo has a keyword without a value");
      }
      String key = text.substring(at, equals).trim();
      at = skip(text, equals + 1);
      StringBuilder value = new StringBuilder();
      boolean quoted = at < text.length() && text.charAt(at) == '\'';
      at += quoted ? 1 : 0;
      boolean ended = !quoted;
      for (; at < text.length(); at++) {
        char c = text.charAt(at);
        if (quoted ? c == '\'' : Character.isWhitespace(c)) {
          ended = true;
          at++;
          break;
        }
        if (c == '\\' && at + 1 < text.length()) {
          c = text.charAt(++at);
        }
        value.append(c);
      }
      if (!ended) {
        throw new ControlFailure("primary_conninfo has a quote without an end");
      }
      values.put(key, value.toString());
      at = skip(text, at);
    }
    return new Conninfo(values);
  }

  private static int skip(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Host and port it leads to; null when it does not name one of each. */
  Address address() {
    String host = values.containsKey("hostaddr") ? values.get("hostaddr") : values.get("host");
    String port = values.containsKey("port") ? values.get("port") : "5432";
    if (host == null || host.isEmpty() || host.indexOf(',') >= 0) {
      return null;
    }
    try {
      return new Address(host, Integer.parseInt(port));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The same to another server; everything else stays. */
  Conninfo to(Address other) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.remove("hostaddr");
    changed.put("host", other.host());
    changed.put("port", String.valueOf(other.port()));
    return new Conninfo(changed);
  }

  /** As PostgreSQL reads it; holds secrets. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> each : values.entrySet()) {
      text.append(text.length() == 0 ? "" : " ").append(each.getKey()).append("='");
      text.append(each.getValue().replace("\\", "\\\\").replace("'", "\\'")).append('\'');
    }
    return text.toString();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return String.valueOf(address());
  }
}
