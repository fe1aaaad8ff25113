package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.isolation.DriverMembers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent does without a configuration, switched off, and with a wrong one. */
class ConfigurationTest {
  private static final List<String> UNTOUCHED = List.of("row true", "foreign members []");

  @TempDir Path directory;

  private File master() {
    return directory.resolve("master.db").toFile();
  }

  private ForkedJvm.Builder app(Jdk jdk) {
    return new ForkedJvm.Builder().on(jdk).main(DriverMembers.class, "jdbc:sqlite:" + master());
  }

  private static void assertUntouched(ForkedJvm.Builder builder) throws Exception {
    try (ForkedJvm app = builder.start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(UNTOUCHED, app.out(), app::transcript);
      assertEquals(List.of(), app.err(), app::transcript);
    }
  }

  @OnEveryJdk
  void bareTheDriverIsTheDriver(Jdk jdk) throws Exception {
    assertUntouched(app(jdk));
  }

  @OnEveryJdk
  void withoutConfigurationNothingIsWoven(Jdk jdk) throws Exception {
    assertUntouched(app(jdk).agent());
  }

  @OnEveryJdk
  void switchedOffNothingIsWoven(Jdk jdk) throws Exception {
    assertUntouched(
        app(jdk)
            .split(master(), directory.resolve("replica.db").toFile())
            .property("rwsplit.enabled", "false"));
    assertFalse(directory.resolve("replica.db").toFile().exists());
  }

  @OnEveryJdk
  void configuredTheDriverIsWoven(Jdk jdk) throws Exception {
    try (ForkedJvm app =
        app(jdk).split(master(), directory.resolve("replica.db").toFile()).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertNotEquals(UNTOUCHED, app.out(), app::transcript);
    }
  }

  private ForkedJvm.Builder wrong(Jdk jdk) {
    return app(jdk)
        .split(master(), master())
        .property("rwsplit.strategy", "fastest")
        .property("rwsplit.lag.max", "10")
        .property("rwsplit.pool.replica.max", "none")
        .property("rwsplit.replicas.password", "s3cret-of-ours");
  }

  @OnEveryJdk
  void fiveWrongSettingsAreFiveFaultsInOneReport(Jdk jdk) throws Exception {
    try (ForkedJvm app = wrong(jdk).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(UNTOUCHED, app.out(), app::transcript);
      List<String> err = app.err();
      assertTrue(err.get(0).contains("5 faults"), app::transcript);
      assertEquals(6, err.size(), app::transcript);
      for (String name :
          List.of("replicas", "strategy", "lag.max", "pool.replica.max", "replicas.password")) {
        assertEquals(
            1,
            err.stream()
                .filter(line -> line.matches(".* \\d\\. rwsplit\\." + name + " .*"))
                .count(),
            () -> name + "\n" + app.transcript());
      }
      assertFalse(app.transcript().contains("s3cret"), app::transcript);
    }
  }

  @OnEveryJdk
  void strictRefusesToStart(Jdk jdk) throws Exception {
    try (ForkedJvm app = wrong(jdk).property("rwsplit.strict", "true").start()) {
      assertNotEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of(), app.out(), app::transcript);
      assertTrue(app.err().get(0).contains("5 faults"), app::transcript);
      assertFalse(app.transcript().contains("s3cret"), app::transcript);
    }
  }

  @OnEveryJdk
  void environmentVariablesConfigureToo(Jdk jdk) throws Exception {
    try (ForkedJvm app =
        app(jdk)
            .agent()
            .environment("RWSPLIT_MASTER", "jdbc:sqlite:" + master())
            .environment("RWSPLIT_REPLICAS", "jdbc:sqlite:" + directory.resolve("replica.db"))
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(ExitTable.of(app).onMaster() > 0, app::transcript);
    }
  }

  @Test
  void jdksAreNamed() {
    System.out.println("JDKs of these tests: " + Jdk.all());
    assertTrue(Jdk.own().isFound());
  }
}
