package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.crash.OldDrivers;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import legacy.differential.RandomCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random calls of every JDBC method, bare and under the agent, have the same outcomes: values,
 * exceptions with class, message, SQLState and vendor code, warnings, and the state of every
 * object.
 *
 * <p>{@code -Drwsplit.it.seed} and {@code -Drwsplit.it.seeds} choose other and more of them.
 */
class SameCallsTest {
  private static final int CALLS = 400;
  private static final Path TABLE = Path.of("../runtime/src/test/resources/jdbc-methods.tsv");

  @TempDir Path directory;

  @OnEveryJdk
  void onSqlite(Jdk jdk) throws Exception {
    long first = Long.getLong("rwsplit.it.seed", 1);
    int seeds = Integer.getInteger("rwsplit.it.seeds", 45);
    System.out.println("random calls on " + jdk + ": seeds " + first + " and " + seeds + " up");
    compare(jdk, System.getProperty("java.class.path"), first, seeds);
    coversTheTable();
  }

  /**
   * The newest of the old drivers, or with {@code -Drwsplit.it.drivers=all} all but that of 2021:
   * its {@code getUpdateCount()} after a query without rows is 0, and under the agent -1; what it
   * has prepared is gone after {@code getMoreResults}, and under the agent goes on. See {@code
   * OldSqliteDriversTest} for that driver.
   */
  @Test
  void onOldDrivers() throws Exception {
    List<String> drivers = OldDrivers.all();
    boolean all = "all".equals(System.getProperty("rwsplit.it.drivers"));
    for (String driver : drivers.subList(all ? 1 : drivers.size() - 1, drivers.size())) {
      System.out.println("random calls on " + driver);
      compare(Jdk.own(), OldDrivers.classPath(driver), 1, all ? 45 : 10);
      for (String run : List.of("bare", "agent")) {
        Files.move(
            directory.resolve(run),
            directory.resolve(run + " of " + Path.of(driver).getFileName()));
      }
    }
  }

  private void compare(Jdk jdk, String classPath, long first, int seeds) throws Exception {
    List<String> bare;
    try (ForkedJvm app = program(jdk, classPath, "bare", first, seeds, new ForkedJvm.Builder())) {
      assertEquals(0, app.exitCode(300), app::transcript);
      bare = app.out();
    }
    File[] replicas = {file("agent", "replica1.db"), file("agent", "replica2.db")};
    ForkedJvm.Builder split = new ForkedJvm.Builder().split(file("agent", "program.db"), replicas);
    try (ForkedJvm app = program(jdk, classPath, "agent", first, seeds, split)) {
      assertEquals(0, app.exitCode(300), app::transcript);
      Transcripts.assertSame(bare, app.out(), "seeds from " + first);
      assertFalse(app.saysFault(), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > seeds * 20L, () -> ExitTable.of(app).toString());
    }
  }

  /** The database's path is no part of any outcome, so each run has its own. */
  private ForkedJvm program(
      Jdk jdk, String classPath, String name, long first, int seeds, ForkedJvm.Builder builder)
      throws Exception {
    Files.createDirectory(directory.resolve(name));
    File master = file(name, "program.db");
    Databases.make(master, "PRAGMA journal_mode=WAL", "CREATE TABLE seedling(a)");
    Object[] arguments = {
      "SQLITE", "jdbc:sqlite:" + master, first, seeds, CALLS, file(name, "counts")
    };
    return builder.on(jdk).main(classPath, RandomCalls.class.getName(), arguments).start();
  }

  /** Every method was called, on what a replica had served where that is what its row is about. */
  private void coversTheTable() throws Exception {
    Map<String, long[]> counts = new HashMap<>();
    for (String line : Files.readAllLines(file("agent", "counts").toPath())) {
      String[] fields = line.split("\t", -1);
      counts.put(fields[0], new long[] {Long.parseLong(fields[1]), Long.parseLong(fields[2])});
    }
    List<String> missing = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      // sqlite-jdbc makes no callable statements.
      if (!line.startsWith("#") && !line.startsWith("CallableStatement.")) {
        String method = line.split("\t", -1)[0];
        long[] count = counts.getOrDefault(method, new long[2]);
        if (count[0] == 0 || (method.startsWith("ResultSet.") && count[1] == 0)) {
          missing.add(method + " " + count[0] + " times, " + count[1] + " on a replica's");
        }
      }
    }
    assertTrue(missing.isEmpty(), missing::toString);
  }

  private File file(String run, String name) {
    return directory.resolve(run).resolve(name).toFile();
  }
}
