package legacy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Goods are moved between shelves without a pause while others walk along all shelves, slowly, and
 * check that nothing is missing, doubled or half moved.
 *
 * <p>Arguments: JDBC URL, seed. It prints {@code ready}, {@code violation …} and {@code failed …};
 * a line on standard input ends it with {@code walks <n> moves <n>}.
 */
public final class Stocktaking {
  private static final int SHELVES = 30_000;

  /** The others stand still, so that their pages are in no log. */
  private static final int BUSY_SHELVES = 3_000;

  private static final int WALKERS = 4;
  private static final int WARM_WALKS = 24;
  private static final long GOODS = SHELVES * 1_000L;

  private final String url;
  private final AtomicLong walks = new AtomicLong();
  private final AtomicLong moves = new AtomicLong();
  private volatile boolean ended;

  private Stocktaking(String url) {
    this.url = url;
  }

  /** A step of a worker. */
  private interface Work {
    void run(Connection connection, Random random) throws SQLException, InterruptedException;
  }

  public static void main(String[] args) throws Exception {
    Stocktaking all = new Stocktaking(args[0]);
    try (Connection connection = DriverManager.getConnection(all.url)) {
      fill(connection);
    }
    long seed = Long.parseLong(args[1]);
    Thread[] threads = new Thread[WALKERS + 1];
    for (int i = 0; i < threads.length; i++) {
      Work work = i == 0 ? all::move : all::walk;
      Random random = new Random(seed * 31 + i);
      threads[i] = new Thread(() -> all.repeat(work, random), i == 0 ? "mover" : "walker-" + i);
      threads[i].start();
    }
    // What is slow is known to be slow from its second execution on.
    while (all.walks.get() < WARM_WALKS) {
      Thread.sleep(10);
    }
    print("ready");
    new Scanner(System.in, "UTF-8").nextLine();
    all.ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
    print("walks " + all.walks + " moves " + all.moves);
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE shelf (id INTEGER PRIMARY KEY, goods INTEGER, label TEXT, bay INTEGER)");
      statement.executeUpdate("CREATE TABLE moved (n INTEGER)");
      statement.executeUpdate("INSERT INTO moved VALUES (0)");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO shelf VALUES (?, 1000, ?, ?)")) {
      for (int id = 1; id <= SHELVES; id++) {
        insert.setInt(1, id);
        insert.setString(2, label(id));
        insert.setInt(3, id % 97);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE INDEX shelf_bay ON shelf (bay, goods)");
    }
  }

  private static String label(long id) {
    StringBuilder label = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      label.append(Long.toString(id * 1_000_003 + i, 36)).append(' ');
    }
    return label.toString();
  }

  private void repeat(Work work, Random random) {
    while (!ended) {
      try (Connection connection = DriverManager.getConnection(url)) {
        for (int i = 0; i < 20 && !ended; i++) {
          work.run(connection, random);
        }
      } catch (SQLException e) {
        print("failed " + Thread.currentThread().getName() + " " + e.getErrorCode() + " " + e);
        e.printStackTrace();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Between two shelves, so that the sum stays. */
  private void move(Connection connection, Random random) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement change =
            connection.prepareStatement("UPDATE shelf SET goods = goods + ? WHERE id = ?");
        Statement count = connection.createStatement()) {
      int goods = random.nextInt(5) + 1;
      for (int sign = -1; sign <= 1; sign += 2) {
        change.setInt(1, sign * goods);
        change.setInt(2, random.nextInt(BUSY_SHELVES) + 1);
        change.executeUpdate();
      }
      count.executeUpdate("UPDATE moved SET n = n + 1");
      connection.commit();
      moves.incrementAndGet();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void walk(Connection connection, Random random)
      throws SQLException, InterruptedException {
    switch (random.nextInt(4)) {
      case 0 -> sum(connection, random, "SELECT id, goods, label FROM shelf", false);
      case 1 ->
          // Comes late to its first row.
          sum(
              connection,
              random,
              "SELECT id, goods, label FROM shelf WHERE label NOT LIKE '%nothing%' AND"
                  + " (SELECT count(*) FROM shelf s) = (SELECT count(*) FROM shelf t)",
              false);
      case 2 -> sum(connection, random, "SELECT id, goods, label FROM shelf WHERE bay >= ?", true);
      default ->
          sum(
              connection,
              random,
              "SELECT id, goods, label, (SELECT n FROM moved) AS n FROM shelf ORDER BY bay, id",
              false);
    }
    walks.incrementAndGet();
  }

  private void sum(Connection connection, Random random, String sql, boolean bound)
      throws SQLException, InterruptedException {
    long goods = 0;
    long ids = 0;
    int count = 0;
    int pause = random.nextInt(200) + 50;
    try (PreparedStatement walk = connection.prepareStatement(sql)) {
      if (bound) {
        walk.setInt(1, 0);
      }
      try (ResultSet rows = walk.executeQuery()) {
        while (rows.next()) {
          long id = rows.getLong(1);
          goods += rows.getLong("goods");
          ids += id;
          if (!label(id).equals(rows.getString(3))) {
            print("violation shelf " + id + " is labelled " + rows.getString(3));
          }
          if (++count % pause == 0) {
            Thread.sleep(1 + random.nextInt(4));
          }
        }
      }
    }
    if (count != SHELVES || goods != GOODS || ids != (long) SHELVES * (SHELVES + 1) / 2) {
      print(
          String.format(
              Locale.ROOT, "violation %d shelves, ids %d, goods %d: %s", count, ids, goods, sql));
    }
  }

  private static void print(String line) {
    synchronized (Stocktaking.class) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
