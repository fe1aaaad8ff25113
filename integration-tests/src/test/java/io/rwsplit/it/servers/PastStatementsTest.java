package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.util.List;
import legacy.servers.PastStatements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who writes with pgjdbc's {@code CopyManager}, or large objects, reads it too, though no statement
 * of JDBC tells of it.
 */
class PastStatementsTest {
  private static final String SERVED = " <- a proven read [SELECT ";

  private PostgresCluster cluster;

  @BeforeEach
  void tables() throws Exception {
    cluster = SharedClusters.postgres();
    cluster.make("CREATE TABLE copied (n INT)", "CREATE TABLE large (id OID)");
  }

  @Test
  void ownRowsAreThereWhileReplayIsPaused() throws Exception {
    List<String> bare = output(new ForkedJvm.Builder(), false);
    assertTrue(bare.contains("large object: written"), bare::toString);
    cluster.execute(ServerCluster.MASTER, "TRUNCATE copied, large");
    cluster.awaitReplicas();
    ForkedJvm.Builder split =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.log.routes", "true")
            .property("rwsplit.lag.max", "1h");
    Transcripts.assertSame(bare, output(split, true), "past statements");
  }

  private List<String> output(ForkedJvm.Builder jvm, boolean split) throws Exception {
    try (ForkedJvm app = jvm.main(PastStatements.class, cluster.appUrl(), "app", "app").start()) {
      if (split) {
        // Paused before, they might never reach a first read on the master.
        app.awaitErr(line -> line.contains(SERVED + "count"), 120);
        for (int i = 1; i <= cluster.replicas(); i++) {
          cluster.pauseReplay(i);
        }
      }
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      return app.out();
    } finally {
      for (int i = 1; i <= cluster.replicas(); i++) {
        cluster.resumeReplay(i);
      }
      cluster.awaitReplicas();
    }
  }
}
