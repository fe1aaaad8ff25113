package io.rwsplit.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.history.HistoryOfJvms.Member;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What applications in several JVMs see of the same SQLite master and replicas, while the JVM that
 * feeds the replicas is killed, stopped, or loses its files.
 *
 * <p>{@code -Drwsplit.it.jvms.kills} sets how often the leader is killed.
 */
class HistoryOfJvmsTest {
  private static final long SECONDS = 120;

  /** Reads and writes of each JVM that make a history worth judging. */
  private static final int STEPS = 6000;

  /** Those after which all that a JVM does is under way. */
  private static final int FEW_STEPS = 500;

  @TempDir Path directory;

  private static void assertSession(Verdict verdict, HistoryOfJvms jvms) {
    assertEquals(0, verdict.staleOwn, () -> verdict + "\n" + jvms.transcripts());
    assertEquals(0, verdict.backward, () -> verdict + "\n" + jvms.transcripts());
    assertEquals(0, verdict.torn, () -> verdict + "\n" + jvms.transcripts());
  }

  @Test
  void bothOfTwoReadFromReplicas() throws Exception {
    try (HistoryOfJvms jvms = new HistoryOfJvms(directory, 2, "rwsplit.consistency.wait", "50ms")) {
      jvms.start(2, 3);
      jvms.start(2, 3);
      jvms.go(STEPS);
      Verdict verdict = jvms.judge("two, session");
      assertSession(verdict, jvms);
      assertEquals(0, verdict.phantoms, verdict::toString);
      for (Member member : jvms.members()) {
        assertTrue(HistoryOfJvms.share(member) > 0.5, member.jvm::transcript);
      }
    }
  }

  @Test
  void inJvmsNothingIsMissedAnywhere() throws Exception {
    try (HistoryOfJvms jvms =
        new HistoryOfJvms(
            directory, 3, "rwsplit.consistency", "jvms", "rwsplit.consistency.wait", "20ms")) {
      for (int i = 0; i < 3; i++) {
        jvms.start(2, 1);
      }
      jvms.go(STEPS);
      Verdict verdict = jvms.judge("three, jvms");
      assertSession(verdict, jvms);
      assertEquals(0, verdict.stale, verdict::toString);
      assertEquals(0, verdict.phantoms, verdict::toString);
    }
  }

  /** The judge can find what there is. */
  @Test
  void inJvmWritesOfOtherJvmsAreMissed() throws Exception {
    try (HistoryOfJvms jvms =
        new HistoryOfJvms(
            directory, 2, "rwsplit.consistency", "jvm", "rwsplit.consistency.wait", "50ms")) {
      jvms.start(2, 2);
      jvms.start(2, 2);
      jvms.go(STEPS);
      Verdict verdict = jvms.judge("two, jvm");
      assertSession(verdict, jvms);
      assertTrue(verdict.stale > 0, verdict::toString);
    }
  }

  @Test
  void anotherTakesOverWhenTheLeaderIsKilled() throws Exception {
    int kills = Integer.getInteger("rwsplit.it.jvms.kills", 2);
    try (HistoryOfJvms jvms = new HistoryOfJvms(directory, 2)) {
      Random random = new Random(jvms.seed());
      jvms.start(1, 2);
      jvms.start(1, 2);
      long slowest = 0;
      for (int i = 0; i < kills; i++) {
        jvms.go();
        jvms.awaitSteps(FEW_STEPS + random.nextInt(4 * FEW_STEPS));
        Member killed = jvms.leader();
        killed.jvm.kill();
        long begin = System.nanoTime();
        Member next = jvms.leader();
        long leads = System.nanoTime() - begin;
        awaitInService(next);
        long serves = System.nanoTime() - begin;
        slowest = Math.max(slowest, leads);
        System.out.printf(
            "killed; another leads after %d ms, and reads from both replicas after %d ms%n",
            leads / 1000000, serves / 1000000);
        jvms.start(1, 2, killed.part);
      }
      jvms.go(FEW_STEPS);
      Verdict verdict = jvms.judge(kills + " kills of the leader");
      assertSession(verdict, jvms);
      assertTrue(slowest < TimeUnit.SECONDS.toNanos(30), jvms::transcripts);
      assertReplicasEqual(jvms);
    }
  }

  @Test
  void aLeaderThatEndsHandsOver() throws Exception {
    try (HistoryOfJvms jvms = new HistoryOfJvms(directory, 2)) {
      Member first = jvms.start(1, 2);
      jvms.start(1, 2);
      jvms.go(FEW_STEPS);
      first.end();
      first.jvm.exitCode(SECONDS);
      long begin = System.nanoTime();
      Member next = jvms.leader();
      System.out.printf(
          "ended; another leads %d ms after%n", (System.nanoTime() - begin) / 1000000);
      awaitInService(next);
      assertSession(jvms.judge("the leader ends"), jvms);
      assertReplicasEqual(jvms);
    }
  }

  @Test
  void aLeaderThatWasStoppedGoesOn() throws Exception {
    try (HistoryOfJvms jvms = new HistoryOfJvms(directory, 2, "rwsplit.lag.max", "500ms")) {
      Member first = jvms.start(1, 2);
      Member second = jvms.start(1, 2);
      jvms.go();
      for (int i = 0; i < 2; i++) {
        jvms.awaitSteps(FEW_STEPS);
        int mark = second.jvm.err().size();
        first.signal("STOP");
        try {
          second.jvm.awaitErr(
              new After(mark, line -> line.contains("out of service: lags")), SECONDS);
        } finally {
          first.signal("CONT");
        }
        second.jvm.awaitErr(
            new After(mark, line -> line.contains("replica1: in service")), SECONDS);
      }
      assertSession(jvms.judge("the leader is stopped twice"), jvms);
      assertReplicasEqual(jvms);
    }
  }

  /** Lines after the first so many. */
  private static final class After implements java.util.function.Predicate<String> {
    private int left;
    private final java.util.function.Predicate<String> wanted;

    After(int skipped, java.util.function.Predicate<String> wanted) {
      this.left = skipped;
      this.wanted = wanted;
    }

    @Override
    public boolean test(String line) {
      return left-- <= 0 && wanted.test(line);
    }
  }

  @Test
  void replicasAreReplacedWhileAFollowerReads() throws Exception {
    try (HistoryOfJvms jvms = new HistoryOfJvms(directory, 2)) {
      Member first = jvms.start(1, 2);
      jvms.start(2, 2);
      jvms.go();
      Random random = new Random(jvms.seed());
      for (int i = 0; i < 4; i++) {
        jvms.awaitSteps(FEW_STEPS + random.nextInt(FEW_STEPS));
        Path replica = jvms.replica(1 + i % 2).toPath();
        int mark = first.jvm.err().size();
        if (i < 2) {
          Files.deleteIfExists(replica);
        } else {
          overwrite(replica);
        }
        String name = "replica" + (1 + i % 2);
        first.jvm.awaitErr(new After(mark, line -> line.contains(name + ": in service")), SECONDS);
      }
      // What a garbled page shows meanwhile is beyond this; its readers get errors, or the master.
      Verdict verdict = jvms.judge("replicas are replaced");
      assertSession(verdict, jvms);
      assertReplicasEqual(jvms);
    }
  }

  private static void overwrite(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      int unused = channel.write(ByteBuffer.allocate(4096), 0);
    }
  }

  @Test
  void deletedFilesOfOursCostNothingButTime() throws Exception {
    try (HistoryOfJvms jvms = new HistoryOfJvms(directory, 2)) {
      jvms.start(1, 2);
      jvms.start(1, 2);
      jvms.go();
      String[][] deleted = {
        {"-rwsplit-lock"}, {"-rwsplit-positions"}, {"-rwsplit-lock", "-rwsplit-positions"}
      };
      for (String[] suffixes : deleted) {
        jvms.awaitSteps(FEW_STEPS);
        int[] marks = marks(jvms);
        for (String suffix : suffixes) {
          Files.deleteIfExists(Path.of(jvms.master() + suffix));
        }
        for (int i = 0; i < marks.length; i++) {
          for (int replica = 1; replica <= 2; replica++) {
            String name = "replica" + replica + ": in service";
            jvms.members()
                .get(i)
                .jvm
                .awaitErr(new After(marks[i], line -> line.contains(name)), SECONDS);
          }
        }
      }
      assertSession(jvms.judge("lock and positions are deleted"), jvms);
      assertReplicasEqual(jvms);
    }
  }

  private static int[] marks(HistoryOfJvms jvms) {
    int[] marks = new int[jvms.members().size()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = jvms.members().get(i).jvm.err().size();
    }
    return marks;
  }

  private static void awaitInService(Member member) throws InterruptedException {
    for (int i = 1; i <= 2; i++) {
      String name = "replica" + i + ":";
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (!isInService(member.jvm.err(), name)) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError(name + " is out of service\n" + member.jvm.transcript());
        }
        Thread.sleep(1);
      }
    }
  }

  private static boolean isInService(List<String> err, String name) {
    boolean led = false;
    boolean in = false;
    for (String line : err) {
      led |= line.contains("attached to master");
      if (line.contains(name + " in service")) {
        in = true;
      } else if (line.contains(name + " out of service")) {
        in = false;
      }
    }
    return led && in;
  }

  /** All JVMs have ended; the last one has left whole files. */
  private static void assertReplicasEqual(HistoryOfJvms jvms) throws Exception {
    String expected = content(jvms.master().toPath());
    for (int i = 1; i <= 2; i++) {
      assertEquals(expected, content(jvms.replica(i).toPath()), jvms::transcripts);
    }
  }

  private static String content(Path file) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql :
          new String[] {
            "PRAGMA integrity_check",
            "SELECT group_concat(id || '=' || version) FROM register",
            "SELECT group_concat(id || '=' || side || '=' || version) FROM pair",
            "SELECT group_concat(id || '=' || balance) FROM account"
          }) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          rows.next();
          all.append(rows.getString(1)).append('\n');
        }
      }
    }
    return all.toString();
  }
}
