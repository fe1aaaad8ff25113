package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.util.List;
import java.util.Map;
import legacy.servers.Turns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Found with Flowable: its executor commits a job on one thread and reads it on another. With
 * {@code rwsplit.transactions=until-write} the job was not there, and taken for done.
 */
class TurnsTest {
  private static final String SERVED = " <- a proven read [SELECT ";

  /** The first read of each connection, when nothing was written yet. */
  private static final String BEFORE = SERVED + "n AS before FROM turns";

  private static final int CONNECTIONS = 3;

  private PostgresCluster cluster;

  @BeforeEach
  void table() throws Exception {
    cluster = SharedClusters.postgres();
    cluster.make("CREATE TABLE turns (n INT)", "INSERT INTO turns VALUES (0)");
  }

  @Test
  void aTransactionSeesWhatOthersHaveCommitted() throws Exception {
    takeTurns(Map.of());
  }

  @Test
  void byTableToo() throws Exception {
    takeTurns(Map.of("rwsplit.consistency.by-table", "true"));
  }

  private void takeTurns(Map<String, String> more) throws Exception {
    List<String> bare = output(new ForkedJvm.Builder(), false);
    cluster.execute(ServerCluster.MASTER, "UPDATE turns SET n = 0");
    cluster.awaitReplicas();
    ForkedJvm.Builder split =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.transactions", "until-write")
            .property("rwsplit.log.routes", "true")
            .property("rwsplit.lag.max", "1h");
    more.forEach(split::property);
    Transcripts.assertSame(bare, output(split, true), "turns");
  }

  private List<String> output(ForkedJvm.Builder jvm, boolean split) throws Exception {
    try (ForkedJvm app = jvm.main(Turns.class, cluster.appUrl(), "app", "app").start()) {
      if (split) {
        // Paused before, they might never reach a first read on the master.
        app.awaitErr(line -> line.contains(SERVED + "n FROM turns"), 120);
        for (int i = 1; i <= cluster.replicas(); i++) {
          cluster.pauseReplay(i);
        }
      }
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      if (split) {
        assertFalse(app.saysFault(), app::transcript);
        long before = app.err().stream().filter(line -> line.contains(BEFORE)).count();
        assertEquals(CONNECTIONS, before, app::transcript);
      }
      return app.out();
    }
  }
}
