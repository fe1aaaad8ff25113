package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rwsplit.it.ForkedJvm;
import legacy.servers.Aborted;
import legacy.servers.ReadOnlyLoss;
import legacy.servers.Sessions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Transactions and session state on replicas of real servers. Replay stands still while the
 * application runs, with another row in the table marker on every node: the output tells who
 * served.
 */
class SessionsTest {
  private static final String NUMBERS =
      "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 900)"
          + " SELECT n FROM s";

  private static final String END_POSTGRES = "SELECT pg_terminate_backend(%s)";

  private static final String COMMON =
      lines(
          "warm: [r1, r2]",
          "autocommit:  r",
          "transaction:  m",
          "read only: all on one r",
          "read only again: all on one r",
          "after it:  r",
          "by text: all on one r",
          "refused: as by the driver",
          "nothing written: 0",
          "zero: 42%s",
          "temporary:  m",
          "dropped:  r");

  @Test
  void onPostgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    cluster.execute(ServerCluster.MASTER, "CREATE ROLE reader", "GRANT reader TO app");
    postgresTables(cluster);
    mark(cluster, "");
    String expected =
        lines(
            String.format(COMMON, "P01"),
            "search_path: a r",
            "rolled back: a r",
            "committed: b r",
            "set_config: a r",
            "by parameter: b r",
            "setSchema: b",
            "reset: p r",
            "time zone: 2026-01-02 09:00:00+09 r",
            "date style: 2026-01-02 r",
            "policy: 7 r",
            "role: 42501 r",
            "no role: s r",
            "timeout: 57014",
            "discarded: p r",
            "unmodelled:  m",
            "reset all:  r",
            "locked:  m",
            "unlocked:  r",
            "set in a read-only transaction: b",
            "set local: a r",
            "fails: 22012",
            "goes on: a",
            "serializable:  m",
            "alternating: [arbrpr]",
            "zone of the JVM: 2026-01-02 05:45:00+05:45, 2026-01-02 05:45:00.0 r",
            "data type: PGobject r",
            "own class: Address r",
            "another connection's: PGobject r",
            "own class: Address r",
            "another connection's: PGobject r",
            "own class: Address r",
            "another connection's: PGobject r",
            "own class still: Address r");
    assertEquals(expected, run(cluster, "postgres", cluster.url()));
    assertEquals(expected, runInUse(cluster, "postgres", cluster.url()));
    String untilWrite =
        lines(
            "warm: [r1, r2]",
            "before:  r",
            "after:  m",
            "next:  r",
            "locked:  m",
            "in pieces: m",
            "scrollable, in pieces: r",
            "repeatable read:  m",
            "by text, in pieces: r");
    assertEquals(untilWrite, run(cluster, "until-write", cluster.url()));
    aborted(cluster, cluster.url(), "SELECT pid FROM pg_stat_activity WHERE query", END_POSTGRES);
  }

  private static void postgresTables(PostgresCluster cluster) throws Exception {
    cluster.make(
        "CREATE TABLE marker (who TEXT)",
        "GRANT SELECT ON marker TO reader",
        "INSERT INTO marker VALUES ('?')",
        "CREATE TABLE scratchpad (a INT)",
        "INSERT INTO scratchpad VALUES (1)",
        "CREATE TABLE wide (n INT)",
        "INSERT INTO wide " + NUMBERS,
        "CREATE TABLE secret (x TEXT)",
        "INSERT INTO secret VALUES ('s')",
        "CREATE VIEW tenant_of_session AS SELECT current_setting('app.tenant') AS tenant",
        "CREATE TABLE names (x TEXT, t TIMESTAMPTZ)",
        "INSERT INTO names VALUES ('p', '2026-01-02 00:00:00Z')",
        "CREATE SCHEMA a",
        "CREATE SCHEMA b",
        "CREATE TABLE a.names (x TEXT)",
        "CREATE TABLE b.names (x TEXT)",
        "INSERT INTO a.names VALUES ('a')",
        "INSERT INTO b.names VALUES ('b')");
  }

  @Test
  void onMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    onMysqlFamily(cluster, cluster.appUrl());
    String kept =
        lines(
            "warm: [r1, r2]",
            "time zone: true r",
            "reset: false r",
            "reset in a transaction: 3",
            "after it: 3 r");
    assertEquals(kept, run(cluster, "reset", cluster.appUrl()));
    String forgotten =
        lines(
            "warm: [r1, r2]",
            "time zone: true r",
            "reset: true r",
            "reset in a transaction: 1",
            "after it: 1 r");
    String resetting = cluster.appUrl() + "&useResetConnection=true";
    assertEquals(forgotten, run(cluster, "reset", resetting));
  }

  @Test
  @Tag("mysql")
  void onMysql() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    onMysqlFamily(cluster, cluster.appUrl());
  }

  @Test
  @Tag("mysql")
  void onMysqlWithMariadbsDriver() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    onMysqlFamily(cluster, cluster.mariadbDriverUrl());
  }

  private static void onMysqlFamily(SteeredCluster cluster, String url) throws Exception {
    cluster.execute(
        ServerCluster.MASTER,
        "CREATE DATABASE other",
        "GRANT ALL ON other.* TO app@'%'",
        "CREATE FUNCTION app.trunc(a INT) RETURNS INT DETERMINISTIC NO SQL RETURN a");
    cluster.make(
        "CREATE TABLE marker (who VARCHAR(10))",
        "INSERT INTO marker VALUES ('?')",
        "CREATE TABLE wide (n INT)",
        "INSERT INTO wide " + NUMBERS,
        "CREATE TABLE stamps (t TIMESTAMP, c CHAR(3))",
        "INSERT INTO stamps VALUES (FROM_UNIXTIME(0 + 86400), 'x')",
        "CREATE TABLE names (x VARCHAR(3))",
        "INSERT INTO names VALUES ('p')",
        "CREATE TABLE other.names (x VARCHAR(3))",
        "INSERT INTO other.names VALUES ('o')");
    mark(cluster, "app.");
    String expected =
        lines(
            String.format(COMMON, "S02"),
            "stored function: m",
            "time zone: 1970-01-02 09:00:00 r",
            "two: 3 r",
            "sql_mode: 1 r",
            "length: xxx r",
            "names: 0 r",
            "names again: 1 r",
            "variable:  m",
            "setCatalog: o r",
            "use:  r",
            "serializable:  m",
            "read committed:  r",
            "locked:  m",
            "unlocked:  r",
            "the driver's metadata: its own",
            "alternating: [orprpr]",
            "by JDBC: 5",
            "by a setter of the driver's own: 6",
            "zone of the JVM: 2026-01-02 03:04:05, 2026-01-02 03:04:05.0 r");
    assertEquals(expected, run(cluster, "mysql", url));
    assertEquals(expected, runInUse(cluster, "mysql", url));
    aborted(cluster, url, "SELECT id FROM information_schema.processlist WHERE info", "KILL %s");
  }

  /**
   * Found with the driver tests of MariaDB's: abort did not end a read that ran on a replica, and
   * this one went on until its rows had filled the heap.
   */
  private static void aborted(SteeredCluster cluster, String url, String running, String end)
      throws Exception {
    String longRead = running + " LIKE 'SELECT COUNT(*) FROM wide%'";
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.read-after-write", "false")
            .property("rwsplit.lag.max", "1h")
            .property("rwsplit.pool.replica.max", "2")
            .main(Aborted.class, url, "app", "app")
            .start()) {
      String[] session = new String[cluster.replicas() + 1];
      cluster.await(
          "the read begins on a replica",
          () -> {
            session[1] = cluster.ask(1, longRead);
            session[2] = cluster.ask(2, longRead);
            return session[1] != null || session[2] != null;
          });
      try {
        app.tell("");
        assertEquals(0, app.exitCode(120), app::transcript);
        assertFalse(app.saysFault(), app::transcript);
        assertEquals(
            lines("reading", "the read fails", "closed: true", "another reads on: r"),
            String.join("\n", app.out()),
            app::transcript);
      } finally {
        // Servers may go on with it, though nobody hears of the result.
        for (int node = 1; node < session.length; node++) {
          String left = cluster.ask(node, longRead);
          if (left != null) {
            cluster.execute(node, String.format(end, left));
          }
        }
      }
    }
  }

  @Test
  void aReplicaDiesInReadOnlyTransactions() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(1)) {
      cluster.make("CREATE TABLE marker (who TEXT)", "INSERT INTO marker VALUES ('r')");
      cluster.pauseReplay(1);
      cluster.execute(ServerCluster.MASTER, "UPDATE marker SET who = 'm'");
      try (ForkedJvm app =
          cluster
              .split(new ForkedJvm.Builder())
              .property("rwsplit.read-after-write", "false")
              .property("rwsplit.lag.max", "1h")
              .main(ReadOnlyLoss.class, cluster.url(), "app", "app")
              .start()) {
        assertEquals("read: rr", app.awaitOut(line -> line.startsWith("read"), 120));
        cluster.kill(1);
        app.tell("");
        assertEquals(0, app.exitCode(120), app::transcript);
        assertFalse(app.saysFault(), app::transcript);
        // What holds a snapshot fails as the driver fails; what does not goes on on the master.
        assertEquals(
            lines(
                "read: rr",
                "per statement: mm",
                "snapshot: lost lost",
                "not yet read: m",
                "after rollback: m"),
            String.join("\n", app.out()));
      }
    }
  }

  /** Gives every node its name, the replicas by stopping their replay in turn. */
  static void mark(SteeredCluster cluster, String prefix) throws Exception {
    String set = "UPDATE " + prefix + "marker SET who = ";
    cluster.execute(ServerCluster.MASTER, set + "'r1'");
    cluster.awaitReplicas();
    cluster.pauseReplay(1);
    cluster.execute(ServerCluster.MASTER, set + "'r2'");
    cluster.await("r2", () -> "r2".equals(cluster.ask(2, "SELECT who FROM marker")));
    cluster.pauseReplay(2);
    cluster.execute(ServerCluster.MASTER, set + "'m'");
  }

  private static String run(SteeredCluster cluster, String scenario, String url) throws Exception {
    return run(
        settings(cluster.split(new ForkedJvm.Builder()), scenario)
            .main(Sessions.class, url, "app", "app", scenario));
  }

  /** The same with an agent that comes when the driver is in use. */
  private static String runInUse(SteeredCluster cluster, String scenario, String url)
      throws Exception {
    ForkedJvm.Builder jvm = settings(UsedDriver.split(cluster), scenario);
    return run(UsedDriver.main(jvm, Sessions.class, url, "app", "app", scenario));
  }

  private static ForkedJvm.Builder settings(ForkedJvm.Builder jvm, String scenario) {
    return jvm.property("rwsplit.read-after-write", "false")
        .property("rwsplit.lag.max", "1h")
        .property("rwsplit.pool.replica.max", "1")
        .property("rwsplit.log.routes", "true")
        .property(
            "rwsplit.transactions", scenario.equals("until-write") ? "until-write" : "master");
  }

  private static String run(ForkedJvm.Builder jvm) throws Exception {
    try (ForkedJvm app = jvm.start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      return String.join("\n", app.out());
    }
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }
}
