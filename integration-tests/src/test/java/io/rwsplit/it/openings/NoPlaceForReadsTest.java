package io.rwsplit.it.openings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.http.Asked;
import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import legacy.openings.TwoUsers;
import org.junit.jupiter.api.Test;

/**
 * A user may have one connection, and somebody holds it on one replica: that is told once, is seen
 * from outside, is over when the place is free, and the application notices nothing.
 */
class NoPlaceForReadsTest {
  private static final long SECONDS = 180;
  private static final String USER = "second";
  private static final Pattern FIRST_SERVES = Pattern.compile(".*INFO +replica1 +[1-9].*");
  private static final Pattern OTHER_SERVES = Pattern.compile(".*INFO +replica2 +[1-9].*");

  @Test
  void postgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    cluster.execute(
        ServerCluster.MASTER, "CREATE ROLE second LOGIN PASSWORD 'second' CONNECTION LIMIT 1");
    cluster.make(
        "CREATE TABLE stock(a INT)",
        "INSERT INTO stock VALUES (7)",
        "GRANT SELECT ON stock TO second");
    isToldAndOver(cluster, "too many connections for role", "SQLSTATE 53300");
  }

  @Test
  void mariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    cluster.make("CREATE TABLE stock(a INT)", "INSERT INTO stock VALUES (7)");
    cluster.execute(
        ServerCluster.MASTER,
        "CREATE USER second@'%' IDENTIFIED BY 'second' WITH MAX_USER_CONNECTIONS 1",
        "GRANT SELECT ON app.* TO second@'%'");
    try {
      cluster.awaitReplicas();
      isToldAndOver(cluster, "max_user_connections", "error 1226");
    } finally {
      cluster.execute(ServerCluster.MASTER, "DROP USER second@'%'");
    }
  }

  private static void isToldAndOver(ServerCluster cluster, String cause, String code)
      throws Exception {
    String url = cluster.appUrl();
    String parameters = url.contains("?") ? url.substring(url.indexOf('?')) : "";
    Connection held = DriverManager.getConnection(cluster.url(1) + parameters, USER, USER);
    try (ForkedJvm app =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.health.interval", "100ms")
            .property("rwsplit.report.interval", "1s")
            .property("rwsplit.http.port", "0")
            .main(TwoUsers.class, url, "app", "app", USER, USER)
            .start()) {
      String told = app.awaitErr(line -> isWarning(line, "replica1"), SECONDS);
      assertTrue(told.contains(" WARN "), told);
      assertTrue(told.contains(cause) && told.contains(code), told);
      app.awaitErr(line -> OTHER_SERVES.matcher(line).matches(), SECONDS);
      String shown =
          app.awaitErr(line -> line.contains("; cannot open connections for reads: "), SECONDS);
      assertTrue(shown.contains("replica1: in service"), shown);

      int port = port(app);
      Predicate<String> failing =
          body -> body.contains("rwsplit_pool_failing{group=\"\",replica=\"replica1\"} 1");
      String metrics = ask(app, port, "/metrics", failing);
      assertFalse(
          metrics.contains(
              "rwsplit_pool_connection_failures_total{group=\"\",replica=\"replica1\"} 0\n"),
          metrics);
      ask(
          app,
          port,
          "/api/database/replication/status",
          body -> body.matches("(?s).*\"poolProblem\"[^,]*" + Pattern.quote(cause) + ".*"));

      held.close();
      app.awaitErr(
          line -> line.contains("INFO") && line.contains("replica1: connections for reads can be"),
          SECONDS);
      app.awaitErr(line -> FIRST_SERVES.matcher(line).matches(), SECONDS);
      ask(app, port, "/metrics", failing.negate());
      app.tell("end");
      assertEquals(0, app.exitCode(SECONDS), app::transcript);
      assertEquals(List.of("connected", "read true"), app.out(), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      List<String> warnings =
          app.err().stream()
              .filter(line -> isWarning(line, "replica1"))
              .collect(Collectors.toList());
      assertEquals(List.of(told), warnings, app::transcript);
    } finally {
      held.close();
    }
  }

  private static boolean isWarning(String line, String replica) {
    return line.contains(replica) && line.contains("; reads that find none go elsewhere: ");
  }

  private static int port(ForkedJvm app) throws InterruptedException {
    String line = app.awaitErr(each -> each.contains("HTTP: http"), SECONDS);
    String served = line.substring(line.indexOf("HTTP: ") + 6).split(";", -1)[0];
    return Integer.parseInt(served.substring(served.lastIndexOf(':') + 1));
  }

  /** Asks until the answer is as wanted; gives it. */
  private static String ask(ForkedJvm app, int port, String path, Predicate<String> wanted)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      Asked answer = Asked.get(port, path);
      if (answer != null && wanted.test(answer.body)) {
        return answer.body;
      }
      assertTrue(
          System.nanoTime() - deadline < 0, () -> path + ": " + answer + "\n" + app.transcript());
      Thread.sleep(50);
    }
  }
}
