package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import legacy.isolation.DriverMembers;
import legacy.isolation.Environment;
import legacy.isolation.ExitsWithHook;
import legacy.isolation.WarLike;
import legacy.proof.MarkerReads;
import org.junit.jupiter.api.io.TempDir;

/** The agent and the application keep out of each other's way. */
class IsolationTest {
  @TempDir Path directory;

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private ForkedJvm.Builder environment(Jdk jdk) {
    return new ForkedJvm.Builder()
        .on(jdk)
        .property("hikaricp.configurationFile", "/nonexistent.properties")
        .property("slf4j.provider", "org.slf4j.nop.NOPServiceProvider")
        .property("org.slf4j.simpleLogger.defaultLogLevel", "trace")
        .property("org.slf4j.simpleLogger.logFile", "System.out");
  }

  /** SQLite's driver only: others initialise java.util.logging as soon as they are loaded. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(IsolationTest::isNeeded)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isNeeded(String entry) {
    String name = new File(entry).getName();
    return new File(entry).isDirectory()
        || name.startsWith("sqlite-jdbc-")
        || name.startsWith("slf4j-");
  }

  @OnEveryJdk
  void theJvmLooksTheSame(Jdk jdk) throws Exception {
    String url = "jdbc:sqlite:" + file("master.db");
    List<String> bare;
    List<String> bareErrors;
    try (ForkedJvm app =
        environment(jdk).main(classPath(), Environment.class.getName(), url).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
      assertTrue(bare.contains("log manager " + Environment.OwnLogManager.class.getName()));
      bareErrors = app.err();
    }
    try (ForkedJvm app =
        environment(jdk)
            .split(file("master.db"), file("replica.db"))
            .main(classPath(), Environment.class.getName(), url)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(String.join("\n", bare), String.join("\n", app.out()), app::transcript);
      assertEquals(
          bareErrors,
          app.err().stream().filter(line -> !line.startsWith("[rwsplit] ")).toList(),
          app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
    }
  }

  @OnEveryJdk
  void exitAndShutdownHooksWorkAsEver(Jdk jdk) throws Exception {
    File master = Databases.makeMarked(file("master.db"));
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .split(master, file("replica.db"))
            .main(ExitsWithHook.class, "jdbc:sqlite:" + master)
            .start()) {
      assertEquals(7, app.exitCode(120), app::transcript);
      assertEquals(List.of("hook done"), app.out(), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
    assertEquals(List.of("201"), Databases.rows(master, "SELECT COUNT(*) FROM ledger"));
  }

  @OnEveryJdk
  void theDriverMayBeInAChildLoader(Jdk jdk) throws Exception {
    for (String name : List.of("master.db", "other.db", "replica1.db", "replica2.db")) {
      Databases.makeMarked(file(name));
    }
    Files.createSymbolicLink(directory.resolve("link.db"), file("master.db").toPath());
    Files.createDirectory(directory.resolve("sub"));
    File launcher = jar("launcher.jar", WarLike.class, null);
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .directory(directory.toFile())
            .split(file("master.db"), file("replica1.db"), file("replica2.db"))
            .property("rwsplit.replication", "off")
            .main(
                launcher.getPath(),
                WarLike.class.getName(),
                System.getProperty("java.class.path"),
                MarkerReads.class.getName())
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals("driver of the child true", app.out().get(0), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > 900, app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
    assertEquals(List.of("70"), Databases.rows(file("master.db"), "SELECT COUNT(*) FROM ledger"));
    assertEquals(List.of("0"), Databases.rows(file("replica1.db"), "SELECT COUNT(*) FROM ledger"));
  }

  @OnEveryJdk
  void anotherAgentMayComeBeforeOrAfter(Jdk jdk) throws Exception {
    File other = jar("other-agent.jar", OtherAgent.class, OtherAgent.class.getName());
    File master = file("master.db");
    for (boolean first : new boolean[] {true, false}) {
      ForkedJvm.Builder builder = new ForkedJvm.Builder().on(jdk);
      String option = "-javaagent:" + other;
      if (first) {
        // The builder puts our agent in front of what it has.
        builder.split(master, file("replica.db")).option(option);
      } else {
        builder.option(option).option("-javaagent:" + ForkedJvm.AGENT_JAR);
        builder
            .property("rwsplit.master", "jdbc:sqlite:" + master)
            .property("rwsplit.replicas", "jdbc:sqlite:" + file("replica.db"));
      }
      try (ForkedJvm app =
          builder
              .option("-Xshare:auto")
              .main(DriverMembers.class, "jdbc:sqlite:" + master)
              .start()) {
        assertEquals(0, app.exitCode(120), app::transcript);
        assertEquals("row true", app.out().get(0), app::transcript);
        assertTrue(app.out().get(1).contains("rwsplit$hook"), app::transcript);
        assertEquals(2, app.out().size(), app::transcript);
        assertTrue(ExitTable.of(app).onMaster() >= 2, app::transcript);
      }
    }
  }

  /** A jar with one class, nested ones included, as an agent when a premain class is named. */
  private File jar(String name, Class<?> type, String premain) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (premain != null) {
      manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), premain);
      manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
    }
    File file = file(name);
    try (JarOutputStream out =
        new JarOutputStream(Files.newOutputStream(file.toPath()), manifest)) {
      for (String suffix : List.of("", "$1")) {
        String entry = type.getName().replace('.', '/') + suffix + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
          if (in != null) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
            out.closeEntry();
          }
        }
      }
    }
    return file;
  }
}
