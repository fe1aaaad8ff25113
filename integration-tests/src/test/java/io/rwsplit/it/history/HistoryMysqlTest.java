package io.rwsplit.it.history;

import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class HistoryMysqlTest extends HistoryOnServers {
  HistoryMysqlTest() {
    super("mysql");
  }

  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.mysql();
  }
}
