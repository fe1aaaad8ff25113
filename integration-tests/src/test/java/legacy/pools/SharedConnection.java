package legacy.pools;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that share one connection, each with statements of its own: they read rows beside each
 * other, read for each row another one, leave results open, read to their end or not, and close
 * each other's.
 *
 * <p>Arguments: JDBC URL, user, password, threads, rounds of each, seed. Goes on at each line of
 * its input.
 */
public final class SharedConnection {
  private static final int ROWS = 60;
  private static final String SOME = "SELECT id, v FROM t_shared WHERE id >= ? ORDER BY id";

  private final Connection connection;
  private final int rounds;

  /** For others to close. */
  private final BlockingQueue<ResultSet> left = new LinkedBlockingQueue<>(8);

  private final AtomicInteger wrong = new AtomicInteger();

  private SharedConnection(Connection connection, int rounds) {
    this.connection = connection;
    this.rounds = rounds;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[3]);
    long seed = Long.parseLong(args[5]);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
      make(connection);
      input.readLine();
      SharedConnection shared = new SharedConnection(connection, Integer.parseInt(args[4]));
      ExecutorService all = Executors.newFixedThreadPool(threads);
      try {
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          Random random = new Random(seed + i);
          running.add(
              all.submit(
                  (Callable<Void>)
                      () -> {
                        shared.read(random);
                        return null;
                      }));
        }
        for (Future<Void> each : running) {
          each.get();
        }
      } finally {
        all.shutdown();
      }
      System.out.println("wrong: " + shared.wrong);
      System.out.println("returned");
      input.readLine();
    }
  }

  private static void make(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t_shared (id INTEGER PRIMARY KEY, v INTEGER)");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t_shared VALUES (?, ?)")) {
      for (int id = 0; id < ROWS; id++) {
        insert.setInt(1, id);
        insert.setInt(2, value(id));
        insert.executeUpdate();
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static int value(int id) {
    return id * 7 + 3;
  }

  private void read(Random random) throws Exception {
    PreparedStatement some = null;
    try (PreparedStatement one =
        connection.prepareStatement("SELECT v FROM t_shared WHERE id = ?")) {
      for (int round = 0; round < rounds; round++) {
        if (some == null) {
          some = connection.prepareStatement(SOME);
        }
        int from = random.nextInt(ROWS);
        some.setInt(1, from);
        // Ends what this statement has left open.
        ResultSet rows = some.executeQuery();
        int most = random.nextBoolean() ? ROWS : random.nextInt(3);
        int id = from;
        for (; id - from < most && rows.next(); id++) {
          check(rows.getInt(1) == id && rows.getInt(2) == value(id));
          if (random.nextInt(8) == 0) {
            point(one, random);
          }
        }
        check(id - from == Math.min(most, ROWS - from));
        if (random.nextInt(4) == 0 && left.offer(rows)) {
          // Drivers may have one result for all executions of a statement.
          some = null;
        } else if (random.nextBoolean()) {
          rows.close();
        }
        ResultSet others = random.nextBoolean() ? left.poll() : null;
        if (others != null) {
          others.getStatement().close();
        }
        if (round % 16 == 0) {
          plain(random);
        }
      }
      for (ResultSet rest = left.poll(); rest != null; rest = left.poll()) {
        rest.getStatement().close();
      }
    } finally {
      if (some != null) {
        some.close();
      }
    }
  }

  private void point(PreparedStatement one, Random random) throws SQLException {
    int id = random.nextInt(ROWS);
    one.setInt(1, id);
    ResultSet row = one.executeQuery();
    check(row.next() && row.getInt(1) == value(id));
    if (random.nextBoolean()) {
      check(!row.next());
    }
    if (random.nextBoolean()) {
      row.close();
    }
  }

  private void plain(Random random) throws SQLException {
    int id = random.nextInt(ROWS);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT v FROM t_shared WHERE id = " + id)) {
      check(row.next() && row.getInt(1) == value(id) && !row.next());
    }
  }

  private void check(boolean right) {
    if (!right) {
      wrong.incrementAndGet();
    }
  }
}
