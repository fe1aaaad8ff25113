package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rwsplit.it.ForkedJvm;
import java.util.List;
import legacy.servers.Markers;
import org.junit.jupiter.api.Test;

/** Servers that are configured as replicas and are none, or are none any more, serve no reads. */
class StrangersTest {
  @Test
  void onlyReplicasOfThisMasterServe() throws Exception {
    try (PostgresCluster own = PostgresCluster.start(2);
        PostgresCluster foreign = PostgresCluster.startForeign(1)) {
      own.make("CREATE TABLE marker(who TEXT)", "INSERT INTO marker VALUES ('own')");
      foreign.make("CREATE TABLE marker(who TEXT)", "INSERT INTO marker VALUES ('foreign')");
      String replicas = String.join(",", own.url(1), own.url(2), foreign.url(1));
      try (ForkedJvm app =
          new ForkedJvm.Builder()
              .agent()
              .property("rwsplit.master", own.url())
              .property("rwsplit.replicas", replicas)
              .property("rwsplit.log.routes", "true")
              .property("rwsplit.log.level", "debug")
              .main(Markers.class, own.url(), "app", "app")
              .start()) {
        app.awaitErr(line -> line.contains("replica3: ") && line.contains("another system"), 120);
        app.awaitErr(line -> line.contains("replica1 <- "), 120);
        app.awaitErr(line -> line.contains("replica2 <- "), 120);

        own.promote(1);
        app.awaitErr(
            line -> line.contains("replica1: out of service") && line.contains("recovery"), 120);
        own.execute(1, "UPDATE marker SET who = 'promoted'");
        app.tell("go on");
        assertEquals(0, app.exitCode(120), app::transcript);
        assertEquals(List.of("[own]", "failed 0"), app.out(), app::transcript);
        assertFalse(app.saysFault(), app::transcript);
      }
    }
  }
}
