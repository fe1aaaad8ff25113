package io.rwsplit.it.servers;

import org.junit.jupiter.api.Test;

/**
 * Whatever becomes of a replica, an application loses no autocommit read, sees its own writes, and
 * waits for no read longer than {@code rwsplit.replica.timeout}.
 */
class ChaosTest {
  /** How long each fault lasts in the long mode: {@code -Drwsplit.it.chaos.millis=20000}. */
  private static final long MILLIS = Long.getLong("rwsplit.it.chaos.millis", 1000);

  private static final int ROUNDS = Integer.getInteger("rwsplit.it.chaos.rounds", 1);

  @Test
  void postgres() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(2);
        Chaos chaos = new Chaos("PostgreSQL, asynchronous", cluster)) {
      for (int round = 0; round < ROUNDS; round++) {
        faults(cluster, chaos);
        chaos.fault(
            "errors",
            1,
            "",
            MILLIS,
            () -> {
              cluster.execute(1, "ALTER SYSTEM SET default_transaction_isolation = 'serializable'");
              cluster.execute(1, "SELECT pg_reload_conf()");
            },
            () -> {
              // Where every statement fails, no SQL can undo it.
              cluster.forgetAltered(1);
            });
      }
      chaos.end();
    }
  }

  /** Commits wait for a standby that has applied them, and so do their own reads. */
  @Test
  void postgresSynchronous() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(2)) {
      cluster.execute(
          ServerCluster.MASTER,
          "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (node1, node2)'",
          "ALTER SYSTEM SET synchronous_commit = 'remote_apply'");
      cluster.execute(ServerCluster.MASTER, "SELECT pg_reload_conf()");
      try (Chaos chaos = new Chaos("PostgreSQL, synchronous", cluster)) {
        for (int round = 0; round < ROUNDS; round++) {
          chaos.fault("kill -9", 1, "", MILLIS, () -> cluster.kill(1), () -> cluster.restart(1));
          chaos.fault("SIGSTOP", 2, "", MILLIS, () -> cluster.freeze(2), () -> cluster.thaw(2));
        }
        chaos.end();
      }
    }
  }

  @Test
  void mariadb() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(2)) {
      cluster.execute(
          ServerCluster.MASTER,
          "GRANT SLAVE MONITOR ON *.* TO app@'%'",
          "CREATE TABLE app.clash(id INT PRIMARY KEY)");
      cluster.awaitReplicas();
      try (Chaos chaos = new Chaos("MariaDB, GTID", cluster)) {
        for (int round = 0; round < ROUNDS; round++) {
          faults(cluster, chaos);
          chaos.fault(
              "errors",
              1,
              "errors",
              MILLIS,
              () -> move(cluster, "item", "away"),
              () -> move(cluster, "away", "item"));
          String row = "app.clash VALUES (" + round + ")";
          chaos.fault(
              "SQL thread's error",
              2,
              "replication stopped: SQL thread: 1062",
              MILLIS,
              () -> {
                cluster.execute(2, "SET sql_log_bin=0", "INSERT INTO " + row);
                cluster.execute(ServerCluster.MASTER, "INSERT INTO " + row);
              },
              () ->
                  cluster.execute(
                      2, "SET sql_log_bin=0", "DELETE FROM app.clash", "START SLAVE SQL_THREAD"));
        }
        chaos.end();
      }
    }
  }

  /** On the first replica only. */
  private static void move(MariadbCluster cluster, String from, String to) throws Exception {
    cluster.execute(1, "SET sql_log_bin=0", "RENAME TABLE app." + from + " TO app." + to);
  }

  private static void faults(SteeredCluster cluster, Chaos chaos) throws Exception {
    chaos.nuisance("calm", MILLIS, () -> {}, () -> {});
    chaos.fault("kill -9", 1, "", MILLIS, () -> cluster.kill(1), () -> cluster.restart(1));
    chaos.fault("SIGSTOP", 2, "", 2 * MILLIS, () -> cluster.freeze(2), () -> cluster.thaw(2));
    chaos.nuisance(
        "20 ms of network", MILLIS, () -> chaos.relay(1).delay(10), () -> chaos.relay(1).delay(0));
    chaos.fault(
        "black hole",
        1,
        "",
        2 * MILLIS,
        () -> chaos.relay(1).blackHole(true),
        () -> chaos.relay(1).blackHole(false));
    chaos.nuisance("broken connections", MILLIS, () -> chaos.relay(2).reset(), () -> {});
    chaos.fault(
        "replay stopped",
        2,
        "lags",
        MILLIS,
        () -> cluster.pauseReplay(2),
        () -> cluster.resumeReplay(2));
  }
}
