package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import io.rwsplit.it.pools.PoolTours;
import java.util.List;
import legacy.servers.OwnClasses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An application that relies on the classes of its driver gets them of replicas, too: a result is
 * an object of the driver's, and belongs to the application's statement.
 */
class OwnClassesTest {
  private static final String[] TABLES = {
    "CREATE TABLE item (id INTEGER PRIMARY KEY, name VARCHAR(20))",
    "INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')"
  };

  @Test
  void onPostgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    cluster.make(TABLES);
    same(cluster.split(new ForkedJvm.Builder()), cluster.appUrl(), "org.postgresql.jdbc.");
  }

  @Test
  void onMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    cluster.make(TABLES);
    same(cluster.split(new ForkedJvm.Builder()), cluster.appUrl(), "org.mariadb.jdbc.");
    String prepared = cluster.appUrl() + "&useServerPrepStmts=true";
    same(cluster.split(new ForkedJvm.Builder()), prepared, "org.mariadb.jdbc.");
  }

  @Test
  @Tag("mysql")
  void onMysql() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    cluster.make(TABLES);
    same(cluster.split(new ForkedJvm.Builder()), cluster.appUrl(), "com.mysql.cj.jdbc.");
    String retaining = cluster.appUrl() + "&retainStatementAfterResultSetClose=true";
    same(cluster.split(new ForkedJvm.Builder()), retaining, "com.mysql.cj.jdbc.");
  }

  private static void same(ForkedJvm.Builder split, String url, String driver) throws Exception {
    List<String> bare = run(new ForkedJvm.Builder(), url, false);
    assertTrue(bare.get(0).startsWith("prepared: " + driver), bare::toString);
    // What was forgotten has given back its connections to replicas by the end.
    split.property("rwsplit.report.interval", "1s").property("rwsplit.log.routes", "true");
    Transcripts.assertSame(bare, run(split, url, true), url);
  }

  private static List<String> run(ForkedJvm.Builder jvm, String url, boolean split)
      throws Exception {
    try (ForkedJvm app = jvm.main(OwnClasses.class, url, "app", "app").start()) {
      if (split) {
        for (String replica : new String[] {"replica1", "replica2"}) {
          app.awaitErr(line -> line.contains(replica + " <- "), 120);
        }
      }
      app.tell("");
      app.awaitOut("ready"::equals, 120);
      if (split) {
        PoolTours.awaitNoneInUse(app);
      }
      app.tell("go");
      assertEquals(0, app.exitCode(120), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      if (split) {
        // Those that are forgotten hold replica connections for a second each.
        assertTrue(onReplicas(app) > 40, app::transcript);
      }
      return app.out();
    }
  }

  private static long onReplicas(ForkedJvm app) {
    return app.err().stream()
        .filter(line -> line.contains(" <- ") && line.contains("SELECT name"))
        .filter(line -> line.contains(" replica"))
        .count();
  }
}
