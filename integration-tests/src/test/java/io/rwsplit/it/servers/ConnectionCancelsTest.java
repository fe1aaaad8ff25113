package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import legacy.servers.ConnectionCancels;
import org.junit.jupiter.api.Test;

/** What is cancelled by a method of the driver's own connection ends on a replica, too. */
class ConnectionCancelsTest {
  private static final int ROWS = 60;
  private static final String SERVED = " <- a proven read [SELECT ";

  @Test
  void onPostgres() throws Exception {
    isCancelled(SharedClusters.postgres(), "cancelQuery");
  }

  @Test
  void onMariadb() throws Exception {
    isCancelled(SharedClusters.mariadb(), "cancelCurrentQuery");
  }

  private static void isCancelled(ServerCluster cluster, String method) throws Exception {
    String rows =
        IntStream.range(0, ROWS).mapToObj(n -> "(" + n + ")").collect(Collectors.joining(","));
    cluster.make("CREATE TABLE few (n INT)", "INSERT INTO few VALUES " + rows);
    try {
      Object[] arguments = {cluster.appUrl(), "app", "app", method};
      Class<?> program = ConnectionCancels.class;
      List<String> bare = output(new ForkedJvm.Builder().main(program, arguments), false);
      assertTrue(bare.contains("after it: " + ROWS), bare::toString);
      assertTrue(bare.stream().noneMatch(line -> line.startsWith("not")), bare::toString);
      ForkedJvm.Builder split =
          cluster.split(new ForkedJvm.Builder()).property("rwsplit.log.routes", "true");
      Transcripts.assertSame(bare, output(split.main(program, arguments), true), method);
      ForkedJvm.Builder later = UsedDriver.split(cluster).property("rwsplit.log.routes", "true");
      Transcripts.assertSame(
          bare, output(UsedDriver.main(later, program, arguments), true), method + " in use");
    } finally {
      cluster.execute(ServerCluster.MASTER, "DROP TABLE few");
    }
  }

  private static List<String> output(ForkedJvm.Builder jvm, boolean split) throws Exception {
    try (ForkedJvm app = jvm.start()) {
      if (split) {
        app.awaitErr(line -> line.contains(SERVED + "count"), 120);
      }
      app.tell("go");
      assertEquals(0, app.exitCode(240), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      return app.out();
    }
  }
}
