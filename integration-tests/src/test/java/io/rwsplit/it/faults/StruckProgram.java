package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A program that runs bare, and then under the agent while methods of ours are struck, each time on
 * databases of its own. Its first argument is a JDBC URL; once it is told, it goes on.
 */
final class StruckProgram {
  private final Path directory;
  private final Class<?> program;

  StruckProgram(Path directory, Class<?> program) {
    this.directory = directory;
    this.program = program;
  }

  /** What it prints on the bare driver. */
  List<String> bare(Object... arguments) throws Exception {
    try (ForkedJvm app =
        new ForkedJvm.Builder().main(program, after(url("bare"), arguments)).start()) {
      // As often as one of them asks.
      app.tell("go on");
      app.tell("go on");
      assertEquals(0, app.exitCode(120), app::transcript);
      return app.out();
    }
  }

  /**
   * Starts it under the agent, whose circuit stays closed.
   *
   * @param properties of the JVM, names and values by turns
   */
  ForkedJvm split(Chaos chaos, Path replicas, List<String> properties, Object... arguments)
      throws Exception {
    String url = url("split");
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("split/app.db").toFile(),
                replicas.resolve("replica1.db").toFile(),
                replicas.resolve("replica2.db").toFile())
            .property("rwsplit.circuit.faults", "0");
    for (int i = 0; i < properties.size(); i += 2) {
      split.property(properties.get(i), properties.get(i + 1));
    }
    return chaos.on(split, Chaos.jar(directory)).main(program, after(url, arguments)).start();
  }

  /** Fails when nothing was struck. */
  static void assertStruck(ForkedJvm app) {
    assertTrue(
        app.err().stream().anyMatch(line -> line.matches("struck [1-9].*")), app::transcript);
  }

  private static Object[] after(String url, Object... arguments) {
    List<Object> all = new ArrayList<>();
    all.add(url);
    all.addAll(Arrays.asList(arguments));
    return all.toArray();
  }

  private String url(String name) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    return "jdbc:sqlite:" + own.resolve("app.db") + "?journal_mode=WAL&busy_timeout=20000";
  }
}
