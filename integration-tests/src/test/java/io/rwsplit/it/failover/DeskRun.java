package io.rwsplit.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.ServerCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.failover.Desk;
import legacy.failover.Ways;

/** A running {@code legacy.failover.Desk} under the agent, and what must be true of it. */
final class DeskRun {
  static final String TABLE =
      "CREATE TABLE acts(worker INT NOT NULL, n INT NOT NULL, server INT NOT NULL,"
          + " PRIMARY KEY (worker, n))";

  /** More than any port: what a server is called may have the number of its term in front. */
  static final int TERM = 100_000;

  static final String WAYS = "CREATE TABLE ways(way VARCHAR(40) NOT NULL, server INT NOT NULL)";

  private static final int WAYS_OF_EACH_DRIVER = 4;

  /** On a machine that is slow; the aim is a second. */
  private static final long FIRST_WRITE_LIMIT_MILLIS = 20_000;

  /** PostgreSQL's own words to sessions that a clean shutdown ends, or that come during it. */
  private static final String SHUTTING_DOWN = "57P0";

  /** HikariCP's own, when the last connect has not failed but is under way. */
  private static final String POOL_TIMEOUT = "SQLTransientConnectionException";

  /** MariaDB's own word for writes, until it is noticed that it was demoted. */
  private static final String READ_ONLY = "HY000";

  private static final long ATTEMPT_LIMIT_MILLIS = 15_000;

  /**
   * A failover and a later switchover; microseconds of the epoch.
   *
   * @param killed when the master died
   * @param writable when another took writes
   * @param returned when the dead one was back
   * @param writableAgain when the third master took writes
   */
  record Moves(String title, long killed, long writable, long returned, long writableAgain) {}

  private final ServerCluster cluster;
  private final ForkedJvm app;

  DeskRun(ServerCluster cluster, ForkedJvm app) {
    this.cluster = cluster;
    this.app = app;
  }

  /** Starts the application; returns when it works. */
  static ForkedJvm app(
      ServerCluster cluster, String url, String server, Path log, String... properties)
      throws IOException, InterruptedException {
    ForkedJvm.Builder builder =
        cluster.split(new ForkedJvm.Builder()).property("rwsplit.failover", "follow");
    for (String property : properties) {
      int equals = property.indexOf('=');
      builder.property(property.substring(0, equals), property.substring(equals + 1));
    }
    ForkedJvm started = builder.main(Desk.class, url, server, log).start();
    try {
      started.awaitOut("started"::equals, 120);
      return started;
    } catch (InterruptedException | AssertionError e) {
      started.close();
      throw e;
    }
  }

  static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /** Lets the application work on for a time: what happens then is looked at later. */
  void rest(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** Rows that a node has written itself, as that node knows. */
  long rows(int node) throws SQLException {
    return Long.parseLong(
        cluster.ask(
            node, "SELECT count(*) FROM acts WHERE server % " + TERM + " = " + cluster.port(node)));
  }

  void awaitRows(int node, long count) throws SQLException, IOException {
    cluster.await("node " + node + " writes", () -> rows(node) >= count);
  }

  void stop() throws IOException, InterruptedException {
    app.tell("stop");
    assertEquals(0, app.exitCode(120), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    for (String line : app.err()) {
      // A position of another server, taken for the master's.
      assertFalse(line.contains("has lost what it had"), app::transcript);
    }
  }

  /**
   * Stops the application; checks what it was told, beside what the servers have in the end.
   *
   * @param master the last one
   */
  DeskLog end(Path log, Moves moves, int master)
      throws SQLException, IOException, InterruptedException {
    stop();
    DeskLog desk = new DeskLog(log);
    String title = moves.title;
    System.out.println(title + ", gap: " + desk.summary(moves.killed, moves.writable));
    System.out.println(title + ", after: " + desk.summary(moves.writable, moves.returned));
    System.out.println(title + ", switchover: " + desk.summary(moves.returned, Long.MAX_VALUE));
    check(desk, master);
    checkGap(desk, moves.killed, moves.writable);
    checkFirstWrite(title + ", failover", desk, moves.writable);
    checkFirstWrite(title + ", switchover", desk, moves.writableAgain);
    cluster.awaitReplicas();
    checkSame(0, 1, 2);
    return desk;
  }

  private Set<String> all(int node) throws SQLException {
    Set<String> all = new TreeSet<>();
    try (Connection connection = cluster.admin(node);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT worker, n, server FROM acts")) {
      while (row.next()) {
        all.add(row.getInt(1) + "/" + row.getInt(2) + "@" + row.getInt(3));
      }
    }
    return all;
  }

  /** An application that starts now finds the master, in whatever way it connects. */
  void waysLeadTo(int node, String driver, String url, String server) throws Exception {
    try (ForkedJvm ways =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.failover", "follow")
            .main(Ways.class, driver, url, server)
            .start()) {
      assertEquals(0, ways.exitCode(120), ways::transcript);
      assertFalse(ways.saysFault(), ways::transcript);
      assertTrue(ways.transcript().contains("is the master now"), ways::transcript);
      String here = "SELECT count(DISTINCT way) FROM ways WHERE server = " + cluster.port(node);
      long found = Long.parseLong(cluster.ask(node, here));
      assertTrue(found >= WAYS_OF_EACH_DRIVER, () -> found + " ways\n" + ways.transcript());
    }
  }

  /** Takes away what a dead master had committed and told nobody, as its operator would. */
  void forgetOrphans(int node, int master) throws SQLException {
    Set<String> orphans = all(node);
    orphans.removeAll(all(master));
    for (String orphan : orphans) {
      int slash = orphan.indexOf('/');
      cluster.execute(
          node,
          "SET SESSION sql_log_bin = 0",
          "DELETE FROM acts WHERE worker = "
              + orphan.substring(0, slash)
              + " AND n = "
              + orphan.substring(slash + 1, orphan.indexOf('@')));
    }
  }

  /** What was acknowledged is there, once, in whole transactions; errors are of class 08. */
  void check(DeskLog desk, int master) throws SQLException {
    check(desk, master, 0, 0);
  }

  /** The same, but for what was written in a span of time, which may be lost. */
  void check(DeskLog desk, int master, long lostFrom, long lostTo) throws SQLException {
    Set<String> rows = new HashSet<>();
    for (String row : all(master)) {
      rows.add(row.substring(0, row.indexOf('@')));
    }
    for (String row : desk.acknowledged(lostFrom, lostTo)) {
      assertTrue(rows.contains(row), () -> row + " was acknowledged and is not there");
    }
    for (String kind : new String[] {"W", "T", "O", "R"}) {
      for (String how : desk.ends(kind, 0, Long.MAX_VALUE).keySet()) {
        boolean expected =
            how.equals("ok")
                || (how.equals("lost") && lostTo > 0)
                || how.startsWith("08")
                || how.startsWith(SHUTTING_DOWN)
                || how.equals(POOL_TIMEOUT)
                || (how.equals(READ_ONLY) && !kind.equals("R"));
        assertTrue(expected, () -> kind + " ended with " + how + "\n" + app.transcript());
      }
      long longest = desk.longestMillis(kind, 0, Long.MAX_VALUE);
      assertTrue(longest < ATTEMPT_LIMIT_MILLIS, kind + " took " + longest + " ms");
    }
  }

  /** Waits for what {@link #checkGap} looks for, as long as nobody is promoted. */
  void awaitGap(Path log, long from) throws SQLException, IOException {
    cluster.await(
        "reads in the gap, and attempts to write",
        () -> {
          DeskLog desk = new DeskLog(log);
          return reads(desk, from, Long.MAX_VALUE).containsKey("ok")
              && !writes(desk, from, Long.MAX_VALUE).isEmpty();
        });
  }

  private static Map<String, Integer> reads(DeskLog desk, long from, long to) {
    return desk.ends("R", from + 1_000_000, to);
  }

  private static Map<String, Integer> writes(DeskLog desk, long from, long to) {
    return desk.ends("W", from + 100_000, to);
  }

  /** While there is no master, reads go on and writes fail. */
  void checkGap(DeskLog desk, long from, long to) {
    Map<String, Integer> reads = reads(desk, from, to);
    assertTrue(reads.containsKey("ok"), () -> "no read in the gap: " + reads);
    assertFalse(writes(desk, from, to).isEmpty(), "no write was tried in the gap");
  }

  void checkFirstWrite(String what, DeskLog desk, long writable) {
    long millis = (desk.firstWriteAfter(writable).orElseThrow() - writable) / 1000;
    System.out.println(what + ": first write " + millis + " ms after the first writable moment");
    assertTrue(millis < FIRST_WRITE_LIMIT_MILLIS, () -> "first write after " + millis + " ms");
  }

  private void checkSame(int... nodes) throws SQLException {
    Set<String> first = all(nodes[0]);
    for (int node : nodes) {
      assertEquals(first, all(node), "rows of node " + node);
    }
  }

  /** Reads that a replica served, by the agent's last table. */
  long served(String replica) {
    Pattern row = Pattern.compile(".*INFO +" + replica + " +([\\d,]+) +[\\d.]+ % .*");
    long served = 0;
    for (String line : app.err()) {
      Matcher found = row.matcher(line);
      if (found.matches()) {
        served = Math.max(served, Long.parseLong(found.group(1).replace(",", "")));
      }
    }
    return served;
  }
}
