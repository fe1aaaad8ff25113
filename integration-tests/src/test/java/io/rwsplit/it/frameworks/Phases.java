package io.rwsplit.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows the stretches that a program marks on standard error, between which the agent logs its
 * routes there. Reads, and read-only transactions, are asked for again until replicas have served a
 * whole round of them, so that nothing depends on when replicas come into service. Used by one
 * thread.
 */
final class Phases {
  private static final long SECONDS = 200;

  private final ForkedJvm app;
  private final boolean split;
  private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
  private final List<String> routes = new ArrayList<>();
  private String open;
  private int line;
  private int served;

  /** {@code split}: under the agent, which logs its routes. */
  Phases(ForkedJvm app, boolean split) {
    this.app = app;
    this.split = split;
  }

  /** Returns when the program has ended well. */
  void follow() throws IOException, InterruptedException {
    while (app.process().isAlive()) {
      readOn();
      assertTrue(System.nanoTime() < deadline, () -> "still running\n" + app.transcript());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertEquals(0, app.exitCode(SECONDS), app::transcript);
    readOn();
    assertFalse(app.saysFault(), app::transcript);
  }

  /** How many stretches replicas have served. */
  int served() {
    return served;
  }

  private void readOn() throws IOException {
    List<String> lines = app.err();
    for (; line < lines.size(); line++) {
      String text = lines.get(line);
      if (text.startsWith("begin: ")) {
        open = text.substring("begin: ".length());
        routes.clear();
      } else if (text.startsWith("end: ")) {
        ended();
        open = null;
      } else if (open != null && text.contains(" <- ")) {
        routes.add(text);
      }
    }
  }

  private void ended() throws IOException {
    Set<String> replicas = new TreeSet<>();
    int onReplicas = 0;
    for (String route : routes) {
      String target = route.substring(0, route.indexOf(" <- "));
      String name = target.substring(target.lastIndexOf(' ') + 1);
      if (name.startsWith("replica")) {
        onReplicas++;
        replicas.add(name);
      }
    }
    if (open.startsWith("transaction ")) {
      assertEquals(0, onReplicas, () -> open + "\n" + app.transcript());
      return;
    }
    boolean all = !routes.isEmpty() && onReplicas == routes.size();
    boolean done = all && (replicas.size() == 1 || open.startsWith("reads "));
    if (split && !done) {
      app.tell("again");
    } else {
      served++;
      app.tell("on");
    }
  }
}
