package io.rwsplit.it.servers;

import org.junit.jupiter.api.BeforeAll;

/** PostgreSQL and pgjdbc. */
class OwnRowsPostgresTest extends OwnRowsOnServers {
  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.postgres();
  }
}
