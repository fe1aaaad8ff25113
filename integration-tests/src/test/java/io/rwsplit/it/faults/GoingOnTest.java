package io.rwsplit.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import legacy.faults.Comeback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What runs again and again in the background does so after a fault at its very entry, where no
 * guard inside of it helps; and what is on loan comes back.
 */
class GoingOnTest {
  /** What is struck, how often, and what must run after it. */
  private static final String[][] STRUCK = {
    {"core/ReplicaWatch.probe$", "2", "core/ReadProbe.run$"},
    {"core/ReplicaWatch.judge$", "2", "core/ReadProbe.run$"},
    {"core/ReplicaRound.run$", "1", "core/ReplicaRound.run$"},
    {"pool/ReplicaPools.lookAfter$", "1", "pool/ReplicaPools.lookAfter$"},
    {"alert/Alerts.look$", "1", "alert/Alerts.look$"},
    {"catalog/Catalog.ask$", "1", "catalog/Catalog.asked$"},
    {"catalog/Catalog[$]Asking.call$", "1", "catalog/Catalog.asked$"},
    // The second is the entry of what follows a fault; there are two feeds.
    {"replication/Capture.(round|insist)$", "2", "replication/Capture.cycle$"},
    {"replication/FeedThread.(idle|insist)$", "4", "replication/FeedThread.idle$"},
    // More often than there are connections to both replicas.
    {"pool/Lease.activated$", "25", "pool/Lease.activated$"},
  };

  @TempDir Path directory;

  @Test
  void inTheBackground() throws Exception {
    ForkedJvm.Builder split =
        new ForkedJvm.Builder()
            .split(
                directory.resolve("master.db").toFile(),
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile())
            .property("rwsplit.jmx", "true")
            .property("rwsplit.alert.raise", "100ms")
            .property("rwsplit.circuit.faults", "0");
    String url =
        "jdbc:sqlite:" + directory.resolve("master.db") + "?journal_mode=WAL&busy_timeout=20000";
    Chaos chaos = Chaos.of(1, "oom", 1).in(".*").waiting();
    try (ForkedJvm app = chaos.on(split, Chaos.jar(directory)).main(Comeback.class, url).start();
        Jmx jmx = new Jmx(app, "begun")) {
      jmx.await();
      jmx.awaitMore("OnReplicas", 100);
      List<String> expected = new ArrayList<>(List.of("begun"));
      for (String[] each : STRUCK) {
        strike(app, each[1], each[0], expected);
        strike(app, "1", each[2], expected);
      }
      jmx.awaitMore("OnReplicas", jmx.number("OnReplicas") + 100);
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      expected.add("ended");
      assertEquals(expected, app.out(), app::transcript);
    }
  }

  private static void strike(ForkedJvm app, String times, String method, List<String> expected)
      throws Exception {
    app.tell("strike oom " + times + " " + method);
    expected.add("struck " + method);
    int lines = expected.size();
    app.awaitOut(line -> app.out().size() >= lines, 120);
  }
}
