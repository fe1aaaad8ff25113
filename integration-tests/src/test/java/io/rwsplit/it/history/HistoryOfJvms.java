package io.rwsplit.it.history;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import legacy.history.History;

/**
 * Several JVMs under the agent that run {@link History} on the same master and replicas. Used by
 * one thread; closing it kills those that still run.
 */
final class HistoryOfJvms implements AutoCloseable {
  private static final long SECONDS = 180;
  private static final String LEADS = "attached to master";

  private final Path directory;
  private final String[] properties;
  private final long seed = HistoryRun.seed();
  private final List<Member> members = new ArrayList<>();
  private final int parts;

  /** One of the JVMs. */
  static final class Member {
    final ForkedJvm jvm;
    final Path journal;
    final int part;
    private boolean goes;
    private int questions;

    Member(ForkedJvm jvm, Path journal, int part) {
      this.jvm = jvm;
      this.journal = journal;
      this.part = part;
    }

    /** How many reads and writes it has done; negative when it does no more. */
    private int steps() throws IOException, InterruptedException {
      String answer = "so far " + ++questions + " ";
      jvm.tell("how far " + questions);
      String line = jvm.awaitOut(found -> found.startsWith(answer), SECONDS);
      String steps = line.substring(answer.length());
      return steps.equals("all") ? -1 : Integer.parseInt(steps);
    }

    /** What it has printed, but for its answers. */
    private long lines() {
      return jvm.out().stream().filter(line -> !line.startsWith("so far ")).count();
    }

    void end() throws IOException {
      if (jvm.process().isAlive()) {
        jvm.tell("end");
      }
    }

    /** True when it has the master now, by its log. */
    boolean leads() {
      boolean leads = false;
      for (String line : jvm.err()) {
        leads = line.contains(LEADS) || (leads && !line.contains("replication has lost"));
      }
      return leads && jvm.process().isAlive();
    }

    void signal(String name) throws IOException, InterruptedException {
      String pid = Long.toString(jvm.process().pid());
      int code = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
      if (code != 0) {
        throw new IOException("kill -" + name + " " + pid + " ends with " + code);
      }
    }
  }

  /**
   * @param parts how many JVMs there are at a time, at most three
   * @param properties names and values of the agent's configuration
   */
  HistoryOfJvms(Path directory, int parts, String... properties) throws Exception {
    this.directory = directory;
    this.parts = parts;
    this.properties = properties;
    try (Connection connection = DriverManager.getConnection(url())) {
      History.create(connection);
    }
  }

  private String url() {
    return "jdbc:sqlite:" + master();
  }

  File master() {
    return directory.resolve("master.db").toFile();
  }

  File replica(int number) {
    return directory.resolve("replica" + number + ".db").toFile();
  }

  List<Member> members() {
    return members;
  }

  long seed() {
    return seed;
  }

  /** Starts one more, which waits for {@link #go}; returns when it reads from both replicas. */
  Member start(int readers, int writers) throws Exception {
    return start(readers, writers, members.size());
  }

  /** The same; it writes a part that nobody else writes now. */
  Member start(int readers, int writers, int part) throws Exception {
    int number = members.size();
    Path journal = directory.resolve("journal" + number);
    ForkedJvm.Builder agent =
        new ForkedJvm.Builder()
            .split(master(), replica(1), replica(2))
            .property("rwsplit.health.interval", "200ms");
    for (int i = 0; i < properties.length; i += 2) {
      agent.property(properties[i], properties[i + 1]);
    }
    ForkedJvm jvm =
        agent
            .main(
                History.class,
                url(),
                "",
                "",
                "sqlite",
                seed + number,
                Integer.MAX_VALUE,
                readers,
                writers,
                journal,
                number,
                part,
                parts)
            .start();
    Member member = new Member(jvm, journal, part);
    members.add(member);
    jvm.awaitOut("ready"::equals, SECONDS);
    jvm.awaitErr(line -> line.contains("replica1: in service"), SECONDS);
    jvm.awaitErr(line -> line.contains("replica2: in service"), SECONDS);
    return member;
  }

  void go() throws IOException {
    for (Member member : members) {
      if (!member.goes) {
        member.goes = true;
        member.jvm.tell("go");
      }
    }
  }

  /** The same, and returns when each of them has done so many reads and writes. */
  void go(int steps) throws IOException, InterruptedException {
    go();
    awaitSteps(steps);
    // A longer mode than what the test needs.
    Thread.sleep(Long.getLong("rwsplit.it.history.millis", 0));
  }

  /** Returns when each that lives has done so many more reads and writes, or has stopped. */
  void awaitSteps(int more) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    for (Member member : members) {
      if (!member.jvm.process().isAlive()) {
        continue;
      }
      int begin = member.steps();
      for (int now = begin; now >= 0 && now - begin < more; now = member.steps()) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("no progress\n" + transcripts());
        }
        Thread.sleep(5);
      }
    }
  }

  /** The one that leads; waits until there is one. */
  Member leader() throws InterruptedException {
    return await("nobody leads", Member::leads);
  }

  /** One that lives and does not lead. */
  Member follower() throws InterruptedException {
    return await("nobody follows", m -> m.jvm.process().isAlive() && !m.leads());
  }

  private Member await(String failure, Predicate<Member> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() - deadline < 0) {
      for (Member member : members) {
        if (wanted.test(member)) {
          return member;
        }
      }
      Thread.sleep(1);
    }
    throw new AssertionError(failure + "\n" + transcripts());
  }

  /** Ends those that were not killed, and judges what they have seen. */
  Verdict judge(String name) throws Exception {
    List<Path> journals = new ArrayList<>();
    StringBuilder shares = new StringBuilder();
    // The leader last: what is written then still reaches the replicas.
    for (Member member : members) {
      if (!member.leads()) {
        member.end();
        int unused = member.jvm.exitCode(SECONDS);
      }
    }
    for (Member member : members) {
      member.end();
    }
    for (Member member : members) {
      int code = member.jvm.exitCode(SECONDS);
      if (code == 128 + 9) {
        continue;
      }
      if (code != 0 || member.lines() != 1 || member.jvm.saysFault()) {
        throw new AssertionError("ends with " + code + "\n" + member.jvm.transcript());
      }
      journals.add(member.journal);
      shares.append(String.format(" %.1f %%", 100 * share(member)));
    }
    Verdict verdict = Verdict.of(journals.toArray(new Path[0]));
    System.out.printf(
        "%s, seed %d: %s; of the reads that may leave the master, on replicas:%s%n",
        name, seed, verdict.figures(), shares);
    return verdict;
  }

  /** Of the reads that might leave the master, those that did. */
  static double share(Member member) {
    ExitTable table = ExitTable.of(member.jvm);
    if (Boolean.getBoolean("rwsplit.it.history.tables")) {
      System.out.println(table);
    }
    double stayed =
        table.onMaster("an own write or read has not reached a replica yet")
            + table.onMaster("a write of another session has not reached a replica yet")
            + table.onMaster("no replica is in service")
            + table.onMaster("no replica connection was free");
    return table.onReplicas() / (table.onReplicas() + stayed);
  }

  /** What all have printed. */
  String transcripts() {
    StringBuilder all = new StringBuilder();
    for (Member member : members) {
      all.append(member.jvm.transcript()).append('\n');
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    for (Member member : members) {
      member.jvm.close();
      Files.deleteIfExists(member.journal);
    }
  }
}
