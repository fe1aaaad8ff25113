package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.proof.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strategies over three replicas, told by the markers in their files. */
class StrategyTest {
  private static final int READS = 300;
  private static final Pattern COUNT = Pattern.compile("([a-z0-9]+)\\.db=(\\d+)");

  @TempDir Path directory;

  /**
   * Runs {@link Spread}; what it printed, by the first word of the line.
   *
   * @param names how many replicas serve while all are idle
   */
  private Map<String, Map<String, Integer>> run(
      String strategy, int poolMax, int holders, int names) throws Exception {
    File master = Databases.makeMarked(directory.resolve("master.db").toFile());
    File[] replicas = new File[3];
    for (int i = 0; i < replicas.length; i++) {
      replicas[i] = Databases.makeMarked(directory.resolve("r" + (i + 1) + ".db").toFile());
    }
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .split(master, replicas)
            .property("rwsplit.replication", "off")
            .property("rwsplit.strategy", strategy)
            .property("rwsplit.pool.replica.max", Integer.toString(poolMax))
            .main(Spread.class, "jdbc:sqlite:" + master, READS, holders, names)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      Map<String, Map<String, Integer>> counts = new HashMap<>();
      for (String line : app.out()) {
        Map<String, Integer> count = new HashMap<>();
        Matcher matcher = COUNT.matcher(line);
        while (matcher.find()) {
          count.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
        }
        counts.put(line.substring(0, line.indexOf(' ')), count);
        if (line.startsWith("took ")) {
          assertTrue(Long.parseLong(line.substring(5)) < 20_000, line);
        }
      }
      assertEquals(
          4, app.out().stream().filter(l -> l.matches("nested \\d true")).count(), app::transcript);
      return counts;
    }
  }

  private static int of(Map<String, Map<String, Integer>> counts, String what, String who) {
    return counts.get(what).getOrDefault(who, 0);
  }

  @Test
  void roundRobinGoesInTurn() throws Exception {
    Map<String, Map<String, Integer>> counts = run("round_robin", 5, 0, 3);
    for (String replica : new String[] {"r1", "r2", "r3"}) {
      assertEquals(READS / 3, of(counts, "reads", replica), 3, counts::toString);
    }
  }

  @Test
  void randomHasEqualChances() throws Exception {
    Map<String, Map<String, Integer>> counts = run("random", 5, 0, 3);
    for (String replica : new String[] {"r1", "r2", "r3"}) {
      // Six standard deviations (8.2) around the mean.
      assertEquals(READS / 3, of(counts, "reads", replica), 50, counts::toString);
    }
  }

  @Test
  void priorityTakesTheFirst() throws Exception {
    Map<String, Map<String, Integer>> counts = run("priority", 5, 2, 1);
    assertEquals(READS, of(counts, "reads", "r1"), counts::toString);
    // While the pool of the first grows, the others help out.
    assertTrue(of(counts, "held", "r1") > 0, counts::toString);
    assertEquals(0, of(counts, "while", "master"), counts::toString);
    assertEquals(READS, of(counts, "afterwards", "r1"), counts::toString);
  }

  @Test
  void leastConnectionsAvoidsWhatIsInUse() throws Exception {
    Map<String, Map<String, Integer>> counts = run("least_connections", 5, 2, 3);
    assertEquals(2, counts.get("held").size(), counts::toString);
    assertEquals(1, counts.get("while").size(), counts::toString);
    for (String busy : counts.get("held").keySet()) {
      assertEquals(0, of(counts, "while", busy), counts::toString);
    }
  }

  @Test
  void anExhaustedPoolIsTheMastersTurn() throws Exception {
    Map<String, Map<String, Integer>> counts = run("round_robin", 1, 5, 3);
    assertEquals(READS, counts.get("reads").values().stream().mapToInt(n -> n).sum());
    assertEquals(0, of(counts, "reads", "master"), counts::toString);
    assertEquals(2, of(counts, "held", "master"), counts::toString);
    assertEquals(READS, of(counts, "while", "master"), counts::toString);
    assertEquals(0, of(counts, "afterwards", "master"), counts::toString);
  }
}
