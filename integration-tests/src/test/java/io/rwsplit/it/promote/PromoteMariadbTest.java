package io.rwsplit.it.promote;

import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.sql.SQLException;

/** MariaDB with GTID, asynchronous. */
class PromoteMariadbTest extends PromoteByBinlog {
  @Override
  ServerCluster start() throws Exception {
    return MariadbCluster.start(2);
  }

  @Override
  String engine() {
    return "MARIADB";
  }

  @Override
  String runningThreads() {
    return "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
        + " WHERE COMMAND IN ('Slave_IO', 'Slave_SQL')";
  }

  @Override
  void cut(int replica) throws Exception {
    cluster.execute(replica, "STOP SLAVE", "CHANGE MASTER TO MASTER_PORT=1", "START SLAVE");
  }

  @Override
  void unfence(int node) throws Exception {
    cluster.execute(node, "SET GLOBAL read_only = 0");
  }

  @Override
  boolean isFenced(int node) throws SQLException {
    return "1".equals(cluster.ask(node, "SELECT @@GLOBAL.read_only"));
  }
}
