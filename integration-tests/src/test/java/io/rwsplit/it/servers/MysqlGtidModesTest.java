package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import legacy.servers.Marked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a MySQL master has no position to tell, own writes are waited for by time. */
@Tag("mysql")
class MysqlGtidModesTest {
  private static final int ROUNDS = 10;
  private static final String SAID = "gtid_mode of the master is not ON";

  @Test
  void withoutGtidsReadsWaitForTheWindow() throws Exception {
    try (MysqlCluster cluster = MysqlCluster.startWithoutGtids(1);
        ForkedJvm app =
            cluster
                .split(new ForkedJvm.Builder())
                .property("rwsplit.read-after-write.window", "300ms")
                .main(Marked.class, cluster.appUrl(), "app", "app", ROUNDS, 1000)
                .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(app.out().contains("missing 0"), app::transcript);
      assertTrue(app.err().stream().anyMatch(line -> line.contains(SAID)), app::transcript);
      assertTrue(ExitTable.of(app).onReplicas() > 0, app::transcript);
    }
  }

  /** What was written with GTIDs before says nothing of what is written without. */
  @Test
  void switchedOffTheyCountNoLonger() throws Exception {
    try (MysqlCluster cluster = MysqlCluster.start(1)) {
      cluster.make("CREATE TABLE marked(id INT PRIMARY KEY)");
      for (int i = 0; i <= 1; i++) {
        cluster.execute(
            i, "SET GLOBAL gtid_mode = ON_PERMISSIVE", "SET GLOBAL gtid_mode = OFF_PERMISSIVE");
      }
      cluster.pauseReplay(1);
      try (ForkedJvm app =
          cluster
              .split(new ForkedJvm.Builder())
              .property("rwsplit.read-after-write.window", "1m")
              .main(Marked.class, cluster.appUrl(), "app", "app", ROUNDS, 100)
              .start()) {
        assertEquals(0, app.exitCode(120), app::transcript);
        assertTrue(app.out().contains("missing 0"), app::transcript);
        assertTrue(app.err().stream().anyMatch(line -> line.contains(SAID)), app::transcript);
      }
    }
  }
}
