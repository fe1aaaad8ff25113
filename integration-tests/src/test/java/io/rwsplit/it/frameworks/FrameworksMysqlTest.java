package io.rwsplit.it.frameworks;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.MysqlCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mysql")
class FrameworksMysqlTest extends FrameworkCases {
  /** Else those with the most reads only, as a program takes a server of MySQL's long. */
  private static final boolean ALL = Boolean.getBoolean("rwsplit.it.frameworks.mysql");

  private static MysqlCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = MysqlCluster.start(2);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  void clear() throws Exception {
    cluster.execute(
        ServerCluster.MASTER, "DROP DATABASE app", "CREATE DATABASE app CHARACTER SET utf8mb4");
    // They cannot be asked before they have it, and may still have the one that was dropped.
    cluster.await("the new database on the replicas", FrameworksMysqlTest::haveIt);
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

  @Test
  @Override
  void migrationsAtStart() throws Exception {
    if (ALL) {
      super.migrationsAtStart();
    }
  }

  @Test
  @Override
  void quartzInACluster() throws Exception {
    if (ALL) {
      super.quartzInACluster();
    }
  }

  @Test
  @Override
  void hibernate5() throws Exception {
    if (ALL) {
      super.hibernate5();
    }
  }

  @Test
  @Override
  void hibernate6() throws Exception {
    if (ALL) {
      super.hibernate6();
    }
  }
}
