package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import legacy.faults.StruckOnce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fault at each call of a method of ours, one after the other, in the life of one statement,
 * then each of them with a second one at the call that follows it: what the application sees is
 * what the bare driver shows; and no connection to a replica counts as used at the end.
 *
 * <p>Of 396 lives each build takes the same few. {@code -Drwsplit.it.struck.first}, {@code .count}
 * and {@code .step} choose others, {@code .kinds} the strikes, and {@code .seconds} how many calls
 * after the first the second one is, 0 for none.
 */
class StruckOnceTest {
  private static final int LIVES = 396;
  private static final int FIRST = Integer.getInteger("rwsplit.it.struck.first", 19);
  private static final int COUNT = Integer.getInteger("rwsplit.it.struck.count", 3);

  /** Prime to the number of lives: in as many steps it comes to all of them. */
  private static final int STEP = Integer.getInteger("rwsplit.it.struck.step", 151);

  private static final String KINDS = System.getProperty("rwsplit.it.struck.kinds", "throw,sql");
  private static final String SECONDS = System.getProperty("rwsplit.it.struck.seconds", "0,1");

  private static final int REPLICAS = 2;

  /** JVMs at once. */
  private static final int BESIDE = 3;

  @TempDir Path directory;

  @Test
  void atEachCall() throws Exception {
    System.out.println("struck from life " + FIRST + ", step " + STEP);
    List<List<String>> bare = new ArrayList<>();
    List<ForkedJvm> split = new ArrayList<>();
    Chaos chaos = Chaos.of(1, "throw", 1).in(".*").waiting();
    Path jar = Chaos.jar(directory);
    try {
      // Beside each other: mostly they wait for a replica that serves again.
      for (int i = 0; i < Math.min(COUNT, BESIDE); i++) {
        try (ForkedJvm app =
            new ForkedJvm.Builder().main(StruckOnce.class, of("bare" + i, i)).start()) {
          assertEquals(0, app.exitCode(120), app::transcript);
          bare.add(app.out());
        }
        Object[] arguments = of("split" + i, i);
        split.add(chaos.on(split(i), jar).main(StruckOnce.class, arguments).start());
      }
      for (int i = 0; i < split.size(); i++) {
        ForkedJvm app = split.get(i);
        assertEquals(0, app.exitCode(120 + 240 * COUNT), app::transcript);
        Transcripts.assertSame(bare.get(i), app.out(), chaos.toString());
        assertEquals(List.of(), lent(app), app::transcript);
        System.out.println(app.err().get(app.err().size() - 1));
      }
    } finally {
      split.forEach(ForkedJvm::close);
    }
  }

  /** What the summary at the end says of replicas that have lent connections to nobody. */
  private static List<String> lent(ForkedJvm app) {
    List<String> all =
        app.err().stream().filter(line -> line.contains("; connections in use: ")).toList();
    return all.subList(all.size() - REPLICAS, all.size()).stream()
        .filter(line -> !line.contains("; connections in use: 0 of "))
        .toList();
  }

  private ForkedJvm.Builder split(int i) {
    Path own = directory.resolve("split" + i);
    return new ForkedJvm.Builder()
        .split(
            own.resolve("app.db").toFile(),
            own.resolve("replica1.db").toFile(),
            own.resolve("replica2.db").toFile())
        .property("chaos.counted", "io/rwsplit/jdbc/StatementResults.served")
        .property("rwsplit.circuit.faults", "0");
  }

  /** Every so manieth of the lives chosen, from one of the first on. */
  private Object[] of(String name, int from) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    String url = "jdbc:sqlite:" + own.resolve("app.db") + "?journal_mode=WAL&busy_timeout=20000";
    int count = (COUNT - from + BESIDE - 1) / BESIDE;
    int first = (FIRST + from * STEP) % LIVES;
    return new Object[] {url, KINDS, first, count, STEP * BESIDE, SECONDS};
  }
}
