package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import legacy.Stocktaking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas are damaged at random moments while the application is in the middle of long results,
 * and writes without a pause: every result ends with the rows of the commit it began with.
 *
 * <p>{@code -Drwsplit.it.crash.damages=N} for more than the usual number, {@code
 * -Drwsplit.it.crash.seed=S} for the same choices.
 */
class MidResultDamageTest {
  private static final int DAMAGES = Integer.getInteger("rwsplit.it.crash.damages", 16);
  private static final long SEED = Long.getLong("rwsplit.it.crash.seed", System.nanoTime());

  @TempDir Path directory;

  @Test
  void everyResultIsFinished() throws Exception {
    System.out.printf("MidResultDamageTest seed %d, %d damages%n", SEED, DAMAGES);
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    try (ForkedJvm app =
        SplitLedger.split(place)
            .main(Stocktaking.class, "jdbc:sqlite:" + place.master() + place.parameters(), SEED)
            .start()) {
      app.awaitOut("ready"::equals, 120);
      Random random = new Random(SEED);
      List<Damage> damages = new ArrayList<>(List.of(Damage.values()));
      // A frame that is read while it is being overwritten is half a page: SQLite may not notice.
      damages.remove(Damage.GARBAGE_IN_THE_LOG);
      for (int i = 0; i < DAMAGES; i++) {
        SplitLedger.awaitInService(app, 1);
        SplitLedger.awaitInService(app, 2);
        Thread.sleep(random.nextInt(400));
        Damage damage = damages.get(random.nextInt(damages.size()));
        strike(damage, place.replica(1 + random.nextInt(2)));
      }
      SplitLedger.awaitInService(app, 1);
      SplitLedger.awaitInService(app, 2);
      app.tell("end");
      app.awaitOut(line -> line.startsWith("walks "), 120);
      assertEquals(0, app.exitCode(120), app::transcript);
      report(app);
      assertEquals(List.of(), complaints(app), () -> "seed " + SEED + "\n" + log(app));
      assertEquals(List.of(), leftBehind(place));
    }
  }

  /** Files come and go beside it; a damage that finds none has not been. */
  private static void strike(Damage damage, File replica) throws Exception {
    System.out.println("  " + damage + " " + replica.getName());
    try {
      damage.strike(replica);
    } catch (IOException e) {
      System.out.println("  not struck: " + e);
    }
  }

  private static void report(ForkedJvm app) {
    System.out.printf(
        "failed in the middle: %d; went on from the unchanged master: %d, from their rebuilt"
            + " commit: %d, lost: %d; %s%n",
        count(app, "failed in the middle"),
        count(app, "from the master, which"),
        count(app, "from its commit"),
        count(app, "the rest is lost"),
        app.out().get(app.out().size() - 1));
  }

  private static long count(ForkedJvm app, String text) {
    return app.err().stream().filter(line -> line.contains(text)).count();
  }

  private static List<String> complaints(ForkedJvm app) {
    List<String> complaints = new ArrayList<>();
    for (String line : app.out()) {
      if (line.startsWith("violation") || line.startsWith("failed")) {
        complaints.add(line);
      }
    }
    for (String line : app.err()) {
      if (line.contains("fault in") || line.startsWith("Exception in thread")) {
        complaints.add(line);
      }
    }
    return complaints;
  }

  private static String log(ForkedJvm app) {
    return String.join("\n", app.out()) + "\n--- err\n" + String.join("\n", app.err());
  }

  private static List<Path> leftBehind(Place place) throws IOException {
    List<Path> left = new ArrayList<>();
    for (File replica : place.replicas()) {
      try (Stream<Path> paths = Files.list(replica.toPath().getParent())) {
        paths.filter(path -> path.toString().contains("-rwsplit-past-")).forEach(left::add);
      }
    }
    return left;
  }
}
