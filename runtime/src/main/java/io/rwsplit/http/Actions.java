package io.rwsplit.http;

import io.rwsplit.operations.Group;
import io.rwsplit.promotion.RoleChange;
import io.rwsplit.replication.ReplicaAnswer;
import io.rwsplit.replication.ReplicationOperations;
import io.rwsplit.report.AssumedSession;
import io.rwsplit.report.Explain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changes something, one after the other: while one that takes long is under way another is
 * refused. All of it is logged. Thread-safe.
 */
final class Actions {
  private static final long USUAL_MILLIS = 10_000;
  private static final long MOST_MILLIS = 600_000;
  private static final int LONGEST_SQL = 32 * 1024;
  private static final int CONFLICT = 409;
  private static final Logger LOG = LoggerFactory.getLogger(Actions.class);

  private final Semaphore changing = new Semaphore(1);
  private final Semaphore explaining = new Semaphore(2);

  private interface Work {
    Answer run() throws Refusal;
  }

  private Answer alone(Work work) throws Refusal {
    if (!changing.tryAcquire()) {
      throw new Refusal(CONFLICT, "another operation is under way");
    }
    try {
      return work.run();
    } finally {
      changing.release();
    }
  }

  /** {@code {"replica": …, "mode": "sync" | "resync" | "rebuild", "timeoutMillis": …}}. */
  Answer sync(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    known(body, "replica", "mode", "timeoutMillis");
    Group group = groups.get(0);
    ReplicationOperations operations = group.replication();
    if (operations == null) {
      throw new Refusal(CONFLICT, "the agent does not feed the replicas of this group");
    }
    String mode = text(body, "mode", "sync");
    String name = text(body, "replica", null);
    int replica = name == null ? ReplicationOperations.ALL : node(group, name);
    Duration limit = Duration.ofMillis(number(body, "timeoutMillis", USUAL_MILLIS));
    boolean resync = mode.equals("resync") || mode.equals("rebuild");
    if (!resync && !mode.equals("sync")) {
      throw new Refusal(400, "mode is sync, resync or rebuild");
    }
    if (!resync && name != null) {
      throw new Refusal(400, "sync is for all replicas");
    }
    return alone(
        () -> {
          LOG.info("HTTP: {} of {}", mode, name == null ? "all replicas" : name);
          List<ReplicaAnswer> answers =
              resync
                  ? operations.resync(replica, mode.equals("rebuild"), limit)
                  : operations.sync(ReplicationOperations.ALL, limit);
          return synced(answers);
        });
  }

  private static Answer synced(List<ReplicaAnswer> answers) {
    boolean all = true;
    List<Object> replicas = new ArrayList<>();
    for (ReplicaAnswer each : answers) {
      all &= each.isDone();
      replicas.add(
          new Fields()
              .put("name", each.replica())
              .put("done", each.isDone())
              .put("state", Values.lower(each.state()))
              .put("reason", each.reason())
              .put("lag", Values.lag(each.lag()))
              .map());
    }
    return Answer.ok(new Fields().put("done", all).put("replicas", replicas).map());
  }

  /** Promotes a node although the master does not answer, and nobody decided it. */
  Answer failover(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    known(body);
    Group group = promoting(groups);
    int index = node(group, node);
    return alone(
        () -> {
          LOG.warn("HTTP: failover to {}", group.replicas().get(index).name());
          return Answer.ok(change(group.promotion().failover(index)));
        });
  }

  /** {@code {"timeoutMillis": …}}: makes a node the master in the place of one that lives. */
  Answer switchover(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    known(body, "timeoutMillis");
    Group group = promoting(groups);
    int index = node(group, node);
    Duration limit = Duration.ofMillis(number(body, "timeoutMillis", USUAL_MILLIS));
    return alone(
        () -> {
          LOG.warn("HTTP: switchover to {}", group.replicas().get(index).name());
          return Answer.ok(change(group.promotion().switchover(index, limit)));
        });
  }

  private static Group promoting(List<Group> groups) throws Refusal {
    if (groups.get(0).promotion() == null) {
      throw new Refusal(CONFLICT, "this group does not have rwsplit.failover=promote");
    }
    return groups.get(0);
  }

  static Map<String, Object> change(RoleChange change) {
    return new Fields()
        .put("done", change.isDone())
        .put("master", change.master())
        .put("summary", change.summary())
        .put("steps", change.steps())
        .put("orphans", change.orphans() == null ? null : change.orphans().toString())
        .map();
  }

  /** {@code {"enabled": true | false}}. */
  Answer routing(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    known(body, "enabled");
    Object enabled = body.get("enabled");
    if (!(enabled instanceof Boolean)) {
      throw new Refusal(400, "enabled is true or false");
    }
    Group group = groups.get(0);
    LOG.warn("HTTP: routing {}", (Boolean) enabled ? "on" : "off: every statement on the master");
    group.route((Boolean) enabled);
    return Answer.ok(
        new Fields().put("name", group.name()).put("routing", group.isRouting()).map());
  }

  /** {@code {"percent": 12.5}}: with two decimals at most. */
  Answer readPercent(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    known(body, "percent");
    Object percent = body.get("percent");
    double hundredths = percent instanceof Number ? ((Number) percent).doubleValue() * 100 : -1;
    if (!(hundredths >= 0 && hundredths <= 10_000)
        || Math.abs(hundredths - Math.rint(hundredths)) > 1e-6) {
      throw new Refusal(400, "percent is a number from 0 to 100 with two decimals at most");
    }
    Group group = groups.get(0);
    LOG.warn("HTTP: {} % of the reads that may go to replicas do", percent);
    group.readPercent((int) Math.rint(hundredths));
    return Answer.ok(
        new Fields()
            .put("name", group.name())
            .put("readPercent", group.readPercent() / 100.0)
            .map());
  }

  Answer drain(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    return drained(groups.get(0), node, body, true);
  }

  Answer enable(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    return drained(groups.get(0), node, body, false);
  }

  private static Answer drained(Group group, String node, Map<String, Object> body, boolean on)
      throws Refusal {
    known(body);
    int index = node(group, node);
    LOG.warn("HTTP: {} {}", group.replicas().get(index).name(), on ? "is drained" : "may serve");
    group.drain(index, on);
    return Answer.ok(
        new Fields()
            .put("name", group.replicas().get(index).name())
            .put("drained", group.isDrained(index))
            .put("inService", group.replicas().get(index).inService())
            .put("standing", group.replicas().get(index).standing())
            .put("connectionsInUse", group.poolUse(index)[0])
            .map());
  }

  /**
   * {@code {"sql": …, "autoCommit": …, "inTransaction": …, "readOnly": …, "writePending": …}}.
   *
   * <p>Changes nothing and asks no database. The token is needed all the same: it has the
   * application's JVM parse a text of anybody's, for seconds if that is made for it, and tells what
   * the master's catalog says of views and functions.
   */
  Answer explain(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    known(body, "sql", "autoCommit", "inTransaction", "readOnly", "writePending");
    String sql = text(body, "sql", null);
    if (sql == null || sql.length() > LONGEST_SQL) {
      throw new Refusal(400, "sql is a text of at most " + LONGEST_SQL + " characters");
    }
    AssumedSession session =
        AssumedSession.FRESH
            .autoCommit(flag(body, "autoCommit", true))
            .inTransaction(flag(body, "inTransaction", false))
            .readOnly(flag(body, "readOnly", false))
            .writePending(flag(body, "writePending", false));
    if (!explaining.tryAcquire()) {
      throw new Refusal(503, "other texts are being explained");
    }
    try {
      Explain explained = groups.get(0).explain(sql, session);
      return Answer.ok(
          new Fields()
              .put("route", explained.route())
              .put("onReplica", explained.onReplica())
              .put("reasons", explained.reasons())
              .put("kind", Values.lower(explained.kind()))
              .put("tables", new ArrayList<>(explained.tables()))
              .put("tablesComplete", explained.tablesComplete())
              .put("functions", new ArrayList<>(explained.functions()))
              .put("session", session.toString())
              .put("statement", explained.digest())
              .map());
    } finally {
      explaining.release();
    }
  }

  private static int node(Group group, String name) throws Refusal {
    int index = Values.replica(group, name);
    if (index < 0) {
      throw new Refusal(404, "there is no such replica");
    }
    return index;
  }

  /** A field that is misspelt must not be taken for one that is not there. */
  private static void known(Map<String, Object> body, String... names) throws Refusal {
    Set<String> known = new HashSet<>(Arrays.asList(names));
    if (!known.containsAll(body.keySet())) {
      throw new Refusal(
          400, names.length == 0 ? "no field is taken" : "the fields are " + Arrays.asList(names));
    }
  }

  private static String text(Map<String, Object> body, String name, String usual) throws Refusal {
    Object value = body.get(name);
    if (value == null) {
      return usual;
    }
    if (!(value instanceof String)) {
      throw new Refusal(400, name + " is a text");
    }
    return (String) value;
  }

  private static boolean flag(Map<String, Object> body, String name, boolean usual) throws Refusal {
    Object value = body.get(name);
    if (value == null) {
      return usual;
    }
    if (!(value instanceof Boolean)) {
      throw new Refusal(400, name + " is true or false");
    }
    return (Boolean) value;
  }

  private static long number(Map<String, Object> body, String name, long usual) throws Refusal {
    Object value = body.get(name);
    if (value == null) {
      return usual;
    }
    if (!(value instanceof Long) || (Long) value < 1 || (Long) value > MOST_MILLIS) {
      throw new Refusal(400, name + " is a whole number, 1 to " + MOST_MILLIS);
    }
    return (Long) value;
  }
}
