package io.rwsplit.it.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/**
 * A server for the test suite of a driver: {@code SuiteServer mariadb|postgresql same|replica}.
 *
 * <p>With {@code same} the only replica is the master itself, behind a second port; with {@code
 * replica} it is a server that replicates. Prints {@code port=… replica=…} once both answer, and
 * ends them when its standard input ends.
 */
public final class SuiteServer {
  private SuiteServer() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    boolean replicates = arguments[1].equals("replica");
    int replicas = replicates ? 1 : 0;
    try (SteeredCluster cluster =
        arguments[0].equals("mariadb")
            ? MariadbCluster.start(replicas)
            : PostgresCluster.start(replicas)) {
      prepare(cluster, arguments[0]);
      try (Relay relay = new Relay(cluster.port(replicas))) {
        System.out.println("port=" + cluster.port(0) + " replica=" + relay.port());
        System.in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /** Users and databases that the suites' instructions ask for. */
  private static void prepare(SteeredCluster cluster, String kind)
      throws SQLException, IOException {
    if (kind.equals("mariadb")) {
      allowManyConnections(cluster);
      cluster.execute(
          ServerCluster.MASTER,
          "CREATE DATABASE testj CHARACTER SET utf8mb4",
          // The more special ones would go before.
          "DELETE FROM mysql.global_priv WHERE user IN ('root', '') AND host <> '%'",
          "FLUSH PRIVILEGES",
          "CREATE USER root@'%' IDENTIFIED BY 'suite'",
          "GRANT ALL PRIVILEGES ON *.* TO root@'%' WITH GRANT OPTION");
    } else {
      cluster.execute(
          ServerCluster.MASTER,
          "CREATE ROLE test LOGIN REPLICATION PASSWORD 'test'",
          "CREATE DATABASE test OWNER test",
          "CREATE DATABASE test_2 OWNER test");
    }
    cluster.awaitReplicas();
  }

  /** The suites connect in very many ways, and there is a pool for each. */
  private static void allowManyConnections(SteeredCluster cluster) throws SQLException {
    for (int node = 0; node <= cluster.replicas(); node++) {
      cluster.execute(node, "SET GLOBAL max_connections=2000");
    }
  }
}
