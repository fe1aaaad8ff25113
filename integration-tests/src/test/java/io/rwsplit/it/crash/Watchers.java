package io.rwsplit.it.crash;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import legacy.ledger.Watcher;

/** The process that reads replicas from outside, and what it has seen in them. */
final class Watchers implements AutoCloseable {
  private final ForkedJvm jvm;
  private int questions;

  private Watchers(ForkedJvm jvm) {
    this.jvm = jvm;
  }

  static Watchers start(Place place, long seed) throws IOException, InterruptedException {
    return start(place, seed, false);
  }

  /** {@code rewinds}: the master is put back to an older state, and replicas may follow it. */
  static Watchers start(Place place, long seed, boolean rewinds)
      throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>();
    arguments.add(seed);
    for (File replica : place.replicas()) {
      arguments.add(replica);
    }
    ForkedJvm jvm =
        new ForkedJvm.Builder()
            .property("rewinds", Boolean.toString(rewinds))
            .main(Watcher.class, arguments.toArray())
            .start();
    jvm.awaitOut("ready"::equals, SplitLedger.DEADLINE_SECONDS);
    return new Watchers(jvm);
  }

  long pid() {
    return jvm.process().pid();
  }

  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (String line : jvm.out()) {
      if (line.startsWith("violation") || line.startsWith("failed")) {
        complaints.add(line);
      }
    }
    for (String line : jvm.err()) {
      if (line.startsWith("Exception in thread")) {
        complaints.add(line);
      }
    }
    return complaints;
  }

  /** What was seen that is no state the master has been in: number of transfers, and chain. */
  Set<String> notIn(DatabaseFile master) throws Exception {
    Map<String, String> chains = new HashMap<>();
    for (String entry : master.column("SELECT n || ' ' || chain FROM journal")) {
      int space = entry.indexOf(' ');
      chains.put(entry.substring(0, space), entry.substring(space + 1));
    }
    Set<String> wrong = new HashSet<>();
    for (String line : jvm.out()) {
      if (line.startsWith("saw ")) {
        String[] words = line.split(" ", -1);
        if (!words[2].equals("0") && !words[3].equals(chains.get(words[2]))) {
          wrong.add(line);
        }
      }
    }
    return wrong;
  }

  int states() {
    return (int) jvm.out().stream().filter(line -> line.startsWith("saw ")).count();
  }

  /** Waits until so many more reads were made. */
  void awaitReads(int more) throws IOException, InterruptedException {
    long goal = reads() + more;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SplitLedger.DEADLINE_SECONDS);
    while (reads() < goal) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("nothing is read\n" + jvm.transcript());
      }
      Thread.sleep(10);
    }
  }

  private long reads() throws IOException, InterruptedException {
    int asked = ++questions;
    jvm.tell("reads");
    int[] answers = new int[1];
    String answer =
        jvm.awaitOut(
            line -> line.startsWith("reads ") && ++answers[0] == asked,
            SplitLedger.DEADLINE_SECONDS);
    return Long.parseLong(answer.substring("reads ".length()));
  }

  /** Ends it; what it says last: its counts. */
  String end() throws IOException, InterruptedException {
    jvm.tell("end");
    int code = jvm.exitCode(SplitLedger.DEADLINE_SECONDS);
    List<String> out = jvm.out();
    if (code != 0 || out.isEmpty()) {
      throw new AssertionError(jvm.transcript());
    }
    return out.get(out.size() - 1);
  }

  @Override
  public void close() {
    jvm.close();
  }
}
