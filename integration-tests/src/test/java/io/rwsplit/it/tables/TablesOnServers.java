package io.rwsplit.it.tables;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SteeredCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** By-table consistency on servers, while their replicas stand still. */
abstract class TablesOnServers {
  static SteeredCluster cluster;

  static void drop(String... statements) throws Exception {
    try (Connection connection = cluster.admin(ServerCluster.MASTER);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Makes the tables anew, with what the engine needs for the trigger. */
  abstract void make() throws Exception;

  static Routed start(String... properties) throws Exception {
    ForkedJvm.Builder agent =
        cluster.split(new ForkedJvm.Builder()).property("rwsplit.lag.max", "1h");
    for (int i = 0; i < properties.length; i += 2) {
      agent.property(properties[i], properties[i + 1]);
    }
    return Routed.start(
        agent, "SELECT id FROM other", cluster.appUrl(), ServerCluster.APP, ServerCluster.APP);
  }

  private interface Steps {
    void run(Routed app) throws Exception;
  }

  private static void whilePaused(Steps steps, String... properties) throws Exception {
    try (Routed app = start(properties)) {
      for (int i = 1; i <= cluster.replicas(); i++) {
        cluster.pauseReplay(i);
      }
      steps.run(app);
    } finally {
      for (int i = 1; i <= cluster.replicas(); i++) {
        cluster.resumeReplay(i);
      }
      cluster.awaitReplicas();
    }
  }

  @Test
  void readsWaitForWritesToTheirTables() throws Exception {
    make();
    whilePaused(
        app -> {
          ByTableCases.run(app);
          ByTableCases.runReadOnly(app);
          ofEngine(app);
        },
        "rwsplit.consistency.by-table",
        "true");
  }

  /** What only this engine has. */
  abstract void ofEngine(Routed app) throws Exception;

  @Test
  void writesOfTheJvmBindReadsOfTheirTables() throws Exception {
    make();
    whilePaused(
        ByTableCases::runOfJvm,
        "rwsplit.consistency.by-table",
        "true",
        "rwsplit.consistency",
        "jvm");
  }

  /** Changes the schema as another program would. */
  private static void foreign(String... statements) throws SQLException {
    try (Connection connection = cluster.app(ServerCluster.MASTER);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void assertAll(Routed app, boolean onReplica, String... queries) throws Exception {
    for (String query : queries) {
      app.tell("new");
      app.assertRoute(onReplica, query);
    }
  }

  private static void awaitReplica(Routed app, String... queries) throws Exception {
    for (String query : queries) {
      app.awaitReplica(query);
    }
  }

  /**
   * Reads are where the catalog says, while the application changes what some of them call; and
   * another program's change is noticed.
   *
   * @param reads what replicas may serve
   * @param no what they may not
   * @param turning what they may until {@code impure} was run, and again after {@code pure}
   */
  static void followsTheCatalog(
      Routed app,
      String engine,
      String[] reads,
      String[] no,
      String[] turning,
      String impure,
      String pure)
      throws Exception {
    awaitReplica(app, reads);
    awaitReplica(app, turning);
    for (int i = 0; i < 5; i++) {
      assertAll(app, true, reads);
      assertAll(app, false, no);
      app.tell("w " + impure);
      for (int k = 0; k < 5; k++) {
        assertAll(app, false, turning);
      }
      app.tell("w " + pure);
      awaitReplica(app, turning);
      awaitReplica(app, reads);
    }
    foreign(impure);
    assertNoticed(app, engine, turning[0]);
    assertAll(app, false, turning);
    System.out.println(engine + ": " + app.asked + " queries, none routed wrongly");
  }

  private static void assertNoticed(Routed app, String engine, String query) throws Exception {
    long millis = TablesSqliteTest.awaitMaster(app, query);
    System.out.println(engine + ": DDL of another program was noticed after " + millis + " ms");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (System.nanoTime() < end) {
      assertAll(app, false, query);
    }
  }
}
