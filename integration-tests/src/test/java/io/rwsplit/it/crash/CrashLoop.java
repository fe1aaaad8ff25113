package io.rwsplit.it.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills the ledger application under the agent at random moments and checks what is left: the
 * master holds every acknowledged commit, replicas are whole, and after a restart equal to it.
 *
 * <p>Run by {@link CrashLoopTest}, and for longer by {@link #main}, which leaves the files of a
 * failure. The seed is printed.
 */
final class CrashLoop {
  /** After so many kills the files are begun anew. */
  private static final int KILLS_PER_PLACE = 12;

  private final Path directory;
  private final Random random;
  private final long seed;
  private final Map<String, Set<Long>> acknowledged = new HashMap<>();
  private Place place;
  private int run;
  private int kills;
  private int foreignKills;
  private int restarts;
  private int resumed;
  private int compared;
  private int copied;

  CrashLoop(Path directory, long seed) {
    this.directory = directory;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Arguments: least number of kills, least number of seconds, and optionally the seed. */
  public static void main(String[] args) throws Exception {
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    Path directory = Files.createTempDirectory("rwsplit-crash");
    System.out.println("files in " + directory);
    new CrashLoop(directory, seed).go(Integer.parseInt(args[0]), Long.parseLong(args[1]));
    delete(directory);
  }

  /** Goes on until both the number of kills and the time are reached. */
  void go(int atLeastKills, long seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int round = 0;
    while (kills < atLeastKills || System.nanoTime() - end < 0) {
      if (round++ % KILLS_PER_PLACE == 0) {
        begin(round);
      }
      try {
        crash();
        if (random.nextInt(5) == 0) {
          crash();
        }
        if (random.nextInt(4) == 0) {
          leaveWal();
        }
        restart();
      } catch (AssertionError | Exception e) {
        throw new AssertionError(this + ": " + e.getMessage(), e);
      }
      System.out.println(this);
    }
  }

  private void begin(int round) throws IOException {
    if (place != null) {
      delete(place.master().getParentFile().toPath().getParent());
    }
    String parameters = random.nextBoolean() ? "?synchronous=FULL" : "?synchronous=NORMAL";
    place = Place.in(directory.resolve("place" + round), parameters + "&busy_timeout=10000");
    acknowledged.clear();
    acknowledged.put("transfers", new HashSet<>());
    acknowledged.put("events", new HashSet<>());
    run = 0;
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Object[] load() {
    run++;
    return new Object[] {"run=" + run, "seed=" + random.nextInt(), "caretaker=1"};
  }

  /** One life and death of the application, perhaps beside a foreign writer. */
  private void crash() throws Exception {
    boolean foreign = random.nextInt(3) == 0;
    SplitLedger other = foreign ? SplitLedger.startBare(place, load()) : null;
    try (SplitLedger app = SplitLedger.start(place, load())) {
      awaitMoment(app);
      if (other != null && random.nextBoolean()) {
        other.jvm().kill();
        foreignKills++;
        Thread.sleep(random.nextInt(200));
      }
      app.jvm().kill();
      kills++;
      if (other != null) {
        if (random.nextBoolean()) {
          Thread.sleep(random.nextInt(100));
        }
        other.jvm().kill();
        foreignKills++;
        collect(other);
      }
      collect(app);
      checkMaster("after kill -9", app);
      checkReplicas(app);
    } finally {
      if (other != null) {
        other.close();
      }
    }
  }

  private void awaitMoment(SplitLedger app) throws InterruptedException {
    int moment = random.nextInt(6);
    if (moment == 0) {
      // In start-up: before or in the switch to WAL, the first copy, the resync.
      Thread.sleep(200 + random.nextInt(900));
    } else if (moment == 1) {
      app.awaitLog(0, "attached to master");
      Thread.sleep(random.nextInt(20));
    } else {
      app.awaitReady();
      Thread.sleep(random.nextInt(1500));
    }
  }

  private void collect(SplitLedger app) throws InterruptedException {
    app.jvm().exitCode(120);
    for (Map.Entry<String, Set<Long>> table : acknowledged.entrySet()) {
      table.getValue().addAll(app.acknowledged(table.getKey()));
    }
    List<String> complaints = app.complaints();
    if (!complaints.isEmpty()) {
      throw new AssertionError(complaints.size() + " complaints\n" + app.relevant());
    }
  }

  private void checkMaster(String when, SplitLedger app) throws Exception {
    DatabaseFile master = copy(place.master());
    require("ok".equals(master.integrity()), when + ": master " + master.integrity(), app);
    if (master.column("SELECT name FROM sqlite_master WHERE name = 'events'").isEmpty()) {
      require(acknowledged.get("events").isEmpty(), when + ": the tables are gone", app);
      return;
    }
    for (Map.Entry<String, Set<Long>> table : acknowledged.entrySet()) {
      Set<Long> lost = new HashSet<>(table.getValue());
      lost.removeAll(master.ids(table.getKey()));
      require(lost.isEmpty(), when + ": lost " + table.getKey() + " " + lost, app);
    }
    checkBooks(when + ": master", master, app);
  }

  /** Replicas of a dead process are whole commits, behind as they may be. */
  private void checkReplicas(SplitLedger app) throws Exception {
    for (File file : place.replicas()) {
      if (file.length() == 0) {
        continue;
      }
      DatabaseFile replica = copy(file);
      String name = "after kill -9: " + file.getName();
      require("ok".equals(replica.integrity()), name + " " + replica.integrity(), app);
      if (!replica.column("SELECT name FROM sqlite_master WHERE name = 'counters'").isEmpty()) {
        checkBooks(name, replica, app);
      }
    }
  }

  private static void checkBooks(String what, DatabaseFile file, SplitLedger app)
      throws SQLException {
    String balanced =
        "SELECT (SELECT sum(balance) FROM accounts) = 96000"
            + " AND (SELECT count(*) FROM transfers) = n"
            + " AND (SELECT coalesce(sum(amount), 0) FROM transfers) = moved FROM counters";
    require(List.of("1").equals(file.column(balanced)), what + " does not balance", app);
  }

  private DatabaseFile copy(File file) throws IOException {
    return DatabaseFile.copy(file, directory.resolve("copies"), true);
  }

  /** As an administrator might between two runs: the next start switches to WAL again. */
  private void leaveWal() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + place.master());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=DELETE");
    }
  }

  private void restart() throws Exception {
    try (SplitLedger app = SplitLedger.start(place, load())) {
      app.awaitReady();
      app.awaitInService(2);
      Thread.sleep(random.nextInt(300));
      app.pause();
      long last = (run + 1) * legacy.ledger.Ledger.RUN - 1;
      app.put(last);
      for (File replica : place.replicas()) {
        app.await(
            () -> DatabaseFile.live(replica).ids("events").contains(last),
            () -> replica + " does not get the last commit\n" + app.relevant());
        requireEqual(DatabaseFile.live(replica), DatabaseFile.live(place.master()), app);
      }
      app.end();
      restarts++;
      collect(app);
      for (String line : app.jvm().err()) {
        resumed += line.contains("streams at") ? 1 : 0;
        compared += line.contains("was compared") ? 1 : 0;
        copied += line.contains("was copied") ? 1 : 0;
      }
      checkMaster("after the restart", app);
      for (File replica : place.replicas()) {
        requireEqual(copy(replica), copy(place.master()), app);
      }
    }
  }

  private static void requireEqual(DatabaseFile replica, DatabaseFile master, SplitLedger app)
      throws SQLException {
    require("ok".equals(replica.integrity()), replica + ": " + replica.integrity(), app);
    Map<String, String> expected = master.content();
    Map<String, String> found = replica.content();
    List<String> differences = new ArrayList<>();
    Set<String> keys = new HashSet<>(expected.keySet());
    keys.addAll(found.keySet());
    for (String key : keys) {
      if (!String.valueOf(expected.get(key)).equals(found.get(key))) {
        differences.add(key + ": " + expected.get(key) + " / " + found.get(key));
      }
    }
    require(differences.isEmpty(), replica + " differs: " + differences, app);
  }

  private static void require(boolean holds, String message, SplitLedger app) {
    if (!holds) {
      throw new AssertionError(message + "\n" + app.relevant());
    }
  }

  @Override
  public String toString() {
    int commits = 0;
    for (Set<Long> ids : acknowledged.values()) {
      commits += ids.size();
    }
    return String.format(
        "crash loop, seed %d: %d kills, %d of a foreign writer, %d restarts (replicas: %d streams,"
            + " %d compared, %d copied), %d commits acknowledged in these files",
        seed, kills, foreignKills, restarts, resumed, compared, copied, commits);
  }
}
