package io.rwsplit.it.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.sync.EveryWrite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a commit returns, replicas have it: looked at in their files, with no help of the agent. */
class CommitsWaitTest {
  private static final int MILLIS = Integer.getInteger("rwsplit.it.sync.millis", 2000);
  private static final Pattern VERDICT = Pattern.compile("lacking: (\\d+) of (\\d+)");

  @TempDir Path directory;

  private File master() {
    return directory.resolve("master.db").toFile();
  }

  private String url() {
    return "jdbc:sqlite:" + master() + "?journal_mode=WAL&synchronous=NORMAL";
  }

  private File replica(int number) {
    return directory.resolve("replica" + number + ".db").toFile();
  }

  private ForkedJvm start(String mode, int mustHave) throws Exception {
    return start(mode, "60s", "session", mustHave, replica(1), replica(2));
  }

  private ForkedJvm start(
      String mode, String timeout, String consistency, int mustHave, Object... places)
      throws Exception {
    ForkedJvm app = prepare(mode, timeout, consistency, mustHave, places);
    app.tell("go");
    return app;
  }

  /** Its replicas are in service, and it has not begun. */
  private ForkedJvm prepare(
      String mode, String timeout, String consistency, int mustHave, Object... places)
      throws Exception {
    long seed = System.nanoTime() % 1_000_000;
    System.out.println("every write, " + mode + ": seed " + seed);
    List<Object> arguments = new ArrayList<>(List.of(url(), seed, MILLIS, 3, mustHave));
    arguments.addAll(List.of(places));
    ForkedJvm app =
        new ForkedJvm.Builder()
            .split(master(), replica(1), replica(2))
            .property("rwsplit.sync", mode)
            .property("rwsplit.sync.timeout", timeout)
            .property("rwsplit.consistency", consistency)
            .main(EveryWrite.class, arguments.toArray())
            .start();
    app.awaitErr(line -> line.endsWith("replica1: in service"), 120);
    app.awaitErr(line -> line.endsWith("replica2: in service"), 120);
    app.awaitOut("ready"::equals, 120);
    return app;
  }

  private static long verdict(ForkedJvm app, boolean expected) throws Exception {
    assertEquals(0, app.exitCode(240), app::transcript);
    Matcher verdict = VERDICT.matcher(app.out().get(app.out().size() - 1));
    assertTrue(verdict.matches(), app::transcript);
    if (expected) {
      assertEquals("0", verdict.group(1), app::transcript);
    }
    assertTrue(Long.parseLong(verdict.group(2)) > 10, app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    return Long.parseLong(verdict.group(1));
  }

  @Test
  void synchronousOnAllReplicas() throws Exception {
    try (ForkedJvm app = start("sync", 2)) {
      verdict(app, true);
      app.awaitErr(line -> line.contains("synchronous, 2 of 2") && line.endsWith("alerts: 0"), 120);
    }
  }

  @Test
  void semiSynchronousOnOneOfTwo() throws Exception {
    try (ForkedJvm app = start("semi-sync", 1)) {
      verdict(app, true);
      app.awaitErr(line -> line.contains("1 of 2 replicas") && line.endsWith("alerts: 0"), 120);
    }
  }

  /** Else the two above would show nothing. */
  @Test
  void asynchronousDoesNotWait() throws Exception {
    try (ForkedJvm app = start("async", 2)) {
      assertTrue(verdict(app, false) > 0, app::transcript);
    }
  }

  /** Replicas that are late go before the commit returns: whatever is read then has it. */
  @Test
  void everyReplicaInServiceHasIt() throws Exception {
    try (ForkedJvm app = start("sync", "1ms", "eventual", 1, url())) {
      verdict(app, true);
      assertTrue(ExitTable.of(app).onReplicas() > 100, app::transcript);
    }
  }

  @Test
  void commitsGoOnWhileAReplicaIsRebuilt() throws Exception {
    // The program looks at the first: it must not make a file where the second one's was.
    try (ForkedJvm app = start("sync", "60s", "session", 1, replica(1))) {
      Files.delete(replica(2).toPath());
      app.awaitErr(line -> line.contains("replica2: out of service"), 120);
      verdict(app, true);
      List<String> said = app.err().stream().filter(line -> line.contains("replica2: ")).toList();
      assertTrue(said.size() > 2 && said.get(2).endsWith("in service"), app::transcript);
    }
  }

  /** Nobody can follow: said once, and no commit waits. */
  @Test
  void semiSynchronousGoesOnAlone() throws Exception {
    Files.writeString(replica(1).toPath(), "this is no database, and no replica of ours");
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .split(master(), replica(1))
            .property("rwsplit.sync", "semi-sync")
            .property("rwsplit.sync.timeout", "60s")
            .main(EveryWrite.class, url(), 1, 300, 1, 0)
            .start()) {
      app.awaitErr(line -> line.contains("replica1.db is not a SQLite database"), 120);
      app.awaitOut("ready"::equals, 120);
      long began = System.nanoTime();
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(System.nanoTime() - began < 60_000_000_000L, app::transcript);
      app.awaitErr(line -> line.contains("only 0 of 1 replicas can follow"), 120);
      app.awaitErr(line -> line.contains("degraded, commits do not wait"), 120);
    }
  }

  /** Another JVM feeds the replicas; this one hears of them. */
  @ParameterizedTest
  @CsvSource({"sync, 2", "semi-sync, 1"})
  void whereAnotherJvmFeedsTheReplicas(String mode, int mustHave) throws Exception {
    try (ForkedJvm leader = prepare("async", "60s", "session", 0);
        ForkedJvm app = start(mode, mustHave)) {
      verdict(app, true);
      app.awaitErr(line -> line.contains("ynchronous, ") && line.endsWith("alerts: 0"), 120);
      assertFalse(says(app, "attached to master"), app::transcript);
      leader.tell("go");
      verdict(leader, false);
    }
  }

  /** It is killed meanwhile: commits do not wait until this one feeds them, and that is said. */
  @Test
  void theJvmThatFeedsTheReplicasIsKilled() throws Exception {
    try (ForkedJvm leader = prepare("async", "60s", "session", 0);
        ForkedJvm app = start("semi-sync", 1)) {
      leader.kill();
      long lacking = verdict(app, false);
      assertTrue(says(app, "attached to master"), app::transcript);
      assertTrue(lacking == 0 || says(app, "commits do not wait until"), app::transcript);
      String summary = app.awaitErr(line -> line.contains("commits acknowledged: "), 120);
      Matcher not = Pattern.compile(", not: (\\d+);").matcher(summary);
      assertTrue(not.find() && Long.parseLong(not.group(1)) >= lacking, app::transcript);
      assertTrue(summary.contains("in order"), app::transcript);
    }
  }

  private static boolean says(ForkedJvm app, String words) {
    return app.err().stream().anyMatch(line -> line.contains(words));
  }
}
