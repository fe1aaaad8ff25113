package io.rwsplit.http;

import io.rwsplit.json.Json;
import io.rwsplit.json.JsonFault;
import io.rwsplit.operations.Group;
import io.rwsplit.operations.RunningGroups;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be asked, and who answers it. Thread-safe. */
final class Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
  private static final String NODE = "{node}";

  /** These concern no group, however many there are. */
  private static final String TRIAL = "/api/alerts/test";

  private static final String RELOAD = "/api/reload";

  /** Answers one path. */
  interface Handler {
    /**
     * The answer.
     *
     * @param groups those the request speaks of; of one that changes something, exactly one
     * @param node what stands for {@code {node}} in the path; null where it has none
     * @param body the object that was sent; empty for none
     */
    Answer answer(Request request, List<Group> groups, String node, Map<String, Object> body)
        throws Refusal;
  }

  /** One method of one path. */
  private static final class Route {
    final String method;
    final String path;
    final boolean open;
    final Handler handler;

    Route(String method, String path, boolean open, Handler handler) {
      this.method = method;
      this.path = path;
      this.open = open;
      this.handler = handler;
    }

    boolean changes() {
      return method.equals("POST");
    }

    /** The node; empty where the path has none; null when the path is another. */
    String match(String asked) {
      int at = path.indexOf(NODE);
      if (at < 0) {
        return path.equals(asked) ? "" : null;
      }
      String before = path.substring(0, at);
      String after = path.substring(at + NODE.length());
      int end = asked.length() - after.length();
      if (!asked.startsWith(before) || !asked.endsWith(after) || end <= before.length()) {
        return null;
      }
      String node = asked.substring(before.length(), end);
      return node.indexOf('/') < 0 ? node : null;
    }
  }

  private final Guard guard;
  private final List<Route> routes = new ArrayList<>();

  Endpoints(Guard guard) {
    this.guard = guard;
    StatusView.begins();
    Actions actions = new Actions();
    probe("/", Pages::index);
    for (String file : Pages.FILES) {
      probe("/dashboard/" + file, (request, groups, node, body) -> Pages.file(file));
    }
    probe("/health/live", Health::live);
    probe("/health/ready", Health::ready);
    get("/api/openapi.json", Pages::openApi);
    get("/api/status", StatusView::answer);
    get("/api/database/replication/status", ReplicationView::status);
    get("/api/database/replication/metrics", ReplicationView::metrics);
    get("/api/replication-lag", ReplicationView::lag);
    get("/api/alerts", AlertsView::answer);
    get("/api/statements", StatementsView::answer);
    get("/api/observe", ObserveView::answer);
    get("/api/compare", CompareView::answer);
    get("/api/slow-statements", HistoryView::slow);
    get("/api/history", HistoryView::history);
    get("/api/events", HistoryView::events);
    get("/api/configuration", StatusView::configuration);
    get("/metrics", Pages::metrics);
    post("/api/force-sync", actions::sync);
    post("/api/failover/{node}", actions::failover);
    post("/api/switchover/{node}", actions::switchover);
    post("/api/routing", actions::routing);
    post("/api/read-percent", actions::readPercent);
    post("/api/replicas/{node}/drain", actions::drain);
    post("/api/replicas/{node}/enable", actions::enable);
    post("/api/explain", actions::explain);
    post(TRIAL, AlertsView::test);
    post(RELOAD, ReloadAction::answer);
  }

  private void get(String path, Handler handler) {
    routes.add(new Route("GET", path, false, handler));
  }

  private void probe(String path, Handler handler) {
    routes.add(new Route("GET", path, true, handler));
  }

  private void post(String path, Handler handler) {
    routes.add(new Route("POST", path, false, handler));
  }

  /** {@code GET /metrics} and so on, in the order of their definition. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    for (Route route : routes) {
      all.add(route.method + " " + route.path);
    }
    return all;
  }

  /** Whether a client may ask anything now. */
  void admit(String address) throws Refusal {
    guard.admit(address, System.nanoTime());
  }

  /** The answer; a fault of ours is one, too. */
  Answer answer(Request request) {
    try {
      return route(request);
    } catch (Refusal e) {
      return e.answer();
    } catch (Throwable t) {
      LOG.warn("HTTP: fault in {}", request.path().length() > 100 ? "?" : request.path(), t);
      return Answer.error(500, "a fault of rwsplit's; the log has more");
    }
  }

  private Answer route(Request request) throws Refusal {
    guard.check(request);
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      String node = route.match(request.path());
      if (node != null && route.method.equals(method)) {
        return run(route, request, node.isEmpty() ? null : node);
      }
      if (node != null) {
        allowed.add(route.method);
      }
    }
    if (allowed.isEmpty()) {
      throw new Refusal(404, "there is no such path");
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return Answer.error(405, "this path is asked otherwise")
        .with("Allow", String.join(", ", allowed));
  }

  private Answer run(Route route, Request request, String node) throws Refusal {
    if (!route.open) {
      guard.authorize(request, route.changes(), System.nanoTime());
    }
    Map<String, Object> body =
        route.changes() ? body(request) : Collections.<String, Object>emptyMap();
    boolean ofJvm = TRIAL.equals(route.path) || RELOAD.equals(route.path);
    return route.handler.answer(request, groups(request, route.changes() && !ofJvm), node, body);
  }

  /** Only what no form of a web page can send. */
  private static Map<String, Object> body(Request request) throws Refusal {
    String type = request.header("content-type");
    int parameters = type == null ? -1 : type.indexOf(';');
    String plain = parameters < 0 ? type : type.substring(0, parameters);
    if (plain == null || !plain.trim().equalsIgnoreCase("application/json")) {
      throw new Refusal(415, "Content-Type: application/json is needed");
    }
    String text = request.body();
    if (text.trim().isEmpty()) {
      return Collections.emptyMap();
    }
    try {
      return object(Json.parse(text));
    } catch (JsonFault e) {
      throw new Refusal(400, "the body is not JSON: " + e.getMessage());
    }
  }

  @SuppressWarnings("unchecked") // Json.parse makes objects maps of names.
  private static Map<String, Object> object(Object value) throws Refusal {
    if (!(value instanceof Map)) {
      throw new Refusal(400, "the body is no JSON object");
    }
    return (Map<String, Object>) value;
  }

  private static List<Group> groups(Request request, boolean one) throws Refusal {
    List<Group> all = RunningGroups.all();
    String wanted = request.parameter("group");
    if (wanted != null) {
      for (Group group : all) {
        if (group.name().equals(wanted)) {
          return Collections.singletonList(group);
        }
      }
      throw new Refusal(404, "there is no such group, or not yet");
    }
    if (one && all.size() != 1) {
      throw all.isEmpty()
          ? new Refusal(409, "the application has not connected yet")
          : new Refusal(400, "there are several groups; say which by ?group=");
    }
    return all;
  }
}
