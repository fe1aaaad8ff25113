package io.rwsplit.it.frameworks;

import io.rwsplit.it.servers.ServerCluster;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The frameworks on MariaDB and MySQL, where a schema is a database. */
abstract class BinlogFrameworkCases extends ServerFrameworkCases {

  @Override
  void clear() throws Exception {
    cluster()
        .execute(
            ServerCluster.MASTER, "DROP DATABASE app", "CREATE DATABASE app CHARACTER SET utf8mb4");
    // They cannot be asked before they have it, and may still have the one that was dropped.
    cluster().await("the new database on the replicas", this::haveIt);
  }

  private boolean haveIt() {
    try {
      cluster().awaitReplicas();
      return true;
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  @Override
  List<String> contents() throws Exception {
    try (Connection connection = cluster().app(ServerCluster.MASTER)) {
      return Contents.of(connection, ServerCluster.APP, null);
    }
  }
}
