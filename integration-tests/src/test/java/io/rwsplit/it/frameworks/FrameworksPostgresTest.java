package io.rwsplit.it.frameworks;

import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class FrameworksPostgresTest extends ServerFrameworkCases {
  private static PostgresCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = PostgresCluster.start(2);
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

  @Override
  void clear() throws Exception {
    cluster.execute(
        ServerCluster.MASTER,
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public AUTHORIZATION app");
    cluster.awaitReplicas();
  }

  @Override
  List<String> contents() throws Exception {
    try (Connection connection = cluster.app(ServerCluster.MASTER)) {
      return Contents.of(connection, null, "public");
    }
  }
}
