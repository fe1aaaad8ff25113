package io.rwsplit.it.history;

import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HistoryPostgresTest extends HistoryOnServers {
  HistoryPostgresTest() {
    super("postgresql");
  }

  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.postgres();
  }

  /** Reads of a transaction before its first write are on replicas, too. */
  @Test
  void sessionHoldsInTransactionsUntilTheirWrite() throws Exception {
    assertSession(run("session", "0ms", "until-write", 3, 3, 2000).verdict);
  }
}
