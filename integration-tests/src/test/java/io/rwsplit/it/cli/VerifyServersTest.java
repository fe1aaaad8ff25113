package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} on PostgreSQL and MariaDB: sound and broken setups, each against its file. */
class VerifyServersTest {
  @TempDir Path directory;

  private Tool.Ran verify(
      ServerCluster cluster, String golden, int code, String master, String replicas, String word)
      throws Exception {
    Path password = Files.writeString(directory.resolve("password.txt"), word);
    Tool tool = new Tool(directory);
    for (int node = 0; node <= cluster.replicas(); node++) {
      tool.name(String.valueOf(cluster.port(node)), "PORT" + node);
    }
    Tool.Ran ran =
        tool.golden(
                "verify-" + golden,
                "verify",
                "-Drwsplit.master=" + master,
                "-Drwsplit.replicas=" + replicas,
                "--driver-path",
                Tool.drivers(),
                "--user",
                ServerCluster.APP,
                "--password-file",
                password.toString())
            .expect(code);
    assertFalse((ran.out + ran.err).contains("wr0ng-secret"), ran::toString);
    return ran;
  }

  private void check(ServerCluster cluster, String engine) throws Exception {
    String replica = cluster.url(1);
    verify(cluster, engine + "-sound", 0, cluster.url(), replica + "," + cluster.url(2), "app");
    verify(cluster, engine + "-wrong-password", 1, cluster.url(), replica, "wr0ng-secret");
    verify(cluster, engine + "-not-a-replica", 1, replica, cluster.url(), "app");
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String dead = replica.replace(":" + cluster.port(1), ":" + free);
    Tool.Ran ran =
        new Tool(directory)
            .run(
                "verify",
                "-Drwsplit.master=" + cluster.url(),
                "-Drwsplit.replicas=" + dead,
                "--driver-path",
                Tool.drivers(),
                "--user",
                ServerCluster.APP,
                "--password-file",
                directory.resolve("password.txt").toString())
            .expect(1);
    assertTrue(ran.out.contains("start the server"), ran::toString);
  }

  /** Users who may do less than the agent would have them, on MariaDB and MySQL. */
  private void rights(ServerCluster cluster, String grant) throws Exception {
    String master = cluster.appUrl();
    Path password = Files.writeString(directory.resolve("password.txt"), "bare");
    String[] words = {
      "verify",
      "-Drwsplit.master=" + master,
      "-Drwsplit.replicas=" + cluster.url(1),
      "--driver-path",
      Tool.drivers(),
      "--user",
      "bare",
      "--password-file",
      password.toString()
    };
    cluster.make("CREATE TABLE kept (id INTEGER PRIMARY KEY)");
    cluster.execute(ServerCluster.MASTER, "CREATE USER bare IDENTIFIED BY 'bare'");
    try {
      cluster.awaitReplicas();
      Tool.Ran none = new Tool(directory).run(words).expect(1);
      assertTrue(none.out.contains("GRANT SELECT on the database"), none::toString);
      cluster.execute(ServerCluster.MASTER, "GRANT SELECT ON app.kept TO bare");
      cluster.awaitReplicas();
      Tool.Ran some = new Tool(directory).run(words).expect(0);
      assertTrue(some.out.contains("may not see the state of replication"), some::toString);
      assertTrue(some.out.contains(grant), some::toString);
      Writers.beside(
          cluster,
          "REVOKE SELECT ON app.kept FROM bare",
          "GRANT CREATE TEMPORARY TABLES ON app.* TO bare");
      Tool.Ran fewer = new Tool(directory).run(words).expect(0);
      assertTrue(fewer.out.contains("sees 0 tables here, and 1 on the master"), fewer::toString);
    } finally {
      cluster.execute(ServerCluster.MASTER, "DROP USER bare", "DROP TABLE app.kept");
      cluster.awaitReplicas();
    }
  }

  @Test
  void rightsOnMariadb() throws Exception {
    rights(SharedClusters.mariadb(), "GRANT SLAVE MONITOR");
  }

  @Test
  @Tag("mysql")
  void rightsOnMysql() throws Exception {
    rights(SharedClusters.mysql(), "GRANT REPLICATION CLIENT");
  }

  @Test
  void postgres() throws Exception {
    check(SharedClusters.postgres(), "postgres");
  }

  @Test
  void mariadb() throws Exception {
    check(SharedClusters.mariadb(), "mariadb");
  }
}
