package io.rwsplit.it.attach;

import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.BeforeAll;

/** MariaDB and its own driver. */
class AttachMariadbTest extends AttachOnServers {
  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.mariadb();
  }

  @Override
  String distributed() {
    return "org.mariadb.jdbc.MariaDbDataSource";
  }

  @Override
  String key() {
    return "INT AUTO_INCREMENT";
  }
}
