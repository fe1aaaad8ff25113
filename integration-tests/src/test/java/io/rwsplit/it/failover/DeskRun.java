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
import legacy.failover.Desk;

/** A running {@code legacy.failover.Desk} under the agent, and what must be true of it. */
final class DeskRun {
  static final String TABLE =
      "CREATE TABLE acts(worker INT NOT NULL, n INT NOT NULL, server INT NOT NULL,"
          + " PRIMARY KEY (worker, n))";

  /** On a machine that is slow; the aim is a second. */
  private static final long FIRST_WRITE_LIMIT_MILLIS = 20_000;

  private static final long ATTEMPT_LIMIT_MILLIS = 15_000;

  private final ServerCluster cluster;
  private final ForkedJvm app;

  DeskRun(ServerCluster cluster, ForkedJvm app) {
    this.cluster = cluster;
    this.app = app;
  }

  /** Starts the application; returns when it works. */
  static ForkedJvm app(ServerCluster cluster, String url, String server, Path log)
      throws IOException, InterruptedException {
    ForkedJvm started =
        cluster
            .split(new ForkedJvm.Builder())
            .property("rwsplit.failover", "follow")
            .main(Desk.class, url, server, log)
            .start();
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
        cluster.ask(node, "SELECT count(*) FROM acts WHERE server = " + cluster.port(node)));
  }

  void awaitRows(int node, long count) throws SQLException, IOException {
    cluster.await("node " + node + " writes", () -> rows(node) >= count);
  }

  void stop() throws IOException, InterruptedException {
    app.tell("stop");
    assertEquals(0, app.exitCode(120), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
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

  /** What was acknowledged is there, once, in whole transactions; errors are of class 08. */
  void check(DeskLog desk, int master, int... others) throws SQLException, IOException {
    Set<String> rows = new HashSet<>();
    for (String row : all(master)) {
      rows.add(row.substring(0, row.indexOf('@')));
    }
    for (String row : desk.acknowledged()) {
      assertTrue(rows.contains(row), () -> row + " was acknowledged and is not there");
    }
    for (String kind : new String[] {"W", "T", "O", "R"}) {
      for (String how : desk.ends(kind, 0, Long.MAX_VALUE).keySet()) {
        boolean expected = how.equals("ok") || how.equals("lost") || how.startsWith("08");
        assertTrue(expected, () -> kind + " ended with " + how + "\n" + app.transcript());
      }
      long longest = desk.longestMillis(kind, 0, Long.MAX_VALUE);
      assertTrue(longest < ATTEMPT_LIMIT_MILLIS, kind + " took " + longest + " ms");
    }
  }

  /** While there is no master, reads go on and writes fail. */
  void checkGap(DeskLog desk, long from, long to) {
    Map<String, Integer> reads = desk.ends("R", from + 1_000_000, to);
    assertTrue(reads.getOrDefault("ok", 0) > 0, () -> "no read in the gap: " + reads);
    Map<String, Integer> writes = desk.ends("W", from + 100_000, to);
    assertTrue(writes.size() > 0, "no write was tried in the gap");
  }

  void checkFirstWrite(String what, DeskLog desk, long writable) {
    long millis = (desk.firstWriteAfter(writable).orElseThrow() - writable) / 1000;
    System.out.println(what + ": first write " + millis + " ms after the first writable moment");
    assertTrue(millis < FIRST_WRITE_LIMIT_MILLIS, () -> "first write after " + millis + " ms");
  }

  void checkSame(int... nodes) throws SQLException {
    Set<String> first = all(nodes[0]);
    for (int node : nodes) {
      assertEquals(first, all(node), "rows of node " + node);
    }
  }

  /** Reads that a replica served, by the agent's last table. */
  long served(String replica) {
    long served = 0;
    for (String line : app.err()) {
      String[] words = line.trim().split("\\s+");
      for (int i = 0; i + 1 < words.length; i++) {
        if (words[i].equals(replica) && words[i + 1].matches("[0-9,]+")) {
          served = Math.max(served, Long.parseLong(words[i + 1].replace(",", "")));
        }
      }
    }
    return served;
  }
}
