package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import legacy.faults.Comeback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each seam on its own is made to throw, to run out of memory and to hang while an application
 * writes and reads: it sees what it has written, goes on, and is served by replicas again when that
 * is over. On the application's own threads nothing of ours hangs for longer than 60 ms here, since
 * nobody can outlast a method on the same thread; threads of ours hang until the end.
 *
 * <p>{@code -Drwsplit.it.chaos.rounds} of the application under each, 3 by default.
 */
class SeamsTest {
  private static final int ROUNDS = Integer.getInteger("rwsplit.it.chaos.rounds", 3);

  /** By what the issue calls them, the packages and classes. */
  private static final Map<String, String> SEAMS = new LinkedHashMap<>();

  static {
    SEAMS.put("classifier", "^io/rwsplit/(sql|catalog)/");
    SEAMS.put("router", "^io/rwsplit/(route|session|consistency)/");
    SEAMS.put("pool", "^io/rwsplit/pool/");
    SEAMS.put(
        "monitor",
        "^io/rwsplit/(topology/|position/|replication/ReplicaProbe|replication/ReplicaWatch"
            + "|core/(Replica|Silence|Settling|FirstVerdicts|LagLimits|Cluster))");
    SEAMS.put("metrics", "^io/rwsplit/(report|jfr|jmx|alert|observe)/");
    // SharedPositions: some words of memory under a lock, and no call that could wait for anything.
    // The application's own threads write them too, so that such a hang would be theirs as well.
    SEAMS.put("replication", "^io/rwsplit/replication/(?!SharedPositions\\.)");
  }

  /** Those through which every statement goes: so many faults open the circuit. */
  private static final List<String> ON_THE_PATH = List.of("classifier", "router", "pool");

  @TempDir Path directory;

  private ForkedJvm.Builder split() {
    return new ForkedJvm.Builder()
        .split(
            directory.resolve("master.db").toFile(),
            directory.resolve("replica1.db").toFile(),
            directory.resolve("replica2.db").toFile())
        .property("rwsplit.jmx", "true")
        .property("rwsplit.circuit.faults", "5")
        .property("rwsplit.circuit.window", "500ms")
        .property("rwsplit.circuit.pause", "200ms");
  }

  @Test
  void eachOnItsOwn() throws Exception {
    String url =
        "jdbc:sqlite:" + directory.resolve("master.db") + "?journal_mode=WAL&busy_timeout=20000";
    Chaos chaos = Chaos.of(System.nanoTime() % 1_000_000, "throw", 1).in(".*").waiting();
    try (ForkedJvm app = chaos.on(split(), Chaos.jar(directory)).main(Comeback.class, url).start();
        Jmx jmx = new Jmx(app, "begun")) {
      jmx.await();
      jmx.awaitMore("OnReplicas", 100);
      List<String> expected = new ArrayList<>(List.of("begun"));
      for (Map.Entry<String, String> seam : SEAMS.entrySet()) {
        long opened = jmx.number("CircuitOpened");
        for (String kind : List.of("throw,sql 3", "oom 3", "hang 3")) {
          app.tell("storm " + kind + " " + seam.getValue());
          if (ON_THE_PATH.contains(seam.getKey()) && kind.startsWith("throw")) {
            jmx.awaitMore("CircuitOpened", opened);
          }
          app.tell("rounds " + ROUNDS);
          expected.add("went on");
          int rounds = expected.size();
          app.awaitOut(line -> app.out().size() >= rounds, 240);
          app.tell("calm");
          assertEquals(expected, app.out(), () -> seam + " " + kind + app.transcript());
        }
        awaitRouted(jmx, app, seam.getKey());
      }
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      expected.add("ended");
      assertEquals(expected, app.out(), () -> chaos + app.transcript());
      List<Long> strikes = new ArrayList<>();
      for (String line : app.err()) {
        if (line.startsWith("struck ")) {
          strikes.add(Long.valueOf(line.substring(7)));
        }
      }
      assertEquals(3 * SEAMS.size(), strikes.size(), app::transcript);
      // A seam that was not struck at all shows nothing.
      for (int i = 0; i < SEAMS.size(); i++) {
        long before = i == 0 ? 0 : strikes.get(3 * i - 1);
        assertTrue(strikes.get(3 * i + 2) > before, app::transcript);
      }
      assertTrue(
          app.err().stream().anyMatch(line -> line.contains("circuit open")), app::transcript);
      System.out.println(strikes);
    }
  }

  private static void awaitRouted(Jmx jmx, ForkedJvm app, String after) throws Exception {
    try {
      jmx.awaitMore("OnReplicas", jmx.number("OnReplicas") + 100);
    } catch (AssertionError e) {
      app.tell("threads");
      String unused = app.awaitErr("threads told"::equals, 120);
      throw new AssertionError("no replica serves after faults in " + after + app.transcript(), e);
    }
  }
}
