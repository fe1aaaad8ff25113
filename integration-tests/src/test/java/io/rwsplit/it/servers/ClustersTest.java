package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The servers of the tests are what the tests take them for. */
class ClustersTest {
  @Test
  void postgresReplicatesPausesAndComesBack() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      check(cluster, "25006");
      cluster.rebuild(2);
      assertEquals("3", cluster.ask(2, "SELECT count(*) FROM t"));
      cluster.promote(1);
      assertEquals("f", cluster.ask(1, "SELECT pg_is_in_recovery()"));
    }
  }

  @Test
  void mariadbReplicatesPausesAndComesBack() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(2)) {
      check(cluster, "HY000");
    }
  }

  @Test
  @Tag("mysql")
  void mysqlReplicatesPausesAndComesBack() throws Exception {
    try (MysqlCluster cluster = MysqlCluster.start(2)) {
      check(cluster, "HY000");
    }
  }

  @Test
  @Tag("mysql")
  void mysqlReplicatesWithoutGtids() throws Exception {
    try (MysqlCluster cluster = MysqlCluster.startWithoutGtids(1)) {
      cluster.make("CREATE TABLE t(a INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      assertEquals("1", cluster.ask(1, "SELECT count(*) FROM t"));
      assertEquals("", cluster.ask(1, "SELECT @@GLOBAL.gtid_executed"));
    }
  }

  private static void check(SteeredCluster cluster, String readOnlyState) throws Exception {
    cluster.make("CREATE TABLE t(a INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    for (int i = 1; i <= cluster.replicas(); i++) {
      assertEquals("1", cluster.ask(i, "SELECT count(*) FROM t"));
    }
    cluster.pauseReplay(1);
    cluster.execute(
        ServerCluster.MASTER, "INSERT INTO app.t VALUES (2)".replace("app.", prefix(cluster)));
    cluster.await("node 2 has it", () -> "2".equals(cluster.ask(2, "SELECT count(*) FROM t")));
    assertEquals("1", cluster.ask(1, "SELECT count(*) FROM t"));
    cluster.resumeReplay(1);
    cluster.awaitReplicas();
    assertEquals("2", cluster.ask(1, "SELECT count(*) FROM t"));
    try (Connection connection = cluster.app(1);
        Statement statement = connection.createStatement()) {
      SQLException refused =
          assertThrows(
              SQLException.class, () -> statement.executeUpdate("INSERT INTO t VALUES (9)"));
      assertEquals(readOnlyState, refused.getSQLState());
    }
    cluster.kill(1);
    cluster.make("INSERT INTO t VALUES (3)");
    cluster.restart(1);
    cluster.awaitReplicas();
    assertEquals("3", cluster.ask(1, "SELECT count(*) FROM t"));
  }

  private static String prefix(SteeredCluster cluster) {
    return cluster instanceof PostgresCluster ? "" : "app.";
  }
}
