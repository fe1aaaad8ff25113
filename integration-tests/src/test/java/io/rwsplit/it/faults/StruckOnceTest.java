package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import legacy.faults.StruckOnce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fault at each call of a method of ours, one after the other, in the life of one statement,
 * then each of them with a second one at the call that follows it, or at the next: what the
 * application sees is what the bare driver shows; and no connection to a replica counts as used at
 * the end.
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
  private static final String SECONDS = System.getProperty("rwsplit.it.struck.seconds", "0,1,2");

  private static final int REPLICAS = 2;

  /** JVMs at once. */
  private static final int BESIDE = 3;

  @TempDir Path directory;

  @Test
  void atEachCall() throws Exception {
    System.out.println("struck from life " + FIRST + ", step " + STEP);
    List<Object[]> arguments = new ArrayList<>();
    for (int i = 0; i < Math.min(COUNT, BESIDE); i++) {
      arguments.add(from(i));
    }
    compare(arguments);
  }

  /** Lives in which something was found. */
  @Test
  void foundBefore() throws Exception {
    compare(
        List.of(
            // A limit that both of the driver's methods for it missed.
            new Object[] {"throw", 42, 1, 1, "4"},
            // What closes its statement is asked for as the application asks for the result.
            new Object[] {"sql", 65, 1, 1, "0"}));
  }

  private void compare(List<Object[]> arguments) throws Exception {
    new StruckLives(directory, StruckOnce.class)
        .compare(
            arguments,
            120 + 240 * COUNT,
            app -> assertEquals(List.of(), lent(app), app::transcript));
  }

  /** What the summary at the end says of replicas that have lent connections to nobody. */
  private static List<String> lent(ForkedJvm app) {
    List<String> all =
        app.err().stream().filter(line -> line.contains("; connections in use: ")).toList();
    return all.subList(all.size() - REPLICAS, all.size()).stream()
        .filter(line -> !line.contains("; connections in use: 0 of "))
        .toList();
  }

  /** Every so manieth of the lives chosen, from one of the first on. */
  private static Object[] from(int one) {
    int count = (COUNT - one + BESIDE - 1) / BESIDE;
    int first = (FIRST + one * STEP) % LIVES;
    return new Object[] {KINDS, first, count, STEP * BESIDE, SECONDS};
  }
}
