package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.faults.Comeback;
import legacy.faults.DeepCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After repeated faults nothing is routed, which is said; when they end, routing comes back. */
class CircuitTest {
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

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("master.db") + "?journal_mode=WAL";
  }

  @Test
  void opensAndCloses() throws Exception {
    for (String seam : List.of("route")) {
      Chaos chaos = Chaos.of(System.nanoTime() % 1_000_000, "throw,sql,oom", 20).in(seam).waiting();
      directory = Files.createDirectory(directory.resolve(seam.substring(0, 4)));
      try (ForkedJvm app =
              chaos.on(split(), Chaos.jar(directory)).main(Comeback.class, url()).start();
          Jmx jmx = new Jmx(app, "begun")) {
        jmx.await();
        jmx.awaitMore("OnReplicas", 100);
        assertEquals("CLOSED", jmx.get("Circuit"));
        app.tell("storm");
        String line = app.awaitErr(each -> each.contains("circuit open"), 120);
        assertTrue(line.contains("chaos in method"), line);
        app.awaitErr(each -> each.contains("circuit on trial"), 120);
        jmx.awaitMore("CircuitOpened", 1);
        app.tell("calm");
        app.awaitErr(each -> each.contains("circuit closed"), 120);
        jmx.awaitMore("OnReplicas", jmx.number("OnReplicas") + 100);
        app.tell("end");
        assertEquals(0, app.exitCode(120), app::transcript);
        assertEquals(List.of("begun", "ended"), app.out(), () -> chaos + app.transcript());
        assertTrue(
            app.err().stream().anyMatch(each -> each.contains("the circuit was opened ")),
            app::transcript);
      }
    }
  }

  /** A stack that overflows anywhere leaves neither a wrong result nor a wrong session. */
  @Test
  void survivesDeepStacks() throws Exception {
    try (ForkedJvm app =
        split().property("rwsplit.circuit.faults", "0").main(DeepCalls.class, url()).start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      System.out.println(app.out());
      assertFalse(app.out().stream().anyMatch(l -> l.startsWith("wrong")), app::transcript);
      assertTrue(app.out().contains("end"), app::transcript);
    }
  }
}
