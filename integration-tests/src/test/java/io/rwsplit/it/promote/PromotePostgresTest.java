package io.rwsplit.it.promote;

import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.sql.SQLException;

/** PostgreSQL. */
class PromotePostgresTest extends PromoteOnServers {
  @Override
  ServerCluster start() throws Exception {
    PostgresCluster started = PostgresCluster.start(2);
    // It would write transactions of its own, which would be counted as orphans, rightly.
    started.execute(
        ServerCluster.MASTER, "ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()");
    return started;
  }

  @Override
  String engine() {
    return "POSTGRESQL";
  }

  @Override
  String fixed() {
    return "fixed";
  }

  @Override
  void awaitReturned(SteadyJvm jvm) throws Exception {
    awaitSaid(jvm, jvm, "run pg_rewind");
  }

  @Override
  String controller() {
    return "postgres";
  }

  @Override
  void cut(int replica) throws Exception {
    String known =
        cluster.ask(replica, "SELECT setting FROM pg_settings WHERE name = 'primary_conninfo'");
    String nowhere = known.replaceAll("port=\\d+", "port=1");
    cluster.execute(
        replica,
        "ALTER SYSTEM SET primary_conninfo = '" + nowhere.replace("'", "''") + "'",
        "SELECT pg_reload_conf()");
    cluster.await(
        "the receiver has ended",
        () -> "0".equals(cluster.ask(replica, "SELECT count(*) FROM pg_stat_wal_receiver")));
  }

  @Override
  void unfence(int node) throws Exception {
    cluster.execute(
        node,
        "ALTER SYSTEM RESET default_transaction_read_only",
        "ALTER SYSTEM RESET synchronous_standby_names",
        "SELECT pg_reload_conf()");
    cluster.await("unfenced", () -> !isFenced(node));
  }

  @Override
  boolean isFenced(int node) throws SQLException {
    return "on".equals(cluster.ask(node, "SHOW default_transaction_read_only"));
  }
}
