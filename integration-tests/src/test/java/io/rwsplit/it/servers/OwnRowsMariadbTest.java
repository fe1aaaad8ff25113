package io.rwsplit.it.servers;

import org.junit.jupiter.api.BeforeAll;

/** MariaDB and its driver. */
class OwnRowsMariadbTest extends OwnRowsOnServers {
  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.mariadb();
  }
}
