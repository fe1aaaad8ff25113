package io.rwsplit.it.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection by Chromium's DevTools protocol: commands with their answers, and events. */
final class DevTools implements WebSocket.Listener {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;

  DevTools(String url) throws Exception {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(url), this)
            .get(120, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      try {
        JsonNode message = MAPPER.readTree(part.toString());
        if (message.has("id")) {
          asked.remove(message.get("id").asInt()).complete(message);
        } else {
          synchronized (events) {
            events.add(message);
          }
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        part.setLength(0);
      }
    }
    from.request(1);
    return null;
  }

  /** The result of a command; fails when the browser refuses it. */
  JsonNode ask(String session, String method, Object... namesAndValues) throws Exception {
    int id = number.incrementAndGet();
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
    if (session != null) {
      message.put("sessionId", session);
    }
    ObjectNode parameters = message.putObject("params");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.set((String) namesAndValues[i], MAPPER.valueToTree(namesAndValues[i + 1]));
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    synchronized (socket) {
      WebSocket unused =
          socket.sendText(MAPPER.writeValueAsString(message), true).get(120, TimeUnit.SECONDS);
    }
    JsonNode got = answer.get(120, TimeUnit.SECONDS);
    if (got.has("error")) {
      throw new AssertionError(method + ": " + got.get("error"));
    }
    return got.get("result");
  }

  /** The events of a method so far. */
  List<JsonNode> events(String session, String method) {
    List<JsonNode> found = new ArrayList<>();
    synchronized (events) {
      for (JsonNode event : events) {
        if (event.path("sessionId").asText().equals(session)
            && event.path("method").asText().equals(method)) {
          found.add(event.get("params"));
        }
      }
    }
    return found;
  }

  void close() {
    socket.abort();
  }
}
