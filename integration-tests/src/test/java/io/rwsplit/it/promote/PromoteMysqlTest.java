package io.rwsplit.it.promote;

import io.rwsplit.it.servers.MysqlCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;

/** MySQL with GTID, asynchronous. */
@Tag("mysql")
class PromoteMysqlTest extends PromoteByBinlog {
  @Override
  ServerCluster start() throws Exception {
    return MysqlCluster.start(2);
  }

  @Override
  String engine() {
    return "MYSQL";
  }

  @Override
  String runningThreads() {
    // One for the connection, one that applies with its workers' coordinator.
    return "SELECT LEAST(2, COUNT(*)) FROM information_schema.PROCESSLIST"
        + " WHERE USER = 'system user'";
  }

  @Override
  void cut(int replica) throws Exception {
    cluster.execute(
        replica, "STOP REPLICA", "CHANGE REPLICATION SOURCE TO SOURCE_PORT=1", "START REPLICA");
  }

  @Override
  void unfence(int node) throws Exception {
    cluster.execute(node, "SET GLOBAL super_read_only = 0", "SET GLOBAL read_only = 0");
  }

  @Override
  boolean isFenced(int node) throws SQLException {
    return "1".equals(cluster.ask(node, "SELECT @@GLOBAL.read_only"));
  }
}
