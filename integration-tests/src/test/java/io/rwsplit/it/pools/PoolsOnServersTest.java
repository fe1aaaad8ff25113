package io.rwsplit.it.pools;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.MysqlCluster;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every pool and data source on the drivers of servers. */
class PoolsOnServersTest {
  /**
   * First those that are closed with their results: the others' hold replica connections a while.
   */
  private static final String POOLS =
      "manager,plain,hikari,dbcp,tomcat,tomcatcached,c3p0,druid,agroal,bonecp,pooled,xa";

  private static final int FEW = 300;

  private static final int MANY = 10_000;

  @Test
  void onPostgres() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      areSplit(cluster, cluster.appUrl(), POOLS + ",pool");
    }
  }

  @Test
  void onMariadb() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(2)) {
      // The bare driver leaves some on the server, which after 16,382 refuses: then it hangs.
      boolean onServer = PoolTours.cycles(FEW) < MANY;
      String prepared = onServer ? "&useServerPrepStmts=true" : "";
      areSplit(cluster, cluster.appUrl() + prepared, POOLS + ",pool");
    }
  }

  @Test
  @Tag("mysql")
  void onMysql() throws Exception {
    try (MysqlCluster cluster = MysqlCluster.start(2)) {
      cluster.execute(ServerCluster.MASTER, "GRANT XA_RECOVER_ADMIN ON *.* TO app@'%'");
      // Prepared on the server, they would not outlive a use of Connector/J's pooled connections.
      areSplit(cluster, cluster.appUrl() + "&cachePrepStmts=true", POOLS);
    }
  }

  private static void areSplit(ServerCluster cluster, String url, String all) throws Exception {
    String[] pools = System.getProperty("rwsplit.it.pools", all).split(",");
    PoolTours tours = new PoolTours(url, PoolTours.cycles(FEW), pools);
    List<String> bare = tours.bare();
    List<String> drops = new ArrayList<>();
    for (String pool : pools) {
      drops.add("DROP TABLE t_" + pool);
    }
    cluster.make(drops.toArray(new String[0]));
    tours.judge(cluster.split(new ForkedJvm.Builder()), bare);
  }
}
