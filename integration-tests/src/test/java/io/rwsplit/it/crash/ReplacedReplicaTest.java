package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.faults.Chaos;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import legacy.RushedReads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another database takes a replica's place just when new connections to it are wanted: none of them
 * is of the other one. It would return its rows, and SQLite, which takes the -shm file beside it
 * for one that nobody uses, would cut it off under the readers of the former file and so end the
 * JVM.
 */
class ReplacedReplicaTest {
  private static final int TIMES = 4;
  private static final int THREADS = 12;

  @TempDir Path directory;

  @Test
  void nobodyReadsTheOther() throws Exception {
    Place place = Place.in(directory, "");
    ForkedJvm.Builder split = SplitLedger.split(place).property("rwsplit.pool.replica.max", "40");
    try (ForkedJvm app =
        Chaos.of(1, "block", 1)
            .in("replication")
            .waiting()
            .on(split, Chaos.jar(directory))
            .main(RushedReads.class, "jdbc:sqlite:" + place.master(), THREADS)
            .start()) {
      app.awaitOut("ready"::equals, 120);
      for (int i = 1; i <= TIMES; i++) {
        SplitLedger.awaitInService(app, 1);
        SplitLedger.awaitInService(app, 2);
        app.tell("hold");
        String held = "held " + i;
        app.awaitOut(held::equals, 120);
        replace(place.replica(1 + i % 2));
        app.tell("go");
        String rushed = "rushed " + i;
        app.awaitOut(rushed::equals, 120);
      }
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      List<String> failed = app.out().stream().filter(line -> line.startsWith("failed")).toList();
      assertEquals(List.of(), failed, app::transcript);
    }
  }

  private static void replace(File replica) throws Exception {
    Path other = Damage.beside(replica, "-other");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE shelf (id INTEGER PRIMARY KEY, goods INTEGER)");
      statement.executeUpdate("INSERT INTO shelf VALUES (1, 5)");
    }
    Files.move(other, replica.toPath(), StandardCopyOption.ATOMIC_MOVE);
  }
}
