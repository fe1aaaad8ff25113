package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.proof.Shares;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights, tags, zones, shares and speed, told by the names in the files that serve. */
class BalancingTest {
  private static final String PLAIN = "SELECT name FROM marker";
  private static final String ASKS = "SELECT name FROM marker /* rwsplit:replica=Reports */";
  private static final Pattern COUNT = Pattern.compile("([a-z0-9]+)\\.db=(\\d+)");

  /** Some milliseconds of work for each read. */
  private static final String EXPENSIVE =
      "CREATE VIEW seen AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x <"
          + " 20000) SELECT name FROM marker WHERE (SELECT max(x) FROM c) > 0";

  @TempDir Path directory;

  private File make(String name, String... statements) throws Exception {
    List<String> all =
        new ArrayList<>(
            Arrays.asList(
                "CREATE TABLE marker(name TEXT)", "INSERT INTO marker VALUES ('" + name + "')"));
    all.addAll(Arrays.asList(statements));
    return Databases.make(directory.resolve(name).toFile(), all.toArray(new String[0]));
  }

  private ForkedJvm start(File[] replicas, String[] properties, String... todo) throws Exception {
    File master = make("master.db", "CREATE VIEW seen AS SELECT name FROM marker");
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .split(master, replicas)
            .property("rwsplit.replication", "off")
            .property("rwsplit.pool.replica.max", "4")
            .property("rwsplit.pool.replica.min-idle", "4");
    for (int i = 0; i < properties.length; i += 2) {
      builder.property(properties[i], properties[i + 1]);
    }
    List<Object> arguments = new ArrayList<>();
    arguments.add("jdbc:sqlite:" + master + "?busy_timeout=50");
    arguments.addAll(Arrays.asList(todo));
    return builder.main(Shares.class, arguments.toArray()).start();
  }

  private static Map<String, Map<String, Integer>> counts(ForkedJvm app) throws Exception {
    assertEquals(0, app.exitCode(120), app::transcript);
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (String line : app.out()) {
      Map<String, Integer> count = new HashMap<>();
      Matcher matcher = COUNT.matcher(line);
      while (matcher.find()) {
        count.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
      }
      counts.put(line.substring(0, line.indexOf(' ')), count);
    }
    return counts;
  }

  private static void assertNear(Map<String, Integer> found, double tolerance, Object... expected) {
    int sum = 0;
    for (int i = 0; i < expected.length; i += 2) {
      int count = found.getOrDefault(expected[i], 0);
      assertEquals((Integer) expected[i + 1], count, tolerance, found.toString());
      sum += count;
    }
    assertEquals(found.values().stream().mapToInt(n -> n).sum(), sum, found.toString());
  }

  @Test
  void weightsAndTagsHold() throws Exception {
    File[] replicas = {make("r1.db"), make("r2.db"), make("r3.db"), make("r4.db")};
    String[] properties = {
      "rwsplit.strategy",
      "weighted_round_robin",
      "rwsplit.replicas.weight",
      "1,2,5,0",
      "rwsplit.replicas.tags",
      ",,nightly,reports+nightly",
      "rwsplit.tagged.sql",
      "reports=count\\(;nightly=/\\* night",
    };
    try (ForkedJvm app =
        start(
            replicas,
            properties,
            "await 3",
            PLAIN,
            "await 1",
            ASKS,
            "reads plain 800",
            PLAIN,
            "left left 800",
            PLAIN,
            "reads comment 50",
            ASKS,
            "reads rule 50",
            "SELECT max(name) FROM marker HAVING count(*) > 0",
            "reads several 600",
            "SELECT name FROM marker /* nightly */",
            "reads unknown 80",
            "SELECT name FROM marker /* rwsplit:replica=nobody */")) {
      Map<String, Map<String, Integer>> counts = counts(app);
      assertNear(counts.get("plain"), 6, "r1", 100, "r2", 200, "r3", 500);
      assertNear(counts.get("left"), 6, "r1", 100, "r2", 200, "r3", 500);
      assertNear(counts.get("comment"), 0, "r4", 50);
      assertNear(counts.get("rule"), 0, "r4", 50);
      assertNear(counts.get("several"), 6, "r3", 500, "r4", 100);
      assertNear(counts.get("unknown"), 4, "r1", 10, "r2", 20, "r3", 50);
      assertTrue(
          app.err().stream().anyMatch(l -> l.matches(".*replica4: in .*; weight 0; tags.*")),
          app::transcript);
    }
  }

  @Test
  void theMasterTakesItsShareAndChanceFollowsWeights() throws Exception {
    File[] replicas = {make("r1.db"), make("r2.db")};
    String[] properties = {
      "rwsplit.strategy", "random",
      "rwsplit.replicas.weight", "1,3",
      "rwsplit.replicas.tags", "reports,",
      "rwsplit.read.master-share", "20"
    };
    try (ForkedJvm app =
        start(
            replicas,
            properties,
            "await 2",
            PLAIN,
            "reads plain 2000",
            PLAIN,
            "reads asks 50",
            ASKS)) {
      Map<String, Map<String, Integer>> counts = counts(app);
      // Chance has a standard deviation of 17; the master's part has none.
      assertNear(counts.get("plain"), 110, "master", 400, "r1", 400, "r2", 1200);
      assertEquals(400, counts.get("plain").get("master"), 4);
      assertNear(counts.get("asks"), 0, "r1", 50);
      long share = ExitTable.of(app).onMaster("the master's share of reads");
      assertTrue(share >= 396, app::transcript);
    }
  }

  @Test
  void theOwnZoneGoesFirstAndItsReplicaReturnsSlowly() throws Exception {
    File[] replicas = {make("r1.db"), make("r2.db")};
    String[] properties = {
      "rwsplit.zone", "a",
      "rwsplit.replicas.zone", "a,b",
      "rwsplit.health.interval", "50ms",
      "rwsplit.health.observation", "300ms",
      "rwsplit.health.slow-start", "1h"
    };
    try (ForkedJvm app =
        start(
            replicas,
            properties,
            "await 1",
            PLAIN,
            "reads own 100",
            PLAIN,
            "pause 1",
            "await 1",
            "SELECT name FROM marker /* rwsplit:replica=replica2 */",
            "reads other 100",
            PLAIN,
            "pause 2",
            "reads back 1000",
            PLAIN)) {
      app.awaitOut("paused 1"::equals, 120);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + replicas[0]);
          Statement statement = connection.createStatement()) {
        // It is not in WAL mode: nobody can read it now.
        statement.executeUpdate("BEGIN EXCLUSIVE");
        app.awaitErr(line -> line.contains("replica1: out of service"), 120);
        app.tell("go");
        app.awaitOut("paused 2"::equals, 120);
        long in = app.err().stream().filter(l -> l.endsWith("replica1: in service")).count();
        assertEquals(1, in, app::transcript);
        statement.executeUpdate("COMMIT");
      }
      int[] seen = {0};
      app.awaitErr(line -> line.endsWith("replica1: in service") && ++seen[0] == 2, 120);
      app.tell("go");
      Map<String, Map<String, Integer>> counts = counts(app);
      assertNear(counts.get("own"), 0, "r1", 100);
      assertNear(counts.get("other"), 0, "r2", 100);
      assertNear(counts.get("back"), 60, "r1", 100, "r2", 900);
    }
  }

  @Test
  void responseTimePrefersTheFaster() throws Exception {
    File[] replicas = {
      make("r1.db", "CREATE VIEW seen AS SELECT name FROM marker"), make("r2.db", EXPENSIVE)
    };
    String[] properties = {"rwsplit.strategy", "response_time"};
    String sql = "SELECT name FROM seen";
    try (ForkedJvm app =
        start(replicas, properties, "await 2", sql, "reads warm 300", sql, "reads part 600", sql)) {
      Map<String, Integer> part = counts(app).get("part");
      assertTrue(part.getOrDefault("r1", 0) > 450, app::transcript);
      assertTrue(part.getOrDefault("r2", 0) >= 20, app::transcript);
      assertTrue(
          app.err().stream().anyMatch(l -> l.contains(" ms to the first row")), app::transcript);
    }
  }

  @Test
  void adaptiveAvoidsTheBusyAndTheSlow() throws Exception {
    String quick = "CREATE VIEW seen AS SELECT name FROM marker";
    File[] replicas = {make("r1.db", quick), make("r2.db", EXPENSIVE), make("r3.db", quick)};
    String[] properties = {"rwsplit.strategy", "adaptive"};
    String sql = "SELECT name FROM seen";
    try (ForkedJvm app =
        start(
            replicas,
            properties,
            "await 3",
            sql,
            "reads warm 300",
            sql,
            "reads idle 600",
            sql,
            "hold 3",
            "SELECT name FROM marker /* rwsplit:replica=replica1 */",
            "reads busy 600",
            sql)) {
      Map<String, Map<String, Integer>> counts = counts(app);
      assertTrue(counts.get("idle").getOrDefault("r2", 0) < 150, app::transcript);
      Map<String, Integer> busy = counts.get("busy");
      // The busy one is still better than the slow one, with which it is drawn in a third of cases.
      // Times of some microseconds are noisy, so that the exact parts are ChooserTest's affair.
      assertTrue(busy.getOrDefault("r3", 0) > busy.getOrDefault("r1", 0), app::transcript);
    }
  }
}
