package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damage to replicas under a running application: it notices nothing, and they are rebuilt.
 *
 * <p>Also not in results of many pages that it is half through: see {@code Retention}; {@code
 * -Drwsplit.it.crash.scans=0} goes without them. What is overwritten in a replica's log between two
 * writes of the feed shows only when the page is read; such damage is done only with {@code
 * -Drwsplit.it.crash.log-damage=true}.
 */
class LiveDamageTest {
  @TempDir static Path directory;
  private static Place place;
  private static SplitLedger app;
  private static Rebuilds rebuilds;

  @BeforeAll
  static void open() throws Exception {
    place = Place.in(directory, "?synchronous=NORMAL&busy_timeout=10000");
    Rebuilds.fill(place);
    String scans = "scans=" + Integer.getInteger("rwsplit.it.crash.scans", 1);
    app = SplitLedger.start(place, "run=2", "tellers=2", "auditors=4", scans);
    rebuilds = new Rebuilds(place, app);
    app.awaitReady();
    app.awaitInService(2);
  }

  @AfterAll
  static void close() throws Exception {
    try {
      app.end();
      assertEquals(List.of(), app.complaints(), app::relevant);
      assertEquals("ok", DatabaseFile.copy(place.master(), directory, true).integrity());
    } finally {
      app.close();
    }
  }

  static List<Damage> damages() {
    List<Damage> damages = new ArrayList<>(List.of(Damage.values()));
    if (!Boolean.getBoolean("rwsplit.it.crash.log-damage")) {
      damages.removeAll(List.of(Damage.LOG_TRUNCATED, Damage.GARBAGE_IN_THE_LOG));
    }
    return damages;
  }

  @ParameterizedTest
  @MethodSource("damages")
  void oneReplica(Damage damage) throws Exception {
    rebuilds.check(() -> damage.strike(place.replica(1)), 1);
  }

  @Test
  void allReplicasDeleted() throws Exception {
    rebuilds.check(
        () -> {
          Damage.ALL_DELETED.strike(place.replica(1));
          Damage.ALL_DELETED.strike(place.replica(2));
        },
        1,
        2);
  }

  @Test
  void allReplicasGarbled() throws Exception {
    rebuilds.check(
        () -> {
          Damage.GARBAGE_EVERYWHERE.strike(place.replica(1));
          Damage.GARBAGE_EVERYWHERE.strike(place.replica(2));
        },
        1,
        2);
  }
}
