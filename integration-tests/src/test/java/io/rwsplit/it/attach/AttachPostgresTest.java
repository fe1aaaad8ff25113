package io.rwsplit.it.attach;

import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.BeforeAll;

/** PostgreSQL and pgjdbc. */
class AttachPostgresTest extends AttachOnServers {
  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.postgres();
    if (!DRIVER.isEmpty()) {
      // Older versions of pgjdbc refuse fewer rounds than servers have by default.
      cluster.execute(
          ServerCluster.MASTER, "SET scram_iterations = 4096", "ALTER ROLE app PASSWORD 'app'");
      cluster.awaitReplicas();
    }
  }

  @Override
  String distributed() {
    return "org.postgresql.xa.PGXADataSource";
  }

  @Override
  String key() {
    return "SERIAL";
  }
}
