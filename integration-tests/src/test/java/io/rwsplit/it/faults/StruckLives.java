package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Programs that have each call of a method of ours struck, one after the other, some beside each
 * other: mostly they wait for a replica that serves again. Each prints what it prints bare.
 */
final class StruckLives {
  private final Path directory;
  private final Class<?> program;

  StruckLives(Path directory, Class<?> program) {
    this.directory = directory;
    this.program = program;
  }

  /**
   * Runs it, bare and under the agent.
   *
   * @param arguments of each, but for the URL, which is the first
   * @param seconds that one may take
   * @param more is told each that has ended as it is to
   */
  void compare(List<Object[]> arguments, long seconds, Consumer<ForkedJvm> more) throws Exception {
    Chaos chaos = Chaos.of(1, "throw", 1).in(".*").waiting();
    Path jar = Chaos.jar(directory);
    List<List<String>> bare = new ArrayList<>();
    List<ForkedJvm> split = new ArrayList<>();
    try {
      for (int i = 0; i < arguments.size(); i++) {
        Object[] each = after(url(directory.resolve("bare" + i)), arguments.get(i));
        try (ForkedJvm app = new ForkedJvm.Builder().main(program, each).start()) {
          assertEquals(0, app.exitCode(120), app::transcript);
          bare.add(app.out());
        }
        Path own = directory.resolve("split" + i);
        each = after(url(own), arguments.get(i));
        split.add(chaos.on(split(own), jar).main(program, each).start());
      }
      StringBuilder otherwise = new StringBuilder(chaos.toString());
      for (ForkedJvm app : split) {
        assertEquals(0, app.exitCode(seconds), app::transcript);
        otherwise.append('\n').append(otherwise(app.out()));
      }
      for (int i = 0; i < split.size(); i++) {
        ForkedJvm app = split.get(i);
        Transcripts.assertSame(bare.get(i), app.out(), otherwise.toString());
        more.accept(app);
        System.out.println(app.err().get(app.err().size() - 1));
      }
    } finally {
      split.forEach(ForkedJvm::close);
    }
  }

  /** All that did not come of it again. */
  private static String otherwise(List<String> printed) {
    return printed.stream()
        .filter(line -> line.startsWith("otherwise") || line.startsWith("  "))
        .collect(Collectors.joining("\n"));
  }

  private static ForkedJvm.Builder split(Path own) {
    return new ForkedJvm.Builder()
        .split(
            own.resolve("app.db").toFile(),
            own.resolve("replica1.db").toFile(),
            own.resolve("replica2.db").toFile())
        .property("chaos.counted", "io/rwsplit/jdbc/StatementResults.served")
        .property("rwsplit.circuit.faults", "0");
  }

  private static Object[] after(String url, Object[] arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.add(0, url);
    return all.toArray();
  }

  private static String url(Path own) throws Exception {
    Files.createDirectory(own);
    return "jdbc:sqlite:" + own.resolve("app.db") + "?journal_mode=WAL&busy_timeout=20000";
  }
}
