package io.rwsplit.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.faults.Chaos;
import io.rwsplit.it.faults.Jmx;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an application's threads read and write while routing is switched off and on without a
 * pause, and while methods of the agent throw: no statement fails, and no session misses a write of
 * its own or goes back.
 */
class HistoryWhileSwitchedTest {
  private static final int MILLIS = 1000;
  private static final int MIN_SWITCHES = 20;
  private static final int MIN_STEPS = 3000;

  @TempDir Path directory;

  private ForkedJvm.Builder agent(String consistency) {
    return new ForkedJvm.Builder()
        .split(
            directory.resolve("master.db").toFile(),
            directory.resolve("replica1.db").toFile(),
            directory.resolve("replica2.db").toFile())
        .property("rwsplit.consistency", consistency)
        .property("rwsplit.replication.delay", "0ms,20ms");
  }

  private HistoryRun.Load load() throws Exception {
    String url = "jdbc:sqlite:" + directory.resolve("master.db");
    HistoryRun.Load load = new HistoryRun.Load(url, "", "", "sqlite", 3, 4, MILLIS);
    HistoryRun.create(load);
    return load;
  }

  private void whileSwitched(String consistency) throws Exception {
    long seed = HistoryRun.seed();
    HistoryRun run =
        HistoryRun.of(
            "switched, " + consistency,
            agent(consistency).property("rwsplit.jmx", "true"),
            load(),
            seed,
            app -> switchWhileItRuns(app, new Random(seed)));
    judge(run.verdict, consistency);
  }

  /** Off and on, until enough was read and written. */
  private static void switchWhileItRuns(ForkedJvm app, Random random) throws Exception {
    try (Jmx jmx = new Jmx(app, "ready")) {
      jmx.await();
      app.tell("begin");
      int switches = 0;
      long steps = 0;
      while (switches < MIN_SWITCHES || steps < MIN_STEPS) {
        jmx.enable(switches % 2 == 1);
        switches++;
        Thread.sleep(random.nextInt(150));
        String question = "so far " + switches + " ";
        app.tell("how far " + switches);
        String answer = app.awaitOut(line -> line.startsWith(question), 120);
        String far = answer.substring(question.length());
        steps = far.equals("all") ? MIN_STEPS : Long.parseLong(far);
      }
      assertTrue(jmx.number("OnReplicas") > 0, () -> "none on replicas\n" + app.transcript());
      app.tell("end");
    }
  }

  private static void judge(Verdict verdict, String consistency) {
    assertEquals(0, verdict.staleOwn, verdict::toString);
    assertEquals(0, verdict.backward, verdict::toString);
    if (!consistency.equals("session")) {
      assertEquals(0, verdict.stale, verdict::toString);
    }
  }

  @Test
  void sessionsSeeTheirWrites() throws Exception {
    whileSwitched("session");
  }

  @Test
  void jvmMissesNothing() throws Exception {
    whileSwitched("jvm");
  }

  @Test
  void jvmsMissNothing() throws Exception {
    whileSwitched("jvms");
  }

  private void whileItThrows(String consistency, String seams, int rate) throws Exception {
    long seed = HistoryRun.seed();
    Chaos chaos = Chaos.of(seed, "throw,sql,oom", rate).in(seams).waiting();
    HistoryRun run =
        HistoryRun.of(
            "throws, " + consistency,
            chaos
                .on(agent(consistency), Chaos.jar(directory))
                .property("rwsplit.circuit.faults", "50")
                .property("rwsplit.circuit.window", "200ms")
                .property("rwsplit.circuit.pause", "100ms"),
            load(),
            seed);
    judge(run.verdict, consistency);
  }

  @Test
  void sessionsSeeTheirWritesWherePositionsThrow() throws Exception {
    whileItThrows("session", "consistency|replication", 20_000);
  }

  @Test
  void jvmMissesNothingWhereAnyThrows() throws Exception {
    whileItThrows("jvm", "sql|session|consistency|route|pool|jdbc|core", 20_000);
  }
}
