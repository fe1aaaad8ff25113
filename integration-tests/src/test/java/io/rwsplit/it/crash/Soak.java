package io.rwsplit.it.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The ledger under modest load for a long time, with a replica rebuilt now and then: nothing may
 * grow. Samples are judged by their trend after a time to warm up.
 */
final class Soak {
  private static final int MIB = 1 << 20;

  /** What is sampled, and the rise over the whole run that is not yet a leak. */
  private enum Quantity {
    HEAP_AFTER_GC(3.0 * MIB),
    THREADS(3),
    DESCRIPTORS(8),
    /** Files of the ledger that this process has open. */
    CONNECTIONS(8),
    MAPPINGS(24),
    /** What the others are to be held against: a VACUUM puts all of it into the logs. */
    DATABASE(16.0 * MIB),
    MASTER_LOG(24.0 * MIB),
    REPLICA_LOGS(48.0 * MIB),
    POSITION_FILES(256),
    STRAY_FILES(0.5);

    private final double tolerance;

    Quantity(double tolerance) {
      this.tolerance = tolerance;
    }
  }

  private final Place place;
  private final long seconds;
  private final long sampleMillis;
  private final String leak;
  private final Map<Quantity, List<Double>> samples = new LinkedHashMap<>();

  /**
   * A run that has not begun.
   *
   * @param leak what the application is to leak: heap, threads, files, or none
   */
  Soak(Path directory, long seconds, long sampleMillis, String leak) {
    this.place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    this.seconds = seconds;
    this.sampleMillis = sampleMillis;
    this.leak = leak;
    for (Quantity quantity : Quantity.values()) {
      samples.put(quantity, new ArrayList<>());
    }
  }

  /** Arguments: seconds, and optionally what to leak. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("rwsplit-soak");
    long seconds = Long.parseLong(args[0]);
    Soak soak = new Soak(directory, seconds, 5000, args.length > 1 ? args[1] : "none");
    List<String> growing = soak.run();
    System.out.println(soak);
    System.out.println(growing.isEmpty() ? "nothing grows" : "GROWING: " + growing);
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    System.exit(growing.isEmpty() ? 0 : 1);
  }

  /** Runs; returns what grows. */
  List<String> run() throws Exception {
    try (SplitLedger app =
        SplitLedger.start(
            place,
            "run=1",
            "tellers=2",
            "auditors=2",
            "caretaker=1",
            "rest=4",
            "newest=1000",
            "leak=" + leak)) {
      app.awaitReady();
      app.awaitInService(2);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      int looks = 0;
      while (System.nanoTime() - end < 0) {
        Thread.sleep(sampleMillis);
        sample(app);
        if (++looks % 4 == 0) {
          rebuild(app, 1 + looks / 4 % 2);
        }
        if (looks % 12 == 0) {
          System.out.println(this);
        }
      }
      app.awaitInService(2);
      new Rebuilds(place, app).awaitEqual(0, 1, 2);
      app.end();
      if (!app.complaints().isEmpty()) {
        throw new AssertionError(app.complaints() + "\n" + app.relevant());
      }
    }
    return growing();
  }

  /** A replica is garbled, found out, and copied anew; sooner or later. */
  private void rebuild(SplitLedger app, int replica) throws Exception {
    int mark = app.mark();
    if (app.isInService(replica) && app.isInService(3 - replica)) {
      Damage.REPLACED_BY_ANOTHER_DATABASE.strike(place.replica(replica));
      app.awaitLog(mark, "replica" + replica + ": out of service");
      app.awaitLog(mark, "replica" + replica + ": in service");
    }
  }

  private void sample(SplitLedger app) throws IOException, InterruptedException {
    Path process = Path.of("/proc/" + app.jvm().process().pid());
    add(Quantity.HEAP_AFTER_GC, app.heap());
    add(Quantity.THREADS, count(process.resolve("task")));
    List<String> open = open(process.resolve("fd"));
    add(Quantity.DESCRIPTORS, open.size());
    String home = place.master().getParentFile().getParent();
    add(Quantity.CONNECTIONS, open.stream().filter(file -> file.startsWith(home)).count());
    try (Stream<String> maps = Files.lines(process.resolve("maps"))) {
      add(Quantity.MAPPINGS, maps.count());
    }
    add(Quantity.DATABASE, size(place.master(), ""));
    add(Quantity.MASTER_LOG, size(place.master(), "-wal"));
    long logs = 0;
    long positions = 0;
    for (File replica : place.replicas()) {
      logs += size(replica, "-wal");
      positions += size(replica, "-rwsplit-pos");
    }
    add(Quantity.REPLICA_LOGS, logs);
    add(Quantity.POSITION_FILES, positions);
    add(Quantity.STRAY_FILES, strays());
  }

  private void add(Quantity quantity, long value) {
    samples.get(quantity).add((double) value);
  }

  private static long size(File database, String suffix) {
    return new File(database + suffix).length();
  }

  private long strays() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (File replica : place.replicas()) {
      try (Stream<Path> files = Files.list(replica.toPath().getParent())) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.contains("-rwsplit-") && !name.endsWith("-rwsplit-pos"))
            .forEach(names::add);
      }
    }
    return names.size();
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }

  private static List<String> open(Path descriptors) throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> entries = Files.list(descriptors)) {
      for (Path entry : entries.toList()) {
        try {
          open.add(Files.readSymbolicLink(entry).toString());
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    return open;
  }

  private List<Double> warm(Quantity quantity) {
    List<Double> all = samples.get(quantity);
    return all.subList(all.size() / 4, all.size());
  }

  private List<String> growing() {
    List<String> growing = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      if (Trend.grows(warm(quantity), quantity.tolerance)) {
        growing.add(quantity + " by " + Math.round(Trend.rise(warm(quantity))));
      }
    }
    return growing;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("soak, " + samples.get(Quantity.THREADS).size());
    text.append(" samples; median and rise of each:");
    for (Quantity quantity : Quantity.values()) {
      if (!warm(quantity).isEmpty()) {
        text.append("\n  ").append(quantity).append(' ');
        text.append(Math.round(Trend.median(warm(quantity)))).append(' ');
        text.append(Math.round(Trend.rise(warm(quantity))));
      }
    }
    return text.toString();
  }
}
