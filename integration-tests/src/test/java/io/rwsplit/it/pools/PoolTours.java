package io.rwsplit.it.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Drivers;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import legacy.pools.PoolTour;

/**
 * Runs {@link PoolTour} bare and under the agent, and judges both: the same output, reads on
 * replicas, writes on the master, connections given back, and nothing that grows.
 */
public final class PoolTours {
  private static final long DEADLINE_SECONDS = 400;
  private static final int REPLICAS = 2;

  /** Fewer say nothing of what grows. */
  private static final int TELLING_CYCLES = 300;

  /** Replica connections may still be opened between two looks, each with some files. */
  private static final int MORE_DESCRIPTORS = 24;

  private static final int MORE_THREADS = 6;
  private static final int MORE_KILOBYTES = 6 * 1024;

  private static final Pattern DIGEST =
      Pattern.compile(".*INFO +([\\d,]+) +([\\d.]+) %  ((?i:SELECT|INSERT|UPDATE).* t_(\\w+).*)");
  private static final Pattern IN_USE =
      Pattern.compile(".*INFO +replica\\d: .*connections in use: (\\d+) of \\d+.*");
  private static final Pattern RESOURCES =
      Pattern.compile("# (\\w+) cycles=\\d+ threads=(\\d+) heap=(\\d+) descriptors=(\\d+)");

  private final String url;
  private final List<String> pools;
  private final int cycles;
  private String classPath = System.getProperty("java.class.path");

  /**
   * @param url of the master as the application writes it
   * @param cycles of borrow and return for each pool
   */
  PoolTours(String url, int cycles, String... pools) {
    this.url = url;
    this.cycles = cycles;
    this.pools = List.of(pools);
  }

  /** The application has another version of a driver. */
  PoolTours with(String artefact, String version) {
    classPath = Drivers.classPathWith(artefact, version);
    return this;
  }

  /** Cycles of each pool, or as the property says. */
  static int cycles(int few) {
    return Integer.getInteger("rwsplit.it.pools.cycles", few);
  }

  /** What the application prints without the agent. */
  List<String> bare() throws Exception {
    try (ForkedJvm app = start(new ForkedJvm.Builder())) {
      app.tell("go");
      app.awaitOut("returned"::equals, DEADLINE_SECONDS + cycles / 10);
      app.tell("end");
      assertEquals(0, app.exitCode(DEADLINE_SECONDS), app::transcript);
      return compared(app);
    }
  }

  /** Runs it under the agent, and judges. */
  void judge(ForkedJvm.Builder split, List<String> bare) throws Exception {
    try (ForkedJvm app =
        start(
            split
                .property("rwsplit.report.interval", "1s")
                .property("rwsplit.report.statements", "100")
                .property("rwsplit.consistency.wait", "30s")
                .property("rwsplit.lag.max", "10m"))) {
      awaitWarm(app);
      app.tell("go");
      app.awaitOut("returned"::equals, DEADLINE_SECONDS + cycles / 10);
      awaitNoneInUse(app);
      app.tell("end");
      assertEquals(0, app.exitCode(DEADLINE_SECONDS), app::transcript);
      Transcripts.assertSame(bare, compared(app), url);
      assertFalse(app.saysFault(), app::transcript);
      for (String pool : pools) {
        served(app, pool);
        if (cycles >= TELLING_CYCLES) {
          steady(app, pool);
        }
      }
    }
  }

  private ForkedJvm start(ForkedJvm.Builder jvm) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of(url, "app", "app", cycles));
    arguments.addAll(pools);
    return jvm.option("-Xmx512m")
        .main(classPath, PoolTour.class.getName(), arguments.toArray())
        .start();
  }

  private static List<String> compared(ForkedJvm app) {
    return app.out().stream().filter(line -> !line.startsWith("#")).collect(Collectors.toList());
  }

  /** H2 has one class for pooled and distributed connections. */
  private boolean staysOnMaster(String pool) {
    return pool.equals("xa") || (pool.equals("pooled") && url.startsWith("jdbc:h2:"));
  }

  /** Until each pool has read on replicas. */
  private void awaitWarm(ForkedJvm app) throws Exception {
    for (String pool : pools) {
      if (!staysOnMaster(pool)) {
        app.awaitErr(
            line -> {
              Matcher row = DIGEST.matcher(line);
              return row.matches() && row.group(4).equals(pool) && !row.group(2).equals("0.0");
            },
            DEADLINE_SECONDS);
      }
    }
  }

  /** Everything was returned: so is what the agent has borrowed for it. */
  public static void awaitNoneInUse(ForkedJvm app) throws Exception {
    int seen = app.err().size();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    int free = 0;
    while (free < REPLICAS) {
      assertTrue(System.nanoTime() < deadline, app::transcript);
      List<String> lines = app.err();
      for (; seen < lines.size(); seen++) {
        Matcher row = IN_USE.matcher(lines.get(seen));
        if (row.matches()) {
          free = row.group(1).equals("0") ? free + 1 : 0;
        }
      }
      Thread.sleep(20);
    }
  }

  /** Where the summary at the end says that the pool's statements went. */
  private void served(ForkedJvm app, String pool) {
    List<String> lines = app.err();
    int from = 0;
    for (int i = 0; i < lines.size(); i++) {
      from = lines.get(i).contains(" statements: ") ? i : from;
    }
    long reads = 0;
    double onReplicas = 0;
    boolean writes = false;
    for (String line : lines.subList(from, lines.size())) {
      Matcher row = DIGEST.matcher(line);
      if (!row.matches() || !row.group(4).equals(pool) || row.group(3).contains("warm")) {
        continue;
      }
      long executed = Long.parseLong(row.group(1).replace(",", ""));
      double share = Double.parseDouble(row.group(2));
      if (row.group(3).regionMatches(true, 0, "SELECT", 0, 6)) {
        reads += executed;
        onReplicas += executed * share / 100;
      } else {
        writes = true;
        assertEquals(0, share, line);
      }
    }
    String figures = pool + ": " + reads + " reads, " + Math.round(onReplicas) + " on replicas";
    System.out.println(url.substring(0, url.indexOf(':', 5)) + " " + figures);
    assertTrue(writes, app::transcript);
    if (staysOnMaster(pool)) {
      assertEquals(0, onReplicas, () -> figures + "\n" + app.transcript());
    } else {
      assertTrue(onReplicas > reads * 0.5, figures + "\n" + app.transcript());
    }
  }

  /** Between a fifth of a pool's cycles and all of them, nothing has grown. */
  static void steady(ForkedJvm app, String pool) {
    List<Matcher> looks =
        app.out().stream()
            .map(RESOURCES::matcher)
            .filter(look -> look.matches() && look.group(1).equals(pool))
            .collect(Collectors.toList());
    assertEquals(2, looks.size(), pool);
    System.out.println(looks.get(0).group() + " then " + looks.get(1).group());
    int[] most = {MORE_THREADS, MORE_KILOBYTES, MORE_DESCRIPTORS};
    for (int i = 0; i < most.length; i++) {
      int before = Integer.parseInt(looks.get(0).group(i + 2));
      int after = Integer.parseInt(looks.get(1).group(i + 2));
      assertTrue(after - before <= most[i], app::transcript);
    }
  }
}
