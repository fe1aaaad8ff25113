package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Drivers;
import io.rwsplit.it.ForkedJvm;
import java.util.List;
import legacy.servers.Tour;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that uses much of JDBC on a server gets the same with and without the agent. */
class TourTest {
  @Test
  void onPostgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    sameOutput(cluster, cluster.appUrl());
  }

  @Test
  void onMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    otherDatabase(cluster);
    sameOutput(cluster, cluster.appUrl());
    sameOutput(cluster, cluster.appUrl() + "&useServerPrepStmts=true");
  }

  /**
   * Both drivers, an older version of MySQL's, and options that change how it works. With servers
   * of its own: on those that other tests have used, the bare driver has hung here, after its query
   * timeout, in two runs of all tests; the cause is not found.
   */
  @Test
  @Tag("mysql")
  void onMysql() throws Exception {
    try (MysqlCluster cluster = MysqlCluster.start(2)) {
      otherDatabase(cluster);
      sameOutput(cluster, cluster.appUrl());
      sameOutput(
          cluster,
          cluster.appUrl()
              + "&useServerPrepStmts=true&cachePrepStmts=true&useCursorFetch=true"
              + "&defaultFetchSize=2&rewriteBatchedStatements=true&allowMultiQueries=true"
              + "&useLocalSessionState=true&useLocalTransactionState=true&useUsageAdvisor=false"
              + "&maintainTimeStats=false&cacheResultSetMetadata=true");
      sameOutput(cluster, cluster.mariadbDriverUrl());
      sameOutput(cluster, cluster.appUrl(), Drivers.classPathWith("mysql-connector-j", "8.0.33"));
    }
  }

  private static void otherDatabase(ServerCluster cluster) throws Exception {
    cluster.execute(
        ServerCluster.MASTER, "CREATE DATABASE other", "GRANT ALL ON other.* TO app@'%'");
  }

  private static void sameOutput(ServerCluster cluster, String url) throws Exception {
    sameOutput(cluster, url, System.getProperty("java.class.path"));
  }

  private static void sameOutput(ServerCluster cluster, String url, String classPath)
      throws Exception {
    List<String> bare;
    try (ForkedJvm app =
        new ForkedJvm.Builder().main(classPath, Tour.class.getName(), url, "app", "app").start()) {
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      bare = app.out();
    }
    cluster.awaitReplicas();
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.log.routes", "true")
            // Its reads follow writes: without it few would be served by replicas.
            .property("rwsplit.consistency.wait", "5s")
            .main(classPath, Tour.class.getName(), url, "app", "app")
            .start()) {
      app.awaitErr(line -> line.contains("replica1 <- "), 120);
      app.awaitErr(line -> line.contains("replica2 <- "), 120);
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(String.join("\n", bare), String.join("\n", app.out()));
      assertFalse(app.saysFault(), app::transcript);
      System.out.println(url + ": " + onReplicas(app) + " reads on replicas");
      assertTrue(onReplicas(app) > 10, app::transcript);
    }
  }

  /** Without those before the tour. */
  private static long onReplicas(ForkedJvm app) {
    return app.err().stream()
        .filter(line -> !line.endsWith("[SELECT note FROM item WHERE id < ?]"))
        .filter(line -> line.contains("replica1 <- ") || line.contains("replica2 <- "))
        .count();
  }
}
