package io.rwsplit.cli;

import io.rwsplit.json.Json;
import io.rwsplit.json.JsonFault;
import io.rwsplit.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value of JSON as it is read here: what is not there, or of another kind, is nothing, so that an
 * agent of another version can be shown. Immutable.
 */
final class JsonView {
  private final Object value;

  private JsonView(Object value) {
    this.value = value;
  }

  static JsonView parse(String text) throws JsonFault {
    return new JsonView(Json.parse(text));
  }

  JsonView get(String name) {
    return new JsonView(value instanceof Map ? ((Map<?, ?>) value).get(name) : null);
  }

  /** The elements of a list; none of anything else. */
  List<JsonView> list() {
    List<JsonView> list = new ArrayList<>();
    if (value instanceof List) {
      for (Object each : (List<?>) value) {
        list.add(new JsonView(each));
      }
    }
    return list;
  }

  /** The names of an object; none of anything else. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (value instanceof Map) {
      for (Object name : ((Map<?, ?>) value).keySet()) {
        names.add((String) name);
      }
    }
    return names;
  }

  boolean isNothing() {
    return value == null;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  /** The text of a string, number or boolean; null of nothing. */
  String text() {
    return value == null || value instanceof Map || value instanceof List ? null : value.toString();
  }

  /** Several texts as one, separated by commas. */
  String joined() {
    StringBuilder joined = new StringBuilder();
    for (JsonView each : list()) {
      joined.append(joined.length() == 0 ? "" : ", ").append(each.text());
    }
    return joined.toString();
  }

  /** A number; 0 of anything else. */
  long number() {
    return value instanceof Number ? ((Number) value).longValue() : 0;
  }

  /** A number; not a number of anything else. */
  double decimal() {
    return value instanceof Number ? ((Number) value).doubleValue() : Double.NaN;
  }

  @Override
  public String toString() {
    return JsonWriter.write(value);
  }
}
