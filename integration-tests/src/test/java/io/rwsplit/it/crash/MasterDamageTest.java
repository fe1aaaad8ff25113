package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import legacy.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of a killed application are damaged before it starts again: the master is what SQLite
 * makes of it, as without the agent, and replicas become equal to that, even where they had more.
 */
class MasterDamageTest {
  @TempDir Path directory;

  private interface Blow {
    void strike(RandomAccessFile file, Random random) throws Exception;
  }

  @Test
  void replicasFollowWhatIsLeft() throws Exception {
    long seed = Long.getLong("rwsplit.it.crash.seed", System.nanoTime());
    System.out.println("MasterDamageTest seed " + seed);
    Random random = new Random(seed);
    Place place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    Blow flip = MasterDamageTest::flip;
    Blow cut = (file, some) -> file.setLength(file.length() * 2 / 3);
    File master = place.master();
    File replica = place.replica(1);
    int run = 0;
    life(place, ++run);
    for (Blow blow : List.of(flip, cut)) {
      for (String suffix : List.of("-wal", "-shm")) {
        strike(new File(master + suffix), blow, random);
        life(place, ++run);
      }
      for (String suffix : List.of("", "-wal", "-shm", "-rwsplit-pos")) {
        strike(new File(replica + suffix), blow, random);
      }
      life(place, ++run);
    }
  }

  private static void strike(File file, Blow blow, Random random) throws Exception {
    if (file.length() > 0) {
      try (RandomAccessFile open = new RandomAccessFile(file, "rw")) {
        blow.strike(open, random);
      }
    }
  }

  /** Some bits, in the last third: what comes before is whole. */
  private static void flip(RandomAccessFile file, Random random) throws Exception {
    for (int i = 0; i < 20; i++) {
      long at = file.length() - 1 - (long) (random.nextDouble() * (file.length() / 3.0));
      file.seek(at);
      int value = file.read();
      file.seek(at);
      file.write(value ^ (1 << random.nextInt(8)));
    }
  }

  /** Starts, compares, works on, and is killed. */
  private void life(Place place, int run) throws Exception {
    try (SplitLedger app = SplitLedger.start(place, "run=" + run, "keep=1")) {
      app.awaitReady();
      app.awaitInService(2);
      app.pause();
      long last = (run + 1) * Ledger.RUN - 1;
      app.put(last);
      for (File replica : place.replicas()) {
        app.await(
            () -> DatabaseFile.live(replica).ids("events").contains(last),
            () -> replica + " does not get the last commit\n" + app.relevant());
      }
      new FilesAfter(place, directory.resolve("copies")).checkEqual(true);
      app.jvm().tell("resume");
      app.awaitAudits(200);
      app.jvm().kill();
      app.jvm().exitCode(SplitLedger.DEADLINE_SECONDS);
      assertEquals(List.of(), app.complaints(), app::relevant);
      Files.createDirectories(directory.resolve("copies"));
    }
  }
}
