package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.servers.SteadyLoad;

/**
 * One application under a steady load while replicas are maltreated, each behind a {@link Relay}.
 * Every fault is a phase with figures of its own; after it the replica must be back and serve.
 */
final class Chaos implements AutoCloseable {
  /** What {@code rwsplit.replica.timeout} is set to. */
  static final long BOUND_MILLIS = 1000;

  /** For a machine whose processors are busy with other things. */
  private static final long MARGIN_MILLIS = 1500;

  /** A read passes several threads, each of which may be kept from running so long. */
  private static final int STALLS = 3;

  private static final int THREADS = 3;
  private static final long DEADLINE_SECONDS = 120;
  private static final Pattern FIGURES =
      Pattern.compile(
          "phase .*: reads (\\d+) failed (\\d+) stale (\\d+) wrong (\\d+) writes \\d+"
              + " failed-writes (\\d+) p99 (\\d+) us max (\\d+) us, stalled (\\d+) ms");

  /** Something done to a replica, or undone. */
  @FunctionalInterface
  interface Deed {
    void run() throws Exception;
  }

  private final String title;
  private final Relay[] relays;
  private final ForkedJvm app;
  private final List<String> report = new ArrayList<>();

  Chaos(String title, ServerCluster cluster) throws Exception {
    this.title = title;
    this.relays = new Relay[cluster.replicas()];
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < relays.length; i++) {
      relays[i] = new Relay(cluster.port(i + 1));
      urls.add(cluster.url(i + 1).replace(":" + cluster.port(i + 1), ":" + relays[i].port()));
    }
    app =
        new ForkedJvm.Builder()
            .agent()
            .property("rwsplit.master", cluster.url())
            .property("rwsplit.replicas", String.join(",", urls))
            .property("rwsplit.replica.timeout", BOUND_MILLIS + "ms")
            .property("rwsplit.health.interval", "500ms")
            .property("rwsplit.health.observation", "300ms")
            .property("rwsplit.health.slow-start", "0ms")
            .property("rwsplit.lag.max", "1s")
            .property("rwsplit.report.interval", "1s")
            .main(SteadyLoad.class, cluster.appUrl(), "app", "app", THREADS)
            .start();
    app.awaitOut("started"::equals, DEADLINE_SECONDS);
    awaitTraffic(1);
    awaitTraffic(2);
  }

  Relay relay(int replica) {
    return relays[replica - 1];
  }

  /** Ends the phase before, whose figures are checked. */
  private void phase(String name) throws Exception {
    int before = figures().size();
    app.tell(name);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (figures().size() == before && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    List<String> all = figures();
    assertEquals(before + 1, all.size(), app::transcript);
    check(all.get(before));
  }

  private List<String> figures() {
    List<String> found = new ArrayList<>();
    for (String line : app.out()) {
      if (line.startsWith("phase ")) {
        found.add(line);
      }
    }
    return found;
  }

  private void check(String line) {
    Matcher figures = FIGURES.matcher(line);
    assertTrue(figures.matches(), line);
    report.add(line);
    for (int zero = 2; zero <= 5; zero++) {
      assertEquals("0", figures.group(zero), () -> line + "\n" + app.transcript());
    }
    if (!line.startsWith("phase start:")) {
      long longest = Long.parseLong(figures.group(7)) / 1000;
      long stalled = Long.parseLong(figures.group(8));
      assertTrue(
          longest <= BOUND_MILLIS + MARGIN_MILLIS + STALLS * stalled,
          () -> line + "\n" + app.transcript());
    }
  }

  /**
   * One fault that takes a replica out of service.
   *
   * @param reason what the agent's line must name; empty for anything
   * @param millis how long the fault lasts at least
   */
  void fault(String name, int replica, String reason, long millis, Deed deed, Deed undo)
      throws Exception {
    int outs = outs(replica, reason);
    int ins = ins(replica);
    phase(name);
    long began = System.nanoTime();
    deed.run();
    try {
      await(name + ": out of service", () -> outs(replica, reason) > outs);
      report.add("  out of service after " + since(began) + " ms");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis) - (System.nanoTime() - began));
    } finally {
      undo.run();
    }
    began = System.nanoTime();
    phase("after " + name);
    await(name + ": in service again", () -> ins(replica) > ins);
    awaitTraffic(replica);
    report.add("  serves again after " + since(began) + " ms");
  }

  /** One fault that is to be borne without anybody being out of service. */
  void nuisance(String name, long millis, Deed deed, Deed undo) throws Exception {
    phase(name);
    deed.run();
    try {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
      phase("after " + name);
    } finally {
      undo.run();
    }
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private int outs(int replica, String reason) {
    int count = 0;
    for (String line : app.err()) {
      count +=
          line.contains("replica" + replica + ": out of service: ") && line.contains(reason)
              ? 1
              : 0;
    }
    return count;
  }

  private int ins(int replica) {
    int count = 0;
    for (String line : app.err()) {
      count += line.endsWith("replica" + replica + ": in service") ? 1 : 0;
    }
    return count;
  }

  private void await(String what, ServerCluster.Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < deadline, () -> what + "\n" + app.transcript());
      assertTrue(app.process().isAlive(), app::transcript);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** Waits until a replica has served some reads more than now, by the agent's own count. */
  private void awaitTraffic(int replica) throws Exception {
    long before = served(replica);
    await("replica" + replica + " serves", () -> served(replica) > before + 10);
  }

  private long served(int replica) {
    String row = " replica" + replica + " ";
    List<String> lines = app.err();
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i);
      if (line.contains(row) && line.contains("a proven read")) {
        String rest = line.substring(line.indexOf(row) + row.length()).trim();
        return Long.parseLong(rest.substring(0, rest.indexOf(' ')).replace(",", ""));
      }
    }
    return 0;
  }

  /** Ends the application; prints the figures. */
  void end() throws Exception {
    phase("end");
    assertEquals(0, app.exitCode(DEADLINE_SECONDS), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    System.out.println("chaos on " + title + "\n" + String.join("\n", report));
    System.out.println(ExitTable.of(app));
  }

  @Override
  public void close() throws IOException {
    app.close();
    for (Relay relay : relays) {
      relay.close();
    }
  }
}
