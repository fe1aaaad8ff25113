package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import legacy.HelloSqlite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstLightTest {
  @TempDir Path directory;

  @Test
  void withoutConfigurationTheAgentIsSilent() throws Exception {
    File master = directory.resolve("bare.db").toFile();
    try (ForkedJvm app =
        new ForkedJvm.Builder().agent().main(HelloSqlite.class, "jdbc:sqlite:" + master).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(Collections.singletonList("hello"), app.out(), app::transcript);
      assertTrue(app.err().isEmpty(), app::transcript);
    }
  }

  @Test
  void underTheAgentTheOutputIsTheSame() throws Exception {
    File master = directory.resolve("master.db").toFile();
    File replica = directory.resolve("replica.db").toFile();
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .split(master, replica)
            .main(HelloSqlite.class, "jdbc:sqlite:" + master)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(Collections.singletonList("hello"), app.out(), app::transcript);
      assertTrue(
          app.err().stream().anyMatch(line -> line.contains("4 statements")), app::transcript);
    }
  }
}
