package io.rwsplit.it.pools;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.MysqlCluster;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Drivers of years past, whose connections are made in other places than those of today. */
class OldServerDriversTest {
  private static final int CYCLES = 100;

  @Test
  void mariadb27() throws Exception {
    String[] pools = {"manager", "plain", "hikari", "pooled", "pool", "xa"};
    MariadbCluster cluster = SharedClusters.mariadb();
    PoolTours tours =
        new PoolTours(cluster.appUrl(), CYCLES, pools).with("mariadb-java-client", "2.7.12");
    List<String> bare = tours.bare();
    drop(cluster, pools);
    tours.judge(
        cluster
            .split(new ForkedJvm.Builder())
            // Its data sources tell nobody with which password they connect.
            .property("rwsplit.replicas.user", ServerCluster.APP)
            .property("rwsplit.replicas.password", ServerCluster.APP),
        bare);
  }

  /** The last two lines before 42.2; they know neither SCRAM nor network timeouts. */
  @Test
  void postgresBefore422() throws Exception {
    // Its own pool leaves results open for good, which hold replica connections for a second each.
    String[] pools = {"manager", "hikari", "dbcp"};
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      cluster.allowMd5();
      for (String version : new String[] {"9.4.1212", "42.1.4"}) {
        PoolTours tours = new PoolTours(cluster.url(), CYCLES, pools).with("postgresql", version);
        List<String> bare = tours.bare();
        drop(cluster, pools);
        tours.judge(cluster.split(new ForkedJvm.Builder()), bare);
        drop(cluster, pools);
      }
    }
  }

  @Test
  @Tag("mysql")
  void mysql51() throws Exception {
    String[] pools = {"manager", "hikari", "dbcp", "tomcat"};
    try (MysqlCluster cluster = MysqlCluster.start(2)) {
      // It knows nothing of the default plugin.
      cluster.execute(
          ServerCluster.MASTER,
          "ALTER USER app@'%' IDENTIFIED WITH mysql_native_password BY 'app'");
      cluster.awaitReplicas();
      PoolTours tours =
          new PoolTours(cluster.url() + "?useSSL=false", CYCLES, pools)
              .with("mysql-connector-j", "5.1.49");
      List<String> bare = tours.bare();
      drop(cluster, pools);
      tours.judge(cluster.split(new ForkedJvm.Builder()), bare);
    }
  }

  private static void drop(ServerCluster cluster, String... pools) throws Exception {
    List<String> drops = new ArrayList<>();
    for (String pool : pools) {
      drops.add("DROP TABLE t_" + pool);
    }
    cluster.make(drops.toArray(new String[0]));
  }
}
