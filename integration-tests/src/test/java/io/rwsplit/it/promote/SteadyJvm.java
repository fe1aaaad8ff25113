package io.rwsplit.it.promote;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.ServerCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import legacy.promote.Steady;

/** A JVM with the agent in promote mode, and what it was told is committed. */
public final class SteadyJvm implements AutoCloseable {
  private final ForkedJvm jvm;
  private final Path journal;
  private int answers;

  SteadyJvm(ServerCluster cluster, String controller, Path journal, long firstId)
      throws IOException {
    this(
        cluster,
        new ForkedJvm.Builder().property("rwsplit.failover.observation", "1s"),
        controller,
        journal,
        firstId);
  }

  public SteadyJvm(
      ServerCluster cluster,
      ForkedJvm.Builder builder,
      String controller,
      Path journal,
      long firstId)
      throws IOException {
    this.journal = journal;
    this.jvm =
        cluster
            .split(builder)
            .property("rwsplit.failover", "promote")
            .property("rwsplit.failover.user", controller)
            .property("rwsplit.failover.password", controller)
            .property("rwsplit.failover.freeze", "1s")
            // Else a thread that has read from the dead master may not read what is older.
            .property("rwsplit.eventual.tables", "fixed")
            .option("-Xmx256m")
            .main(Steady.class, cluster.appUrl(), "app", "app", journal, firstId)
            .start();
  }

  public ForkedJvm jvm() {
    return jvm;
  }

  public void awaitStarted() throws InterruptedException {
    jvm.awaitOut("started"::equals, 120);
  }

  /** Ids of rows whose insert has returned. */
  Set<Long> acknowledged() throws IOException {
    Set<Long> ids = new HashSet<>();
    List<String> lines = Files.readAllLines(journal);
    for (String line : lines) {
      if (line.startsWith("a ")) {
        ids.add(Long.parseLong(line.substring(2)));
      }
    }
    return ids;
  }

  /** Waits until so many more writes were acknowledged than there are now. */
  public void awaitWrites(ServerCluster cluster, int more) throws Exception {
    int before = acknowledged().size();
    cluster.await(
        more + " more writes",
        () -> {
          if (!jvm.process().isAlive()) {
            throw new IOException("ended: " + jvm.transcript());
          }
          return acknowledged().size() >= before + more;
        });
  }

  boolean says(Predicate<String> wanted) {
    return jvm.err().stream().anyMatch(wanted);
  }

  long count(String part) {
    return jvm.err().stream().filter(line -> line.contains(part)).count();
  }

  /** Has the agent do something; its answer. */
  String ask(String command) throws Exception {
    jvm.tell(command);
    int number = ++answers;
    jvm.awaitOut(line -> answers().size() >= number, 120);
    return answers().get(number - 1);
  }

  private List<String> answers() {
    return jvm.out().stream().filter(line -> line.startsWith("DONE ")).toList();
  }

  /** What it has done so far. */
  Tally tally() throws InterruptedException, IOException {
    int before = tallies().size();
    jvm.tell("tally");
    jvm.awaitOut(any -> tallies().size() > before, 120);
    return new Tally(tallies().get(before));
  }

  private List<String> tallies() {
    return jvm.out().stream().filter(line -> line.startsWith("tally ")).toList();
  }

  /** Ends the application as it ends itself. */
  String end() throws Exception {
    jvm.tell("end");
    int code = jvm.exitCode(120);
    if (code != 0 || jvm.saysFault()) {
      throw new AssertionError("exit " + code + "\n" + jvm.transcript());
    }
    return String.join("\n", jvm.out());
  }

  @Override
  public void close() {
    jvm.close();
  }
}
