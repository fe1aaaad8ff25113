package io.rwsplit.it.history;

import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.BeforeAll;

class HistoryMariadbTest extends HistoryOnServers {
  HistoryMariadbTest() {
    super("mariadb");
  }

  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.mariadb();
  }
}
