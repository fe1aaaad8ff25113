package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.util.List;
import legacy.servers.DataSources;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of data sources, pooled and distributed ones, of both drivers on MySQL. */
@Tag("mysql")
class MysqlDataSourcesTest {
  private static final String[] KINDS = {"alone", "pooled", "xa", "distributed"};

  private static MysqlCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = MysqlCluster.start(1);
    cluster.make(
        "CREATE TABLE moments(t TIMESTAMP)", "INSERT INTO moments VALUES (FROM_UNIXTIME(86400))");
    for (int i = 0; i <= 1; i++) {
      // MariaDB's driver starts a transaction for what it recovers.
      cluster.execute(i, "SET GLOBAL time_zone = '+00:00'");
    }
    cluster.execute(ServerCluster.MASTER, "GRANT XA_RECOVER_ADMIN ON *.* TO app@'%'");
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void behaveAsWithoutTheAgent(String driver) throws Exception {
    List<String> bare = run(new ForkedJvm.Builder(), driver, false).out();
    ForkedJvm split =
        run(
            cluster
                .split(new ForkedJvm.Builder())
                .property("rwsplit.log.routes", "true")
                .property("rwsplit.consistency.wait", "5s")
                .property("rwsplit.pool.replica.max", "20"),
            driver,
            true);
    assertEquals(String.join("\n", bare), String.join("\n", split.out()), split::transcript);
    assertFalse(split.saysFault(), split::transcript);
    for (String kind : KINDS) {
      String table = driver + "_" + kind;
      long served =
          split.err().stream()
              .filter(line -> line.contains("replica1 <- ") && line.contains(table))
              .count();
      System.out.println(table + ": " + served + " reads on the replica");
      boolean distributed = kind.equals("xa") || kind.equals("distributed");
      assertTrue((served == 0) == distributed, () -> table + "\n" + split.transcript());
    }
  }

  private static ForkedJvm run(ForkedJvm.Builder jvm, String driver, boolean split)
      throws Exception {
    for (String kind : new String[] {"alone", "pooled", "xa", "distributed", "pool"}) {
      String table = driver + "_" + kind;
      cluster.make(
          "DROP TABLE IF EXISTS " + table,
          "CREATE TABLE " + table + "(id INT AUTO_INCREMENT PRIMARY KEY, v INT)");
    }
    try (ForkedJvm app =
        jvm.main(
                DataSources.class,
                cluster.appUrl(),
                cluster.mariadbDriverUrl(),
                "app",
                "app",
                driver)
            .start()) {
      if (split) {
        // Its reads wait for what it has written, but not for the first connection of the pool.
        app.awaitErr(line -> line.contains("replica1 <- "), 120);
      }
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      return app;
    }
  }
}
