package legacy.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import legacy.Stalls;

/**
 * Threads that read in autocommit mode through HikariCP, plain and prepared; half of them also
 * write a row of their own now and then and read it back at once. A line of standard input ends a
 * phase, whose figures are printed, and names the next one; {@code end} is the last.
 *
 * <p>Arguments: JDBC URL, user, password, threads that write; as many others do not.
 */
public final class SteadyLoad implements Runnable {
  private static final int ITEMS = 100;
  private static final int WRITE_EVERY = 8;
  private static final String[] FORMS = {
    "SELECT name FROM item WHERE id = ",
    "SELECT max(name) FROM item WHERE id = ",
    "SELECT min(name) FROM item WHERE id = ",
    "SELECT i.name FROM item i WHERE i.id = "
  };

  /** The figures of one phase; of all threads, hence the lock of the class. */
  private static final class Phase {
    final String name;
    long[] nanos = new long[4096];
    int reads;
    int writes;
    int failed;
    int failedWrites;
    int stale;
    int wrong;

    Phase(String name) {
      this.name = name;
    }

    void read(long took) {
      if (reads == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * reads);
      }
      nanos[reads++] = took;
    }

    @Override
    public String toString() {
      long[] sorted = Arrays.copyOf(nanos, reads);
      Arrays.sort(sorted);
      return String.format(
          "phase %s: reads %d failed %d stale %d wrong %d writes %d failed-writes %d p99 %d us max"
              + " %d us, stalled %d ms",
          name,
          reads,
          failed,
          stale,
          wrong,
          writes,
          failedWrites,
          reads == 0 ? 0 : sorted[(int) (reads * 0.99)] / 1000,
          reads == 0 ? 0 : sorted[reads - 1] / 1000,
          Stalls.takeMillis());
    }
  }

  private static final Object LOCK = new Object();
  private static Phase phase = new Phase("start");
  private static volatile boolean over;

  private final HikariDataSource pool;
  private final int row;
  private final boolean writes;
  private final Random random;
  private long value;

  private SteadyLoad(HikariDataSource pool, int row, boolean writes) {
    this.pool = pool;
    this.row = row;
    this.writes = writes;
    this.random = new Random(row);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[3]);
    Stalls.watch();
    try (HikariDataSource pool = pool(args, threads);
        HikariDataSource readers = pool(args, threads)) {
      prepare(pool, threads);
      List<Thread> running = new ArrayList<>();
      for (int i = 0; i < 2 * threads; i++) {
        boolean writes = i < threads;
        Runnable load = new SteadyLoad(writes ? pool : readers, i, writes);
        Thread thread = new Thread(load, "load-" + i);
        thread.start();
        running.add(thread);
      }
      System.out.println("started");
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        next(line);
        if (line.equals("end")) {
          break;
        }
      }
      over = true;
      for (Thread thread : running) {
        thread.join();
      }
    }
  }

  private static HikariDataSource pool(String[] args, int threads) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    config.setUsername(args[1]);
    config.setPassword(args[2]);
    config.setMaximumPoolSize(threads + 1);
    return new HikariDataSource(config);
  }

  private static void next(String name) {
    Phase ended;
    synchronized (LOCK) {
      ended = phase;
      phase = new Phase(name);
    }
    System.out.println(ended);
  }

  private static void prepare(HikariDataSource pool, int threads) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE own(id INT PRIMARY KEY, v BIGINT)");
      statement.executeUpdate("CREATE TABLE item(id INT PRIMARY KEY, name VARCHAR(20))");
      for (int i = 0; i < threads; i++) {
        statement.executeUpdate("INSERT INTO own VALUES (" + i + ", 0)");
      }
      for (int i = 0; i < ITEMS; i++) {
        statement.executeUpdate("INSERT INTO item VALUES (" + i + ", 'item " + i + "')");
      }
    }
  }

  @Override
  public void run() {
    for (int round = 0; !over; round++) {
      long began = System.nanoTime();
      try (Connection connection = pool.getConnection()) {
        if (writes && round % WRITE_EVERY == 0) {
          write(connection);
        }
        began = System.nanoTime();
        read(connection, round, began);
      } catch (SQLException e) {
        synchronized (LOCK) {
          phase.failed++;
        }
        System.out.println("failed in " + (System.nanoTime() - began) / 1_000_000 + " ms: " + e);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      over = true;
    }
  }

  private void write(Connection connection) {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE own SET v = ? WHERE id = ?")) {
      update.setLong(1, value + 1);
      update.setInt(2, row);
      update.executeUpdate();
      value++;
      synchronized (LOCK) {
        phase.writes++;
      }
    } catch (SQLException e) {
      synchronized (LOCK) {
        phase.failedWrites++;
      }
      System.out.println("write failed: " + e);
    }
  }

  private void read(Connection connection, int round, long began) throws SQLException {
    boolean own = writes && round % WRITE_EVERY < 2;
    boolean prepared = random.nextBoolean();
    int id = own ? row : random.nextInt(ITEMS);
    String found;
    String sql = own ? "SELECT v FROM own WHERE id = " : FORMS[random.nextInt(FORMS.length)];
    if (prepared) {
      try (PreparedStatement query = connection.prepareStatement(sql + "?")) {
        query.setInt(1, id);
        found = only(query.executeQuery());
      }
    } else {
      try (Statement query = connection.createStatement()) {
        found = only(query.executeQuery(sql + id));
      }
    }
    long took = System.nanoTime() - began;
    boolean right = found.equals(own ? String.valueOf(value) : "item " + id);
    synchronized (LOCK) {
      phase.read(took);
      phase.stale += own && !right ? 1 : 0;
      phase.wrong += own || right ? 0 : 1;
    }
    if (!right) {
      System.out.println("found " + found + " for " + (own ? "own " + value : "item " + id));
    }
  }

  private static String only(ResultSet result) throws SQLException {
    try (ResultSet each = result) {
      return each.next() ? each.getString(1) : "nothing";
    }
  }
}
