package legacy.pools;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Uses one database by several pools and data sources, all open at once, and prints what it sees;
 * what a comparison must leave out begins with '#'. Arguments: URL, user, password, cycles, names
 * of pools.
 *
 * <p>Begins after a line of input, until which it reads without printing; ends after another one.
 */
public final class PoolTour {
  /** A connection of its own for each use takes as long as so many borrows. */
  private static final int CONNECT_COSTS = 30;

  private static final int COLLECTIONS = 200;

  /** So many collections in a row that find nothing end the looking. */
  private static final int SAME = 4;

  private PoolTour() {}

  public static void main(String[] args) {
    try {
      run(args);
    } catch (Throwable e) {
      e.printStackTrace();
      System.out.println("returned");
      // Pools have threads that would keep it alive.
      System.exit(1);
    }
  }

  private static void run(String[] args) throws Exception {
    Target target = new Target(args[0], args[1], args[2]);
    int cycles = Integer.parseInt(args[3]);
    Map<String, Source> sources = new LinkedHashMap<>();
    Map<String, Visit> visits = new LinkedHashMap<>();
    for (int i = 4; i < args.length; i++) {
      Source source = Sources.open(args[i], target);
      sources.put(args[i], source);
      visits.put(args[i], new Visit(args[i], source, target));
    }
    for (Visit visit : visits.values()) {
      visit.setUp();
    }
    while (System.in.available() == 0) {
      for (Visit visit : visits.values()) {
        visit.warm();
      }
      Thread.sleep(5);
    }
    while (System.in.available() > 0) {
      int unused = System.in.read();
    }
    for (Map.Entry<String, Visit> each : visits.entrySet()) {
      each.getValue().tour();
    }
    System.gc();
    for (Map.Entry<String, Visit> each : visits.entrySet()) {
      boolean connects = each.getKey().equals("manager") || each.getKey().equals("plain");
      cycle(each.getKey(), each.getValue(), connects ? cycles / CONNECT_COSTS : cycles);
    }
    System.out.println("returned");
    while (System.in.available() == 0) {
      // Pools that leave statements open leave them to the collector.
      System.gc();
      Thread.sleep(50);
    }
    for (Source source : sources.values()) {
      source.close();
    }
  }

  private static void cycle(String name, Visit visit, int cycles) throws Exception {
    int fifth = cycles / 5 / 100 * 100;
    visit.cycle(0, fifth);
    resources(name, fifth);
    visit.cycle(fifth / 2, cycles - fifth);
    resources(name, cycles);
    visit.end();
  }

  /**
   * What is left when collections find no more. Connector/J keeps what belongs to a connection
   * until a thread of its own has been told that the connection is gone.
   */
  private static long settledHeap() throws InterruptedException {
    long settled = Long.MAX_VALUE;
    int same = 0;
    for (int i = 0; i < COLLECTIONS && same < SAME; i++) {
      System.gc();
      Thread.sleep(20);
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      same = heap < settled - settled / 100 ? 0 : same + 1;
      settled = Math.min(settled, heap);
    }
    return settled;
  }

  private static void resources(String name, int cycles) throws Exception {
    long heap = settledHeap();
    String[] descriptors = new File("/proc/self/fd").list();
    System.out.println(
        "# "
            + name
            + " cycles="
            + cycles
            + " threads="
            + ManagementFactory.getThreadMXBean().getThreadCount()
            + " heap="
            + heap / 1024
            + " descriptors="
            + (descriptors == null ? 0 : descriptors.length));
  }
}
