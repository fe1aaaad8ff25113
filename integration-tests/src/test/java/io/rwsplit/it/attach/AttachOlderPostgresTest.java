package io.rwsplit.it.attach;

import io.rwsplit.it.Drivers;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** PostgreSQL and pgjdbc of the line before 42, which knows no SCRAM. */
class AttachOlderPostgresTest extends AttachPostgresTest {
  @BeforeAll
  static void start() throws Exception {
    PostgresCluster postgres = SharedClusters.postgres();
    cluster = postgres;
    postgres.allowMd5();
  }

  @AfterAll
  static void restore() throws Exception {
    cluster.execute(ServerCluster.MASTER, "ALTER ROLE app PASSWORD 'app'");
    cluster.awaitReplicas();
  }

  @Override
  String classPath() {
    return Drivers.classPathWith("postgresql", "9.4.1212");
  }
}
