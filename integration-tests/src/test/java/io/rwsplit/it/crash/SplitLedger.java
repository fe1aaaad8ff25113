package io.rwsplit.it.crash;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import legacy.ledger.Ledger;

/** The ledger application in a JVM of its own, and what can be read from its outputs. */
final class SplitLedger implements AutoCloseable {
  static final long DEADLINE_SECONDS = 120;

  private final ForkedJvm jvm;

  private SplitLedger(ForkedJvm jvm) {
    this.jvm = jvm;
  }

  /** Under the agent. */
  static SplitLedger start(Place place, Object... arguments) throws IOException {
    return start(split(place), place, arguments);
  }

  /** A JVM builder with the agent set up for the place. */
  static ForkedJvm.Builder split(Place place) {
    return new ForkedJvm.Builder()
        .split(place.master(), place.replicas().toArray(new File[0]))
        .property("rwsplit.health.interval", "200ms")
        .option("-Xshare:auto");
  }

  /** Without the agent. */
  static SplitLedger startBare(Place place, Object... arguments) throws IOException {
    return start(new ForkedJvm.Builder(), place, arguments);
  }

  static SplitLedger start(ForkedJvm.Builder builder, Place place, Object... arguments)
      throws IOException {
    return new SplitLedger(builder.main(Ledger.class, arguments(place, arguments)).start());
  }

  /** Whatever was built, with the ledger as its main class. */
  static SplitLedger start(ForkedJvm.Builder complete) throws IOException {
    return new SplitLedger(complete.start());
  }

  /** The ledger with another SQLite driver; null for the tests' own. */
  static ForkedJvm.Builder ledger(
      ForkedJvm.Builder builder, String driver, Place place, Object... arguments) {
    Object[] all = arguments(place, arguments);
    return driver == null
        ? builder.main(Ledger.class, all)
        : builder.main(OldDrivers.classPath(driver), Ledger.class.getName(), all);
  }

  static Object[] arguments(Place place, Object... more) {
    List<Object> all = new ArrayList<>();
    all.add("url=jdbc:sqlite:" + place.master() + place.parameters());
    all.addAll(List.of(more));
    return all.toArray();
  }

  ForkedJvm jvm() {
    return jvm;
  }

  void awaitReady() throws InterruptedException {
    jvm.awaitOut("ready"::equals, DEADLINE_SECONDS);
  }

  /** How many lines the agent's log has: a mark to wait from. */
  int mark() {
    return jvm.err().size();
  }

  void awaitLog(int mark, String text) throws InterruptedException {
    awaitLog(mark, line -> line.contains(text), text);
  }

  /** Waits until a line of the agent's log after the mark contains the text. */
  void awaitLog(int mark, Predicate<String> wanted, String what) throws InterruptedException {
    await(
        () -> jvm.err().subList(mark, jvm.err().size()).stream().anyMatch(wanted),
        () -> "no \"" + what + "\" in\n" + relevant(mark));
  }

  /** True once a line of the agent's log after the mark contains the text. */
  boolean isLogged(int mark, String text, long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - deadline < 0) {
      List<String> err = jvm.err();
      if (err.subList(mark, err.size()).stream().anyMatch(line -> line.contains(text))) {
        return true;
      }
      Thread.sleep(5);
    }
    return false;
  }

  void awaitInService(int replicas) throws InterruptedException {
    for (int i = 1; i <= replicas; i++) {
      awaitLog(0, "replica" + i + ": in service");
    }
  }

  /** True when the last verdict in the log is that the replica is in service. */
  boolean isInService(int replica) {
    return isInService(jvm, replica);
  }

  /**
   * Waits until the last verdict in the log of any application is that the replica is in service.
   */
  static void awaitInService(ForkedJvm app, int replica) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!isInService(app, replica)) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("replica" + replica + " is not in service\n" + app.transcript());
      }
      Thread.sleep(10);
    }
  }

  private static boolean isInService(ForkedJvm app, int replica) {
    boolean in = false;
    for (String line : app.err()) {
      if (line.contains("replica" + replica + ": in service")) {
        in = true;
      } else if (line.contains("replica" + replica + ": out of service")) {
        in = false;
      }
    }
    return in;
  }

  /** A condition that may throw. */
  interface Condition {
    boolean holds() throws Exception;
  }

  void await(Condition condition, java.util.function.Supplier<String> failure)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    Exception last = null;
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(failure.get(), last);
      }
      Thread.sleep(10);
    }
  }

  void pause() throws IOException, InterruptedException {
    int before = count("paused");
    jvm.tell("pause");
    await(() -> count("paused") > before, () -> "the application does not pause\n" + relevant());
  }

  /** Waits until the application has made so many more audits. */
  void awaitAudits(int more) throws IOException, InterruptedException {
    long goal = audits() + more;
    await(() -> audits() >= goal, () -> "no audits are made\n" + relevant());
  }

  private long audits() throws IOException, InterruptedException {
    return Long.parseLong(ask("counts").split(" ", 2)[0]);
  }

  /** What the application gets for a text: its rows, or its exception. */
  String sql(String text) throws IOException, InterruptedException {
    int before = jvm.out().size();
    jvm.tell("sql " + text);
    String[] found = new String[1];
    await(
        () -> {
          List<String> out = jvm.out();
          for (String line : out.subList(before, out.size())) {
            if (line.startsWith("value ")) {
              found[0] = line.substring("value ".length());
            }
          }
          return found[0] != null;
        },
        () -> "no answer\n" + relevant());
    return found[0];
  }

  /** Bytes of the heap in use after a collection. */
  long heap() throws IOException, InterruptedException {
    return Long.parseLong(ask("heap"));
  }

  private String ask(String what) throws IOException, InterruptedException {
    int before = jvm.out().size();
    jvm.tell(what);
    String[] found = new String[1];
    await(
        () -> {
          List<String> out = jvm.out();
          for (String line : out.subList(before, out.size())) {
            if (line.startsWith(what + " ")) {
              found[0] = line.substring(what.length() + 1);
            }
          }
          return found[0] != null;
        },
        () -> "no answer\n" + relevant());
    return found[0];
  }

  void put(long id) throws IOException, InterruptedException {
    jvm.tell("put " + id);
    jvm.awaitOut(("ack events " + id)::equals, DEADLINE_SECONDS);
  }

  private int count(String line) {
    int count = 0;
    for (String each : jvm.out()) {
      if (each.equals(line)) {
        count++;
      }
    }
    return count;
  }

  /** Ids of commits in {@code table} that were acknowledged. */
  List<Long> acknowledged(String table) {
    String prefix = "ack " + table + " ";
    List<Long> ids = new ArrayList<>();
    for (String line : jvm.out()) {
      // A line cut by a kill has no end and is not here as a whole id only if it was printed whole.
      if (line.startsWith(prefix)) {
        ids.add(Long.valueOf(line.substring(prefix.length())));
      }
    }
    return ids;
  }

  /** Lines of wrong or failed reads and writes. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (String line : jvm.out()) {
      if (line.startsWith("violation") || line.startsWith("failed")) {
        complaints.add(line);
      }
    }
    for (String line : jvm.err()) {
      if (line.contains("fault in") || line.startsWith("Exception in thread")) {
        complaints.add(line);
      }
    }
    return complaints;
  }

  /** What went out, without the acknowledgements. */
  String relevant() {
    return relevant(0);
  }

  /** The same, and of the agent's log only what follows the mark. */
  String relevant(int mark) {
    StringBuilder text = new StringBuilder("--- out\n");
    for (String line : jvm.out()) {
      if (!line.startsWith("ack") && !line.equals("paused")) {
        text.append(line, 0, Math.min(line.length(), 600)).append('\n');
      }
    }
    text.append("--- err\n");
    List<String> err = jvm.err();
    for (String line : err.subList(Math.min(mark, err.size()), err.size())) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** Main returns; the exit code must be 0. */
  void end() throws IOException, InterruptedException {
    end("return");
  }

  void end(String command) throws IOException, InterruptedException {
    jvm.tell(command);
    int code = jvm.exitCode(DEADLINE_SECONDS);
    if (code != 0) {
      throw new AssertionError("exit code " + code + "\n" + relevant());
    }
  }

  @Override
  public void close() {
    jvm.close();
  }
}
