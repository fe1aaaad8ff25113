package io.rwsplit.it.frameworks;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class FrameworksPostgresTest extends FrameworkCases {
  private static PostgresCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = PostgresCluster.start(2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
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
  String[] access() {
    return new String[] {cluster.appUrl(), ServerCluster.APP, ServerCluster.APP};
  }

  @Override
  ForkedJvm.Builder split(ForkedJvm.Builder jvm) {
    return cluster.split(jvm);
  }

  @Override
  List<String> contents() throws Exception {
    try (Connection connection = cluster.app(ServerCluster.MASTER)) {
      return Contents.of(connection, null, "public");
    }
  }
}
