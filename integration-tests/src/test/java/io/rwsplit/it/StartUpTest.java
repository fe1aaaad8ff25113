package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import legacy.Hello;
import legacy.HelloSqlite;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a starting JVM loads because of the agent. Start-up is mostly the loading, verifying and
 * interpreting of classes, and the list of them is the same on a slow machine.
 */
class StartUpTest {
  /** Classes of the jar for a program that never connects. */
  private static final Set<String> FOR_HELLO =
      Set.of("io.rwsplit.agent.Agent", "io.rwsplit.agent.DriverWatch");

  /**
   * Classes of the jar for a program of four statements, replication and pools included: 514 where
   * the read stays on the master, some twenty more where a replica is there in time.
   */
  private static final int FOR_ONE_READ = 540;

  @TempDir Path directory;

  private File master() {
    return directory.resolve("master.db").toFile();
  }

  private ForkedJvm.Builder configured() {
    return new ForkedJvm.Builder().split(master(), directory.resolve("replica.db").toFile());
  }

  /** The names of all classes that the application's JVM has loaded. */
  private Set<String> loaded(Jdk jdk, ForkedJvm.Builder builder) throws Exception {
    Path log = Files.createTempFile(directory, "classes", ".log");
    try (ForkedJvm app =
        builder.on(jdk).option("-Xlog:class+load=info:file=" + log + ":none").start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(List.of("hello"), app.out(), app::transcript);
    }
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(log)) {
      names.add(line.split(" ", 2)[0]);
    }
    return names;
  }

  private static List<String> matching(Set<String> names, Predicate<String> wanted) {
    return names.stream().filter(wanted).collect(Collectors.toList());
  }

  private static boolean isOurs(String name) {
    return name.startsWith("io.rwsplit.") && !name.startsWith("io.rwsplit.it.");
  }

  private static void assertNothingNeedless(Set<String> names, Set<String> bare) {
    assertEquals(
        List.of(),
        matching(names, n -> isOurs(n) && n.contains("$$Lambda") && !n.contains("rwsplit.shaded")),
        "lambdas of ours");
    assertEquals(
        List.of(),
        matching(
            names,
            n ->
                !bare.contains(n)
                    && (n.equals("java.lang.reflect.ProxyGenerator")
                        || n.startsWith("java.text.")
                        || n.startsWith("java.util.logging."))),
        "facilities of the JDK that cost milliseconds at their first use");
  }

  @OnEveryJdk
  void aProgramWithoutDatabaseLoadsLittle(Jdk jdk) throws Exception {
    Set<String> bare = loaded(jdk, new ForkedJvm.Builder().main(Hello.class));
    Set<String> names = loaded(jdk, configured().main(Hello.class));
    assertNothingNeedless(names, bare);
    assertEquals(FOR_HELLO, Set.copyOf(matching(names, n -> n.contains("rwsplit."))));
  }

  /**
   * All of the jar's classes for the boot loader, which the agent knows by a list, but for what
   * only an attachment to a driver in use needs.
   */
  private static List<String> bootClasses() throws Exception {
    try (JarFile jar = new JarFile(ForkedJvm.AGENT_JAR)) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith("boot/") && name.endsWith(".classdata"))
          .map(name -> name.replaceAll("^boot/|\\.classdata$", "").replace('/', '.'))
          .filter(name -> !name.equals("java.rwsplit.Loaded"))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @OnEveryJdk
  void aProgramOfSimpleStatementsLoadsNoParser(Jdk jdk) throws Exception {
    String url = "jdbc:sqlite:" + master();
    Set<String> bare = loaded(jdk, new ForkedJvm.Builder().main(HelloSqlite.class, url));
    Set<String> names = loaded(jdk, configured().main(HelloSqlite.class, url));
    assertNothingNeedless(names, bare);
    assertEquals(List.of(), matching(names, n -> n.contains("jsqlparser")));
    assertEquals(bootClasses(), matching(names, n -> n.startsWith("java.rwsplit.")));
    List<String> ours = matching(names, StartUpTest::isOurs);
    assertTrue(ours.size() <= FOR_ONE_READ, () -> ours.size() + " classes: " + ours);
  }
}
