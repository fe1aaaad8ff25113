package io.rwsplit.it.servers;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** MySQL and its driver. */
@Tag("mysql")
class OwnRowsMysqlTest extends OwnRowsOnServers {
  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.mysql();
  }
}
