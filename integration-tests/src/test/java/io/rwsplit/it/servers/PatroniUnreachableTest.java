package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import legacy.servers.Marked;
import org.junit.jupiter.api.Test;

/** Replicas that only Patroni could name, and nobody to ask. */
class PatroniUnreachableTest {
  @Test
  void theApplicationRunsUnsplitAndIsToldWhy() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(0);
        ForkedJvm app =
            new ForkedJvm.Builder()
                .agent()
                .property("rwsplit.master", cluster.url())
                .property("rwsplit.patroni", "http://127.0.0.1:" + ServerProcess.freePort())
                .property("rwsplit.failover", "follow")
                .main(Marked.class, cluster.appUrl(), "app", "app", 3, 1)
                .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertTrue(app.out().contains("missing 0"), app::transcript);
      assertTrue(
          app.err().stream().anyMatch(line -> line.contains("ERROR rwsplit.patroni: http://127.")),
          app::transcript);
      assertFalse(app.saysFault(), app::transcript);
    }
  }
}
