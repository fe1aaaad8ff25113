package legacy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Scanner;
import legacy.chaos.Strikes;

/**
 * One thread reads all the time; many more begin at once when they are told to.
 *
 * <p>Arguments: JDBC URL, threads of a rush. It prints {@code ready}. On standard input: {@code
 * hold}, and the agent no longer looks after its replicas' files: {@code held <n>}; {@code go}, a
 * rush, after which it does again: {@code rushed <n>}; {@code end}. What is not as it must be is
 * printed as {@code failed …}.
 */
public final class RushedReads {
  private static final int ROWS = 20_000;
  private static final int READS = 40;

  private static volatile boolean ended;

  private RushedReads() {}

  public static void main(String[] args) throws Exception {
    String url = args[0];
    int threads = Integer.parseInt(args[1]);
    fill(url);
    Thread steady = new Thread(() -> read(url, Integer.MAX_VALUE));
    steady.start();
    System.out.println("ready");
    Scanner in = new Scanner(System.in, "UTF-8");
    int holds = 0;
    for (String line = in.nextLine(); !line.equals("end"); line = in.nextLine()) {
      if (line.equals("hold")) {
        hold();
        System.out.println("held " + ++holds);
      } else {
        rush(url, threads);
        System.out.println("rushed " + holds);
      }
    }
    ended = true;
    steady.join();
  }

  private static void hold() throws InterruptedException {
    long before = Strikes.struck();
    Strikes.begin("block", 1, "replication/ReplicaWatch[.]check$");
    // Both threads are in it.
    while (Strikes.struck() < before + 2) {
      Thread.sleep(1);
    }
  }

  private static void rush(String url, int threads) throws InterruptedException {
    Thread[] rush = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      rush[i] = new Thread(() -> read(url, READS));
      rush[i].start();
    }
    for (Thread thread : rush) {
      thread.join();
    }
    Strikes.end();
  }

  private static void fill(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE shelf (id INTEGER PRIMARY KEY, goods INTEGER)");
      statement.executeUpdate(
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ROWS
              + ") INSERT INTO shelf SELECT i, 1 FROM n");
    }
  }

  private static void read(String url, int times) {
    for (int i = 0; i < times && !ended; i++) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT sum(goods) FROM shelf")) {
        if (!result.next() || result.getLong(1) != ROWS) {
          System.out.println("failed: " + result.getLong(1) + " instead of " + ROWS);
        }
      } catch (SQLException e) {
        System.out.println("failed: " + e);
      }
    }
  }
}
