package io.rwsplit.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** Puts an object together, in order. Not thread-safe. */
final class Fields {
  private final Map<String, Object> map = new LinkedHashMap<>();

  /** Adds a field; the value is one that JSON has, or null. */
  Fields put(String name, Object value) {
    map.put(name, value);
    return this;
  }

  /** The object. */
  Map<String, Object> map() {
    return map;
  }
}
