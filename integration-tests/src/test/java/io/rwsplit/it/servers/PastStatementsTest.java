package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.util.List;
import legacy.attach.PastBefore;
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
    Object[] arguments = {cluster.appUrl(), "app", "app"};
    Class<?> program = PastStatements.class;
    List<String> bare = output(new ForkedJvm.Builder().main(program, arguments));
    assertTrue(bare.contains("large object: written"), bare::toString);
    String served = SERVED + "count(*) FROM";
    ForkedJvm.Builder split = settings(cluster.split(new ForkedJvm.Builder()));
    Transcripts.assertSame(bare, output(split.main(program, arguments), served), "past statements");
    split = settings(UsedDriver.split(cluster));
    Transcripts.assertSame(
        bare, output(UsedDriver.main(split, program, arguments), served), "driver in use");
  }

  /** By connections that were open when the agent came. */
  @Test
  void rowsOfConnectionsOfBeforeAreThereWhileReplayIsPaused() throws Exception {
    cluster.make(
        "CREATE OR REPLACE FUNCTION copy_one(one INT) RETURNS INT LANGUAGE sql"
            + " AS 'INSERT INTO copied VALUES (one) RETURNING n'");
    ForkedJvm.Builder plain = new ForkedJvm.Builder();
    List<String> bare = output(plain.main(PastBefore.class, "", cluster.appUrl(), "app", "app"));
    String expected = "[way 0: 1, way 1: 2, way 2: 3, way 3: 4, way 4: 5]";
    assertEquals(expected, bare.toString());
    ForkedJvm.Builder split = settings(UsedDriver.split(cluster));
    split.main(PastBefore.class, ForkedJvm.AGENT_JAR, cluster.appUrl(), "app", "app");
    String[] served = new String[bare.size()];
    for (int way = 0; way < served.length; way++) {
      served[way] = SERVED + "count(*) AS way" + way;
    }
    Transcripts.assertSame(bare, output(split, served), "connections of before");
  }

  private static ForkedJvm.Builder settings(ForkedJvm.Builder jvm) {
    return jvm.property("rwsplit.log.routes", "true").property("rwsplit.lag.max", "1h");
  }

  /**
   * What it prints.
   *
   * @param served what routes of reads say, for each of which a replica is waited for; none for a
   *     bare run
   */
  private List<String> output(ForkedJvm.Builder jvm, String... served) throws Exception {
    cluster.execute(ServerCluster.MASTER, "TRUNCATE copied, large");
    cluster.awaitReplicas();
    try (ForkedJvm app = jvm.start()) {
      if (served.length > 0) {
        // Paused before, they might never reach a first read on the master.
        for (String each : served) {
          app.awaitErr(line -> line.contains(each), 120);
        }
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
