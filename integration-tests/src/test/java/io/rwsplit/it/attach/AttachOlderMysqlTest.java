package io.rwsplit.it.attach;

import io.rwsplit.it.Drivers;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** MySQL and Connector/J 5.1, which knows nothing of the default way to authenticate. */
@Tag("mysql")
class AttachOlderMysqlTest extends AttachOnServers {
  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.mysql();
    password("IDENTIFIED WITH mysql_native_password BY 'app'");
  }

  @AfterAll
  static void restore() throws Exception {
    password("IDENTIFIED WITH caching_sha2_password BY 'app'");
  }

  private static void password(String how) throws Exception {
    cluster.execute(ServerCluster.MASTER, "ALTER USER app@'%' " + how);
    cluster.awaitReplicas();
  }

  @Override
  String appUrl() {
    return cluster.url() + "?useSSL=false";
  }

  @Override
  String classPath() {
    return Drivers.classPathWith("mysql-connector-j", "5.1.49");
  }

  @Override
  String distributed() {
    return "com.mysql.jdbc.jdbc2.optional.MysqlXADataSource";
  }

  @Override
  String key() {
    return "INT AUTO_INCREMENT";
  }
}
