package io.rwsplit.replication;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures, when run by hand, the lag of replicas and what replication costs the master's commits.
 * Arguments: replicas (default 2), seconds per case (default 3).
 */
final class ReplicationMeasure {
  private static final int ROWS = 20_000;

  private ReplicationMeasure() {}

  public static void main(String[] args) throws Exception {
    int replicas = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    for (String synchronous : new String[] {"NORMAL", "FULL"}) {
      for (int pace : new int[] {500, 0}) {
        String name = synchronous + (pace == 0 ? " flat out" : " " + pace + " tx/s");
        run(name + " warm-up", synchronous, pace, 0, 1);
        double[] bare = run(name + " bare", synchronous, pace, 0, seconds);
        double[] fed = run(name + " replicated", synchronous, pace, replicas, seconds);
        double[] again = run(name + " bare again", synchronous, pace, 0, seconds);
        System.out.printf(
            Locale.ROOT,
            "%s: p50 %.2fx p99 %.2fx throughput %.2fx (bare again %.2fx %.2fx %.2fx)%n",
            name,
            fed[0] / bare[0],
            fed[1] / bare[1],
            fed[2] / bare[2],
            again[0] / bare[0],
            again[1] / bare[1],
            again[2] / bare[2]);
      }
    }
  }

  private static double[] run(String name, String synchronous, int pace, int replicas, int seconds)
      throws Exception {
    try (Harness harness = new Harness(replicas)) {
      Connection app = harness.connect(harness.master);
      Harness.sql(
          app,
          "PRAGMA journal_mode=WAL",
          "PRAGMA synchronous=" + synchronous,
          "CREATE TABLE t (id INTEGER PRIMARY KEY, v INT, pad BLOB)",
          "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ROWS
              + ") INSERT INTO t SELECT i, 0, randomblob(1000) FROM n");
      if (replicas > 0) {
        harness.start();
        harness.awaitCaughtUp();
      }
      return load(name, harness, app, pace, replicas, seconds);
    }
  }

  private static double[] load(
      String name, Harness harness, Connection app, int pace, int replicas, int seconds)
      throws SQLException {
    long[] commits = new long[200_000];
    long[] lags = new long[200_000];
    int count = 0;
    Random random = new Random(7);
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    long next = start;
    app.setAutoCommit(false);
    try (PreparedStatement update = app.prepareStatement("UPDATE t SET v = v + 1 WHERE id = ?")) {
      while (System.nanoTime() < end && count < commits.length) {
        long begin = System.nanoTime();
        for (int i = 0; i < 6; i++) {
          update.setInt(1, 1 + random.nextInt(ROWS));
          update.executeUpdate();
        }
        app.commit();
        long done = System.nanoTime();
        commits[count] = done - begin;
        if (replicas > 0) {
          long ticket = harness.replicator.tickets().newTicket();
          commits[count] = System.nanoTime() - begin;
          if (pace > 0) {
            while (harness.replicator.tickets().appliedTicket(replicas - 1) < ticket
                && System.nanoTime() - done < 1_000_000_000) {
              LockSupport.parkNanos(1_000);
            }
            lags[count] = System.nanoTime() - done;
          }
        }
        count++;
        if (pace > 0) {
          next += 1_000_000_000L / pace;
          while (System.nanoTime() < next) {
            LockSupport.parkNanos(next - System.nanoTime());
          }
        }
      }
    }
    double rate = count / ((System.nanoTime() - start) / 1e9);
    app.setAutoCommit(true);
    Arrays.sort(commits, 0, count);
    Arrays.sort(lags, 0, count);
    System.out.printf(
        Locale.ROOT,
        "%-28s %7.0f tx/s  transaction p50 %6.0f us p99 %6.0f us",
        name,
        rate,
        commits[count / 2] / 1e3,
        commits[count * 99 / 100] / 1e3);
    if (replicas > 0 && pace > 0) {
      System.out.printf(
          Locale.ROOT,
          "  lag p50 %.0f us p99 %.0f us max %.0f us",
          lags[count / 2] / 1e3,
          lags[count * 99 / 100] / 1e3,
          lags[count - 1] / 1e3);
    }
    System.out.println();
    return new double[] {commits[count / 2], commits[count * 99 / 100], rate};
  }
}
