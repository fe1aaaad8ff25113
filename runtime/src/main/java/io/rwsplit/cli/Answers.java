package io.rwsplit.cli;

import io.rwsplit.json.JsonFault;

/** Several answers as one object of JSON. Used by one thread. */
final class Answers {
  private final StringBuilder text = new StringBuilder("{");

  void put(String name, JsonView answer) {
    text.append(text.length() == 1 ? "\"" : ",\"").append(name).append("\":").append(answer);
  }

  JsonView all() {
    try {
      return JsonView.parse(text + "}");
    } catch (JsonFault e) {
      throw new IllegalStateException(e);
    }
  }
}
