package io.rwsplit.it.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Drivers;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import io.rwsplit.it.crash.OldDrivers;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.compat.Jdbc3Calls;
import legacy.compat.OpenResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * sqlite-jdbc of ten and more years ago. That of 3.7.2 is of JDBC 3: it knows neither {@code
 * isValid} nor {@code isClosed} of statements and results.
 */
class OldSqliteDriversTest {
  private static final int ROUNDS = 40;
  private static final int PAUSE_MILLIS = 40;

  private static final String FINALIZED = "The prepared statement has been finalized";

  @TempDir Path directory;

  private interface Program {
    ForkedJvm.Builder of(ForkedJvm.Builder jvm, String url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.7.2", "3.8.11.2"})
  void sameOutputAndReadsOnReplicas(String version) throws Exception {
    String classPath = Drivers.classPathWith("sqlite-jdbc", version);
    // Of fifty reads a round.
    compare(
        classPath,
        10 * ROUNDS,
        (jvm, url) ->
            jvm.main(
                classPath,
                Jdbc3Calls.class.getName(),
                url,
                "org.sqlite.JDBC",
                ROUNDS,
                PAUSE_MILLIS));
  }

  /** They stay open when their connection is closed, and refuse rows then. */
  @Test
  void openResultsOf2021() throws Exception {
    openResults(OldDrivers.classPath(OldDrivers.all().get(0)));
  }

  @Test
  void openResultsOf2015() throws Exception {
    openResults(Drivers.classPathWith("sqlite-jdbc", "3.8.11.2"));
  }

  private void openResults(String classPath) throws Exception {
    // Of seven reads a round.
    ExitTable table =
        compare(
            classPath,
            3 * ROUNDS,
            (jvm, url) ->
                jvm.main(classPath, OpenResults.class.getName(), url, ROUNDS, PAUSE_MILLIS));
    assertEquals(0, table.onMaster("a replica failed"), table::toString);
  }

  private ExitTable compare(String classPath, int onReplicas, Program program) throws Exception {
    List<String> bare;
    try (ForkedJvm app = program.of(new ForkedJvm.Builder(), url("bare.db")).start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      bare = comparable(app);
    }
    File master = directory.resolve("master.db").toFile();
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                master,
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile())
            .property("rwsplit.consistency.wait", "5s");
    try (ForkedJvm app = program.of(split, url("master.db")).start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      Transcripts.assertSame(bare, comparable(app), classPath);
      ExitTable table = ExitTable.of(app);
      // The replicas take a moment to come.
      assertTrue(table.onReplicas() > onReplicas, table::toString);
      assertFalse(app.saysFault(), app::transcript);
      assertFalse(app.transcript().contains("PoolBase"), app::transcript);
      return table;
    }
  }

  /** They add what the database says, which is gone; a replica's is not. */
  private static List<String> comparable(ForkedJvm app) {
    List<String> lines = app.out();
    lines.replaceAll(
        line ->
            line.replace("The database has been closed", FINALIZED)
                .replaceAll("(Library used incorrectly) \\(.*\\)", "$1"));
    return lines;
  }

  private String url(String file) {
    return "jdbc:sqlite:" + directory.resolve(file);
  }
}
