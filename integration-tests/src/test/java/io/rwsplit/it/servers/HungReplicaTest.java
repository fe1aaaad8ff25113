package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.servers.Reader;
import org.junit.jupiter.api.Test;

/** What becomes of single reads when their replica says nothing any more. */
class HungReplicaTest {
  private static final long BOUND_MILLIS = 1000;
  private static final long MARGIN_MILLIS = 2000;

  /** A read passes several threads, each of which may be kept from running so long. */
  private static final int STALLS = 3;

  private static final Pattern TOOK = Pattern.compile(" in (\\d+) ms");
  private static final Pattern STALLED = Pattern.compile(", stalled (\\d+) ms");

  @Test
  void postgres() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(1);
        Relay relay = new Relay(cluster.port(1))) {
      cluster.make(
          "CREATE TABLE item(id INT PRIMARY KEY)",
          "INSERT INTO item SELECT generate_series(0, 99)",
          "ANALYZE item");
      try (ForkedJvm app = start(cluster, relay)) {
        slowStatementsAreNotTouched(app);
        hung(relay, app, "SELECT max(id) FROM item", "found 99");
        readOnly(relay, app, Connection.TRANSACTION_READ_COMMITTED, "found 99");
        readOnly(relay, app, Connection.TRANSACTION_REPEATABLE_READ, "failed 08");
        withoutMaster(cluster, app);
        assertFalse(app.saysFault(), app::transcript);
      }
    }
  }

  @Test
  void mariadb() throws Exception {
    try (MariadbCluster cluster = MariadbCluster.start(1);
        Relay relay = new Relay(cluster.port(1))) {
      cluster.make(
          "CREATE TABLE item(id INT PRIMARY KEY, filler CHAR(250))",
          "INSERT INTO item SELECT seq, repeat('x', 250) FROM seq_0_to_19999");
      try (ForkedJvm app = start(cluster, relay)) {
        hung(relay, app, "SELECT max(id) FROM item", "found 19999");
        streamed(relay, app);
        assertFalse(app.saysFault(), app::transcript);
      }
    }
  }

  private static ForkedJvm start(ServerCluster cluster, Relay relay) throws Exception {
    String replica = cluster.url(1).replace(":" + cluster.port(1), ":" + relay.port());
    ForkedJvm app =
        new ForkedJvm.Builder()
            .agent()
            .property("rwsplit.master", cluster.url())
            .property("rwsplit.replicas", replica)
            .property("rwsplit.replica.timeout", BOUND_MILLIS + "ms")
            .property("rwsplit.health.interval", "300ms")
            // Only the application's own reads may be what finds a replica that is hung.
            .property("rwsplit.health.failures", "100")
            .property("rwsplit.health.observation", "300ms")
            .property("rwsplit.lag.max", "1s")
            .property("rwsplit.log.routes", "true")
            .main(Reader.class, cluster.appUrl(), "app", "app")
            .start();
    app.awaitOut("started"::equals, 120);
    return app;
  }

  /** Long for the engine, and nothing for the network. */
  private static void slowStatementsAreNotTouched(ForkedJvm app) throws Exception {
    onReplica(app);
    int outs = lines(app, line -> line.contains("out of service: "));
    int times = 16;
    long took = 0;
    int served;
    int before;
    do {
      // Longer than the bound, whatever the machine; the master answers what is not known yet.
      times *= took < 2 * BOUND_MILLIS ? 2 : 1;
      before = lines(app, line -> served(line, "SELECT count(*)"));
      String answer =
          ask(
              app,
              "SELECT count(*) FROM item a, item b, item c, generate_series(1, "
                  + times
                  + ") d WHERE a.id + b.id + c.id + d < 0");
      System.out.println("slow on a replica that answers: " + answer);
      assertTrue(answer.startsWith("found 0"), app::transcript);
      took = millis(answer);
      served = lines(app, line -> served(line, "SELECT count(*)"));
    } while (served == before || took < 2 * BOUND_MILLIS);
    assertEquals(0, lines(app, line -> line.contains("a replica failed")), app::transcript);
    assertEquals(outs, lines(app, line -> line.contains("out of service: ")), app::transcript);
  }

  private static void hung(Relay relay, ForkedJvm app, String sql, String expected)
      throws Exception {
    onReplica(app);
    relay.blackHole(true);
    String answer = ask(app, sql);
    relay.blackHole(false);
    System.out.println("hung before the first row: " + answer);
    assertTrue(answer.startsWith(expected), app::transcript);
    assertTrue(millis(answer) < bound(answer), app::transcript);
  }

  /** Where one snapshot holds the transaction together the driver's error is all there is. */
  private static void readOnly(Relay relay, ForkedJvm app, int level, String expected)
      throws Exception {
    onReplica(app);
    ask(app, "readonly " + level);
    assertTrue(ask(app, "SELECT max(id) FROM item").startsWith("found"), app::transcript);
    relay.blackHole(true);
    String answer = ask(app, "SELECT max(id) FROM item");
    relay.blackHole(false);
    System.out.println("hung in a read-only transaction of level " + level + ": " + answer);
    assertTrue(answer.startsWith(expected), app::transcript);
    assertTrue(millis(answer) < bound(answer), app::transcript);
    ask(app, "commit");
  }

  private static void streamed(Relay relay, ForkedJvm app) throws Exception {
    onReplica(app);
    int said = app.out().size();
    app.tell("stream SELECT id, filler FROM item ORDER BY id");
    app.awaitOut("streaming"::equals, 120);
    relay.blackHole(true);
    app.tell("go on");
    String answer = answer(app, said + 1);
    relay.blackHole(false);
    System.out.println("hung in the middle of a streamed result: " + answer);
    assertTrue(answer.startsWith("after rows: "), app::transcript);
    answer = answer(app, said + 2);
    assertTrue(answer.startsWith("failed 08"), app::transcript);
    assertTrue(millis(answer) < bound(answer), app::transcript);
    onReplica(app);
  }

  /** What a replica misses of a master that is gone takes no replica out. */
  private static void withoutMaster(PostgresCluster cluster, ForkedJvm app) throws Exception {
    onReplica(app);
    int outs = lines(app, line -> line.contains("out of service: lags"));
    cluster.pauseReplay(1);
    cluster.execute(ServerCluster.MASTER, "CREATE TABLE never_seen(a INT)");
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
    cluster.kill(ServerCluster.MASTER);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    int reads = 0;
    while (System.nanoTime() < end) {
      assertTrue(ask(app, "SELECT max(id) FROM item").startsWith("found 99"), app::transcript);
      reads++;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    System.out.println("reads without a master: " + reads);
    assertEquals(outs, lines(app, line -> line.contains("out of service: lags")), app::transcript);
  }

  /** Reads until a replica serves. */
  private static void onReplica(ForkedJvm app) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    Predicate<String> served = line -> served(line, "SELECT min");
    for (int before = lines(app, served); lines(app, served) == before; ) {
      assertTrue(System.nanoTime() < deadline, app::transcript);
      assertTrue(ask(app, "SELECT min(id) FROM item").startsWith("found 0"), app::transcript);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static boolean served(String line, String sql) {
    return line.contains("replica1 <- ") && line.contains(sql);
  }

  private static int lines(ForkedJvm app, Predicate<String> wanted) {
    int count = 0;
    for (String line : app.err()) {
      count += wanted.test(line) ? 1 : 0;
    }
    return count;
  }

  private static String ask(ForkedJvm app, String line) throws Exception {
    int said = app.out().size();
    app.tell(line);
    return answer(app, said);
  }

  private static String answer(ForkedJvm app, int index) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (app.out().size() <= index) {
      assertTrue(System.nanoTime() < deadline, app::transcript);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return app.out().get(index);
  }

  private static long millis(String answer) {
    return number(answer, TOOK);
  }

  private static long bound(String answer) {
    return BOUND_MILLIS + MARGIN_MILLIS + STALLS * number(answer, STALLED);
  }

  private static long number(String answer, Pattern pattern) {
    Matcher found = pattern.matcher(answer);
    assertTrue(found.find(), answer);
    return Long.parseLong(found.group(1));
  }
}
