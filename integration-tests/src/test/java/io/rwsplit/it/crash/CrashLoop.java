package io.rwsplit.it.crash;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import legacy.ledger.Ledger;

/**
 * Kills the ledger application under the agent, and writers without the agent, at random moments
 * and checks what is left: the master holds every acknowledged commit, replicas are whole, and
 * after the next start equal to it. In half of the places a process watches the replicas all the
 * time, whoever lives or dies.
 *
 * <p>Run by {@link CrashLoopTest}, and for longer by {@link #main}, which leaves the files of a
 * failure. The seed is printed.
 */
final class CrashLoop {
  /** After so many lives the files are begun anew. */
  private static final int LIVES_PER_PLACE = 12;

  private static final List<String> TABLES = List.of("transfers", "events");

  private final Path directory;
  private final Random random;
  private final long seed;
  private final String driver;
  private final Map<String, Set<Long>> acknowledged = new HashMap<>();
  private Place place;
  private FilesAfter files;
  private Watchers watchers;
  private ForeignWriter foreign;
  private int places;
  private int run;
  private int kills;
  private int foreignKills;
  private int ends;
  private int equal;
  private int streams;
  private int compared;
  private int copied;
  private long commits;
  private long states;

  /**
   * A loop that has not begun.
   *
   * @param driver class path entry with the SQLite driver; null for the tests' own
   */
  CrashLoop(Path directory, long seed, String driver) {
    this.directory = directory;
    this.seed = seed;
    this.random = new Random(seed);
    this.driver = driver;
  }

  /** Arguments: least number of kills, least number of seconds, and optionally the seed. */
  public static void main(String[] args) throws Exception {
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    Path directory = Files.createTempDirectory("rwsplit-crash");
    System.out.println("files in " + directory);
    new CrashLoop(directory, seed, System.getProperty("rwsplit.it.crash.driver"))
        .go(Integer.parseInt(args[0]), Long.parseLong(args[1]));
    delete(directory);
  }

  /** Goes on until both the number of kills, of whatever process, and the time are reached. */
  void go(int atLeastKills, long seconds) throws Exception {
    System.out.println("crash loop, seed " + seed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      for (int life = 0;
          kills + foreignKills < atLeastKills || System.nanoTime() - end < 0;
          life++) {
        if (life % LIVES_PER_PLACE == 0) {
          leave();
          begin(life);
        }
        live();
        if (life % 10 == 9) {
          System.out.println(this);
        }
      }
      leave();
      System.out.println(this);
    } catch (AssertionError | Exception e) {
      throw new AssertionError(this + ": " + e.getMessage(), e);
    } finally {
      closeForeign();
      if (watchers != null) {
        watchers.close();
      }
    }
  }

  private void begin(int life) throws Exception {
    String[] modes = {"FULL", "NORMAL", "OFF"};
    String parameters = "?busy_timeout=10000&synchronous=" + modes[random.nextInt(modes.length)];
    place = Place.in(directory.resolve("place" + life), parameters);
    files = new FilesAfter(place, directory.resolve("copies"));
    for (String table : TABLES) {
      acknowledged.put(table, new HashSet<>());
    }
    run = 0;
    places++;
    if (places % 2 == 1) {
      watchers = Watchers.start(place, random.nextInt());
    }
  }

  /** Nobody writes any more; what watchers have seen must be in the master's history. */
  private void leave() throws Exception {
    if (place == null) {
      return;
    }
    closeForeign();
    if (watchers != null) {
      Set<String> wrong = watchers.notIn(DatabaseFile.live(place.master()));
      require(wrong.isEmpty(), "seen on a replica, but the master has never been there: " + wrong);
      states += watchers.states();
      require(watchers.complaints().isEmpty(), watchers.complaints().toString());
      System.out.println("  " + watchers.end());
      watchers.close();
      watchers = null;
    }
    for (Set<Long> ids : acknowledged.values()) {
      commits += ids.size();
    }
    delete(place.master().getParentFile().toPath().getParent());
    place = null;
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private ForkedJvm.Builder with(ForkedJvm.Builder builder) {
    run++;
    String pool = "keep=" + random.nextInt(2);
    Object[] load = {"run=" + run, "seed=" + random.nextInt(), "caretaker=1", pool};
    return SplitLedger.ledger(builder, driver, place, load);
  }

  /** One life and death of the application, perhaps beside a foreign writer. */
  private void live() throws Exception {
    if (foreign == null && random.nextInt(5) < 3) {
      foreign = startForeign();
    }
    try (SplitLedger app = SplitLedger.start(with(SplitLedger.split(place)))) {
      try {
        boolean whole = awaitMoment(app);
        if (foreign != null && random.nextBoolean()) {
          killForeign();
          Thread.sleep(random.nextInt(100));
        }
        if (whole && random.nextInt(8) == 0) {
          app.end();
          ends++;
        } else {
          app.jvm().kill();
          kills++;
        }
        if (foreign != null && random.nextBoolean()) {
          Thread.sleep(random.nextInt(100));
          killForeign();
        }
        collect(app);
        checkFiles();
        if (foreign == null && random.nextInt(6) == 0) {
          leaveWal();
        }
      } catch (AssertionError | Exception e) {
        throw new AssertionError(e.getMessage() + "\n" + app.relevant(), e);
      }
    }
  }

  private ForeignWriter startForeign() throws Exception {
    boolean written = place.master().length() > 0 && run > 2;
    if (written && ShellWriter.isInstalled() && random.nextBoolean()) {
      run++;
      return ShellWriter.start(place, run, random.nextInt());
    }
    ForkedJvm.Builder bare = new ForkedJvm.Builder();
    return ForeignWriter.of(SplitLedger.start(with(bare)));
  }

  /** Some strangers who die in the middle of their first transactions. */
  private void killShells() throws Exception {
    for (int i = 3 + random.nextInt(5); i > 0; i--) {
      run++;
      try (ForeignWriter shell = ShellWriter.start(place, run, random.nextInt())) {
        Thread.sleep(5 + random.nextInt(150));
        shell.kill();
        foreignKills++;
        acknowledged.get("transfers").addAll(shell.acknowledged("transfers"));
      }
    }
  }

  private void killForeign() throws InterruptedException {
    foreign.kill();
    foreignKills++;
    for (String table : TABLES) {
      acknowledged.get(table).addAll(foreign.acknowledged(table));
    }
    require(foreign.complaints().isEmpty(), "foreign writer: " + foreign.complaints());
    closeForeign();
  }

  private void closeForeign() {
    if (foreign != null) {
      foreign.close();
      foreign = null;
    }
  }

  /** True when the application was up and its replicas were found equal. */
  private boolean awaitMoment(SplitLedger app) throws Exception {
    int moment = random.nextInt(8);
    if (moment == 0) {
      // In start-up: before or in the switch to WAL, the first copy, the resync.
      Thread.sleep(200 + random.nextInt(900));
      return false;
    }
    if (moment == 1) {
      app.awaitLog(0, "attached to master");
      Thread.sleep(random.nextInt(20));
      return false;
    }
    app.awaitReady();
    app.awaitInService(2);
    checkEqual(app);
    if (random.nextInt(3) > 0 && ShellWriter.isInstalled()) {
      killShells();
    }
    Thread.sleep(random.nextInt(500));
    if (moment == 2) {
      Moment.awaitCheckpoint(place.master(), 3000);
    } else if (moment == 3) {
      Moment.awaitCheckpoint(place.replica(1), 3000);
    }
    return true;
  }

  /** Everybody pauses; the replicas become equal to the master. */
  private void checkEqual(SplitLedger app) throws Exception {
    app.pause();
    if (foreign != null) {
      foreign.pause();
    }
    long last = (run + 1) * Ledger.RUN - 1;
    app.put(last);
    for (File replica : place.replicas()) {
      app.await(
          () -> DatabaseFile.live(replica).ids("events").contains(last),
          () -> replica + " does not get the last commit\n" + app.relevant());
    }
    files.checkEqual(true);
    equal++;
    for (String line : app.jvm().err()) {
      streams += line.contains("streams at") ? 1 : 0;
      compared += line.contains("was compared") ? 1 : 0;
      copied += line.contains("was copied") ? 1 : 0;
    }
    app.jvm().tell("resume");
    if (foreign != null) {
      foreign.resume();
    }
  }

  private void collect(SplitLedger app) throws InterruptedException {
    app.jvm().exitCode(SplitLedger.DEADLINE_SECONDS);
    for (String table : TABLES) {
      acknowledged.get(table).addAll(app.acknowledged(table));
      if (foreign != null) {
        acknowledged.get(table).addAll(foreign.acknowledged(table));
      }
    }
    require(app.complaints().isEmpty(), app.complaints().size() + " complaints");
  }

  /** Files that nobody has open are looked at in copies: what the next finds is what was left. */
  private void checkFiles() throws Exception {
    files.checkMaster(foreign != null, acknowledged);
    files.checkReplicas(watchers != null);
    if (watchers != null) {
      require(watchers.complaints().isEmpty(), watchers.complaints().toString());
    }
  }

  /** As an administrator might between two runs: the next start switches to WAL again. */
  private void leaveWal() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + place.master());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=DELETE");
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  int kills() {
    return kills;
  }

  int foreignKills() {
    return foreignKills;
  }

  @Override
  public String toString() {
    return String.format(
        "crash loop, seed %d: %d kills of the agent's JVM, %d of a foreign writer, %d clean ends;"
            + " %d times found equal; replicas began to stream %d times: %d at the exact frame, %d"
            + " by comparison of pages, %d by a copy; %d commits acknowledged, %d states seen from"
            + " outside, in %d places",
        seed,
        kills,
        foreignKills,
        ends,
        equal,
        streams,
        streams - compared - copied,
        compared,
        copied,
        commits,
        states,
        places);
  }
}
