package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacy.faults.StruckOnce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fault at each call of a method of ours, one after the other, in the life of one statement,
 * then each of them with a second one at the call that follows it: what the application sees is
 * what the bare driver shows.
 *
 * <p>Of 396 lives each run takes a few, chosen by a seed that it prints. {@code
 * -Drwsplit.it.struck.first}, {@code .count} and {@code .step} choose others, {@code .kinds} the
 * strikes, and {@code .seconds} how many calls after the first the second one is, 0 for none.
 */
class StruckOnceTest {
  private static final int LIVES = 396;
  private static final int FIRST =
      Integer.getInteger("rwsplit.it.struck.first", (int) (System.nanoTime() / 1000 % LIVES));
  private static final int COUNT = Integer.getInteger("rwsplit.it.struck.count", 3);

  /** Prime to the number of lives: in as many steps it comes to all of them. */
  private static final int STEP = Integer.getInteger("rwsplit.it.struck.step", 151);

  private static final String KINDS = System.getProperty("rwsplit.it.struck.kinds", "throw,sql");
  private static final String SECONDS = System.getProperty("rwsplit.it.struck.seconds", "0,1");

  @TempDir Path directory;

  @Test
  void atEachCall() throws Exception {
    System.out.println("struck from life " + FIRST + ", step " + STEP);
    List<String> bare;
    try (ForkedJvm app = new ForkedJvm.Builder().main(StruckOnce.class, of("bare")).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("split/app.db").toFile(),
                directory.resolve("split/replica1.db").toFile(),
                directory.resolve("split/replica2.db").toFile())
            .property("chaos.counted", "io/rwsplit/jdbc/StatementResults.served")
            .property("rwsplit.circuit.faults", "0");
    Object[] arguments = of("split");
    Chaos chaos = Chaos.of(1, "throw", 1).in(".*").waiting();
    try (ForkedJvm app =
        chaos.on(split, Chaos.jar(directory)).main(StruckOnce.class, arguments).start()) {
      assertEquals(0, app.exitCode(120 + 120 * COUNT), app::transcript);
      Transcripts.assertSame(bare, app.out(), chaos.toString());
      System.out.println(app.err().get(app.err().size() - 1));
    }
  }

  private Object[] of(String name) throws Exception {
    Path own = Files.createDirectory(directory.resolve(name));
    String url = "jdbc:sqlite:" + own.resolve("app.db") + "?journal_mode=WAL&busy_timeout=20000";
    return new Object[] {url, KINDS, FIRST, COUNT, STEP, SECONDS};
  }
}
