package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import legacy.differential.RandomCalls;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random calls of every JDBC method on real servers, bare and under the agent, have the same
 * outcomes: values, exceptions with class, message, SQLState and vendor code, warnings, and the
 * state of every object. {@code legacy.differential.CallSite} names what is left out, and why.
 *
 * <p>Callable statements call routines that tell which server runs them: each outcome equals the
 * bare driver's only on the master.
 *
 * <p>{@code -Drwsplit.it.seed} and {@code -Drwsplit.it.seeds} choose other and more of them.
 */
class SameCallsOnServersTest {
  private static final int CALLS = 400;
  private static final int DEADLINE_SECONDS = 300;
  private static final Path TABLE = Path.of("../runtime/src/test/resources/jdbc-methods.tsv");

  /** Only on statements that have not run yet, see {@code CallSite.isLeftOut}. */
  private static final Pattern SELDOM_ON_MYSQL =
      Pattern.compile("\\w+\\.(execute\\w*|closeOnCompletion|getGeneratedKeys)\\(.*\\)");

  @TempDir Path directory;

  @Test
  void onPostgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    sameCalls("POSTGRES", cluster, cluster.url() + "?user=app&password=app");
  }

  @Test
  void onMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    cluster.allowRoutines();
    sameCalls("MARIADB", cluster, cluster.appUrl() + "&user=app&password=app");
  }

  @Test
  @Tag("mysql")
  void onMysql() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    cluster.allowRoutines();
    sameCalls("MYSQL", cluster, cluster.appUrl() + "&user=app&password=app");
  }

  private static final Pattern PG_BYTES =
      Pattern.compile("(ResultSet\\.get(?:Bytes|BinaryStream)\\(\\w+\\) .* =>) (?:stream )?\\[.*");

  private void sameCalls(String engine, ServerCluster cluster, String url) throws Exception {
    long first = Long.getLong("rwsplit.it.seed", 1);
    int seeds = Integer.getInteger("rwsplit.it.seeds", 40);
    System.out.println("random calls, " + engine + ": seeds " + first + " and " + seeds + " up");
    List<String> bare;
    try (ForkedJvm app = start(engine, new ForkedJvm.Builder(), url, first, seeds)) {
      assertEquals(0, app.exitCode(DEADLINE_SECONDS), app::transcript);
      bare = comparable(engine, app.out());
    }
    cluster.awaitReplicas();
    // Reads wait for their replica, so that many of them are served by it.
    ForkedJvm.Builder split =
        cluster.split(new ForkedJvm.Builder()).property("rwsplit.consistency.wait", "5s");
    try (ForkedJvm app = start(engine, split, url, first, seeds)) {
      assertEquals(0, app.exitCode(DEADLINE_SECONDS), app::transcript);
      Transcripts.assertSame(bare, comparable(engine, app.out()), engine + ", seeds from " + first);
      assertFalse(app.saysFault(), app::transcript);
      ExitTable table = ExitTable.of(app);
      System.out.println(bare.size() + " lines, " + table.onReplicas() + " reads on the replica");
      assertTrue(table.onReplicas() > seeds * 4L, table::toString);
    }
    coversTheTable(engine);
  }

  private ForkedJvm start(
      String engine, ForkedJvm.Builder builder, String url, long first, int seeds)
      throws Exception {
    Path counts = directory.resolve("counts");
    return builder.main(RandomCalls.class, engine, url, first, seeds, CALLS, counts).start();
  }

  /**
   * Without the number of the connection, which MariaDB's driver puts into every message; and
   * without pgjdbc's message about a value that cannot be had as what was asked for, which is one
   * for a value sent as text and another for one sent in binary: it asks for binary from the fifth
   * execution of a text on a connection, and a replica's connection has counts of its own. For the
   * same reason the bytes of a number are those of its text or its own.
   */
  static List<String> comparable(String engine, List<String> lines) {
    List<String> comparable = new ArrayList<>();
    for (String line : lines) {
      String text = line.replaceAll("\\(conn=\\d+\\)", "(conn=n)");
      // MySQL's driver makes up names of savepoints.
      text = text.replaceAll("SAVEPOINT \\w{36} ", "SAVEPOINT s ");
      if (engine.equals("POSTGRES")) {
        text = PG_BYTES.matcher(text).replaceFirst("$1 bytes");
      }
      comparable.add(
          text.replaceAll(
              "PSQLException: (Bad value for type|Cannot convert the column of type) .*",
              "PSQLException: (no such conversion)"));
    }
    return comparable;
  }

  /** Every method was called; the counts are of the run under the agent, which came last. */
  private void coversTheTable(String engine) throws Exception {
    Map<String, Long> counts = new HashMap<>();
    for (String line : Files.readAllLines(directory.resolve("counts"))) {
      String[] fields = line.split("\t", -1);
      counts.put(fields[0], Long.parseLong(fields[1]));
    }
    List<String> missing = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      String method = line.split("\t", -1)[0];
      boolean rare = engine.equals("MYSQL") && SELDOM_ON_MYSQL.matcher(method).matches();
      if (!line.startsWith("#") && !rare && counts.getOrDefault(method, 0L) == 0) {
        missing.add(method);
      }
    }
    assertTrue(missing.isEmpty(), missing::toString);
  }
}
