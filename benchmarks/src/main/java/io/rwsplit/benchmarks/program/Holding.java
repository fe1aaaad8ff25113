package io.rwsplit.benchmarks.program;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Many connections, and many statements. Prints {@code RESULT connectionsMillis connectionsHeap
 * heapAfterTenth statementsMillis heapAfterAll}: the time to open the connections one after the
 * other and read once over each, the heap in use while all are open; the heap in use after a tenth
 * of the statements, the time that all of them took, and the heap in use after that.
 */
public final class Holding {
  private static final String SELECT = "SELECT id, name, amount FROM item WHERE id = ";

  private Holding() {}

  /**
   * Works as the arguments say.
   *
   * @param args URL, number of connections, number of distinct statements
   */
  public static void main(String[] args) throws SQLException, InterruptedException {
    int connections = Integer.parseInt(args[1]);
    int statements = Integer.parseInt(args[2]);
    long sum = 0;
    try (Connection connection = Program.connect(args[0], null)) {
      // What the first ones cost, whatever they are, is the start-up's.
      sum += distinct(connection, -200, 0);
      long start = System.nanoTime();
      List<Connection> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Connection each = Program.connect(args[0], null);
        all.add(each);
        sum += read(each, i % Tables.ITEMS);
      }
      long opened = System.nanoTime() - start;
      long heapOpen = heap();
      for (Connection each : all) {
        each.close();
      }
      all.clear();
      start = System.nanoTime();
      sum += distinct(connection, 0, statements / 10);
      long tenth = System.nanoTime() - start;
      long heapTenth = heap();
      start = System.nanoTime();
      sum += distinct(connection, statements / 10, statements);
      long rest = System.nanoTime() - start;
      System.out.println(
          "RESULT "
              + opened / 1e6
              + (" " + heapOpen)
              + (" " + heapTenth)
              + (" " + (tenth + rest) / 1e6)
              + (" " + heap()));
    }
    System.err.println("sum of all results " + sum);
  }

  private static long read(Connection connection, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT + "?")) {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Texts that differ in more than a literal, every other one prepared. */
  private static long distinct(Connection connection, int from, int to) throws SQLException {
    long sum = 0;
    for (int i = from; i < to; i++) {
      String sql =
          "SELECT id AS a"
              + (i + 1_000)
              + ", name, amount FROM item WHERE id = "
              + Math.floorMod(i, Tables.ITEMS);
      if (i % 2 == 0) {
        try (PreparedStatement statement = connection.prepareStatement(sql);
            ResultSet row = statement.executeQuery()) {
          row.next();
          sum += row.getInt(1);
        }
      } else {
        try (Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery(sql)) {
          row.next();
          sum += row.getInt(1);
        }
      }
    }
    return sum;
  }

  private static long heap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
