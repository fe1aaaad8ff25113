package io.rwsplit.it.attach;

import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** MySQL and its own driver. */
@Tag("mysql")
class AttachMysqlTest extends AttachOnServers {
  @BeforeAll
  static void start() throws Exception {
    cluster = SharedClusters.mysql();
  }

  @Override
  String distributed() {
    return "com.mysql.cj.jdbc.MysqlXADataSource";
  }

  @Override
  String key() {
    return "INT AUTO_INCREMENT";
  }
}
