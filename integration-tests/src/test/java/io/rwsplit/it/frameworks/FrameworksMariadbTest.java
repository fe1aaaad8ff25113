package io.rwsplit.it.frameworks;

import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.ServerCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class FrameworksMariadbTest extends BinlogFrameworkCases {
  private static MariadbCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = MariadbCluster.start(2);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  ServerCluster cluster() {
    return cluster;
  }
}
