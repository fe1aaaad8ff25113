package io.rwsplit.it.frameworks;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class FrameworksMariadbTest extends FrameworkCases {
  private static MariadbCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = MariadbCluster.start(2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Override
  void clear() throws Exception {
    cluster.execute(
        ServerCluster.MASTER, "DROP DATABASE app", "CREATE DATABASE app CHARACTER SET utf8mb4");
    // They cannot be asked before they have it, and may still have the one that was dropped.
    cluster.await("the new database on the replicas", FrameworksMariadbTest::haveIt);
  }

  private static boolean haveIt() {
    try {
      cluster.awaitReplicas();
      return true;
    } catch (SQLException | IOException e) {
      return false;
    }
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
      return Contents.of(connection, ServerCluster.APP, null);
    }
  }
}
