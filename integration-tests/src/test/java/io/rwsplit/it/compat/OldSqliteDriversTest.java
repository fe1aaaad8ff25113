package io.rwsplit.it.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Drivers;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.compat.Jdbc3Calls;
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

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"3.7.2", "3.8.11.2"})
  void sameOutputAndReadsOnReplicas(String version) throws Exception {
    String classPath = Drivers.classPathWith("sqlite-jdbc", version);
    List<String> bare;
    try (ForkedJvm app = program(new ForkedJvm.Builder(), classPath, "bare.db").start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      bare = app.out();
    }
    File master = directory.resolve("master.db").toFile();
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                master,
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile())
            .property("rwsplit.consistency.wait", "5s");
    try (ForkedJvm app = program(split, classPath, "master.db").start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      Transcripts.assertSame(bare, app.out(), "sqlite-jdbc " + version);
      ExitTable table = ExitTable.of(app);
      // The replicas take a moment to come; of fifty reads a round.
      assertTrue(table.onReplicas() > 10 * ROUNDS, table::toString);
      assertFalse(app.saysFault(), app::transcript);
      assertFalse(app.transcript().contains("PoolBase"), app::transcript);
    }
  }

  private ForkedJvm.Builder program(ForkedJvm.Builder jvm, String classPath, String file) {
    String url = "jdbc:sqlite:" + directory.resolve(file);
    return jvm.main(
        classPath, Jdbc3Calls.class.getName(), url, "org.sqlite.JDBC", ROUNDS, PAUSE_MILLIS);
  }
}
