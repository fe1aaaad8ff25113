package io.rwsplit.it.frameworks;

import io.rwsplit.it.servers.MysqlCluster;
import io.rwsplit.it.servers.ServerCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class FrameworksMysqlTest extends BinlogFrameworkCases {
  private static MysqlCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = MysqlCluster.start(2);
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
