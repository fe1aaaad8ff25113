package io.rwsplit.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Jdk;
import io.rwsplit.it.OnEveryJdk;
import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import legacy.jvm.Forgets;
import legacy.jvm.Loaders;
import legacy.jvm.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime starts with the first class of a driver, or a moment after the JVM. */
class LateStartTest {
  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private ForkedJvm.Builder split() {
    return new ForkedJvm.Builder().split(file("master.db"), file("replica.db"));
  }

  /** Whoever has no driver yet, or none that is known, hears of mistakes all the same. */
  @Test
  void aMistakeIsSaidWithoutADriver() throws Exception {
    try (ForkedJvm app = split().property("rwsplit.lag.max", "7").main(Waits.class).start()) {
      app.awaitOut("waits"::equals, 120);
      app.awaitErr(line -> line.contains("rwsplit.lag.max"), 120);
      app.tell("");
      assertEquals(0, app.exitCode(120), app::transcript);
    }
  }

  @Test
  void settingsAreThoseOfTheStart() throws Exception {
    try (ForkedJvm app = split().main(Forgets.class, "jdbc:sqlite:" + file("master.db")).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of("hello"), app.out(), app::transcript);
      assertEquals(4, statements(app), app::transcript);
    }
  }

  /** One of the threads starts the runtime, and no other passes it. */
  @OnEveryJdk
  void driversThatAreLoadedAtOnceAreAllWoven(Jdk jdk) throws Exception {
    Databases.make(file("master.db"), "CREATE TABLE t (id INTEGER PRIMARY KEY)");
    try (ForkedJvm app =
        split().on(jdk).main(Loaders.class, "jdbc:sqlite:" + file("master.db")).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(Collections.nCopies(6, "read 1"), app.out(), app::transcript);
      assertEquals(6, statements(app), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
  }

  private static long statements(ForkedJvm app) {
    ExitTable table = ExitTable.of(app);
    assertTrue(table.onMaster() >= 0, app::transcript);
    return table.onMaster() + table.onReplicas();
  }
}
