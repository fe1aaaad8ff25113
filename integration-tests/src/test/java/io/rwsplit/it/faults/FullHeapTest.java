package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.faults.FullHeap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the application has filled the heap, what it reads is right, no lack of memory in the agent
 * reaches it, and replicas serve again once there is memory.
 *
 * <p>{@code -Drwsplit.it.heap.rounds} has more rounds, {@code -Drwsplit.it.chaos.seed} others.
 */
class FullHeapTest {
  private static final int ROUNDS = Integer.getInteger("rwsplit.it.heap.rounds", 5);
  private static final long SEED = Long.getLong("rwsplit.it.chaos.seed", 11);
  private static final List<String> EXPECTED = List.of("begun", "freed", "ended");

  @TempDir Path directory;

  @Test
  void harmsNobody() throws Exception {
    System.out.println("full heap, seed " + SEED);
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .option("-Xmx24m")
            .main(FullHeap.class, url("bare"), SEED, ROUNDS)
            .start()) {
      app.tell("go on");
      app.awaitOut("freed"::equals, 240);
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(EXPECTED, app.out(), app::transcript);
    }
    String url = url("split");
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("split/app.db").toFile(),
                directory.resolve("split/replica1.db").toFile(),
                directory.resolve("split/replica2.db").toFile())
            .property("rwsplit.jmx", "true")
            .option("-Xmx24m");
    try (ForkedJvm app = split.main(FullHeap.class, url, SEED, ROUNDS).start();
        Jmx jmx = new Jmx(app, "begun")) {
      jmx.await();
      app.tell("go on");
      app.awaitOut("freed"::equals, 240);
      awaitRouted(jmx, app);
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(EXPECTED, app.out(), app::transcript);
    }
  }

  private static void awaitRouted(Jmx jmx, ForkedJvm app) throws Exception {
    try {
      jmx.awaitMore("OnReplicas", jmx.number("OnReplicas") + 100);
    } catch (AssertionError e) {
      throw new AssertionError("no replica serves after it" + app.transcript(), e);
    }
  }

  private String url(String name) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    return "jdbc:sqlite:" + own.resolve("app.db") + "?journal_mode=WAL&busy_timeout=20000";
  }
}
