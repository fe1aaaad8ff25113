package io.rwsplit.it.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rwsplit.it.ForkedJvm;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import legacy.tables.Console;

/**
 * A console of an application under the agent: tells for every query where it was run, by the
 * agent's own log of routes. Not thread-safe.
 */
final class Routed implements AutoCloseable {
  private static final long SECONDS = 120;

  private final ForkedJvm app;
  private int answers;
  private int queries;

  /** How many queries were asked that {@link #serves} and {@link #assertRoute} were told of. */
  int asked;

  private Routed(ForkedJvm app) {
    this.app = app;
  }

  /** Starts it; returns when a query that names a table is served by a replica. */
  static Routed start(ForkedJvm.Builder agent, String plainQuery, String... access)
      throws Exception {
    ForkedJvm app =
        agent
            .property("rwsplit.log.routes", "true")
            .main(Console.class, access[0], access[1], access[2])
            .start();
    Routed routed = new Routed(app);
    routed.awaitReplica(plainQuery);
    return routed;
  }

  /** Waits until a replica serves the query, asked again and again in new sessions. */
  void awaitReplica(String query) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      tell("new");
      if (serves(query).startsWith("replica")) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("no replica serves " + query + "\n" + app.transcript());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** Sends a line of {@link Console}; returns its answer, which is no error. */
  String tell(String line) throws Exception {
    app.tell(line);
    answers++;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (app.out().size() < answers) {
      if (System.nanoTime() - deadline > 0 || !app.process().isAlive()) {
        throw new AssertionError("no answer to " + line + "\n" + app.transcript());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    String answer = app.out().get(answers - 1);
    assertFalse(answer.startsWith("error"), () -> line + ": " + answer + "\n" + app.transcript());
    return answer;
  }

  /** Runs a query; returns the part of the route's line before its text. */
  String serves(String query) throws Exception {
    String mark = "q_" + ++queries + "_";
    assertEquals("SELECT ", query.substring(0, 7));
    String marked = "SELECT (1) AS " + mark + ", " + query.substring(7);
    String unused = tell("r " + marked);
    String line = app.awaitErr(l -> l.contains(" <- ") && l.contains(mark), SECONDS);
    asked++;
    return line.substring(line.indexOf("INFO") + 4, line.indexOf('[', line.indexOf(" <- "))).trim();
  }

  void assertRoute(boolean onReplica, String query) throws Exception {
    String route = serves(query);
    assertEquals(
        onReplica,
        route.startsWith("replica"),
        () -> query + ": " + route + "\n" + app.transcript());
  }

  @Override
  public void close() {
    assertFalse(app.saysFault(), app::transcript);
    app.close();
  }
}
