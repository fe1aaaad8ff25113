package legacy.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Every thread writes a row of its own in many ways and reads it back at once, by the same
 * connection, another one or a new one; now and then it reads the others' rows, whose numbers must
 * never fall. Prints what it counted.
 *
 * <p>One fall is the engines' own and counted apart: a commit is shipped to replicas before its
 * server makes it visible, so that a replica may show a write that the master does not show yet. It
 * can be only a write that has not returned to its writer.
 *
 * <p>Arguments: JDBC URL, user, password, seed, threads, milliseconds.
 */
public final class OwnRows implements Runnable {
  /** Made on however slow a machine. */
  private static final int LEAST_READS = 500;

  private static final AtomicLong READS = new AtomicLong();
  private static final AtomicLong WRITES = new AtomicLong();
  private static final AtomicLong STALE = new AtomicLong();
  private static final AtomicLong BACKWARD = new AtomicLong();
  private static final AtomicLong AHEAD = new AtomicLong();
  private static final AtomicLong FAILED = new AtomicLong();
  private static final AtomicLong LONGEST = new AtomicLong();

  private final String[] args;
  private final int row;
  private final int rows;
  private final Random random;
  private final long end;
  private final long[] seen;

  /** By row, the newest value whose write has returned. */
  private final AtomicLongArray returned;

  private Connection one;
  private Connection two;
  private PreparedStatement readOne;
  private PreparedStatement readTwo;
  private PreparedStatement write;
  private long value;

  private OwnRows(String[] args, int row, AtomicLongArray returned, long seed, long end) {
    this.args = args;
    this.row = row;
    this.returned = returned;
    this.rows = returned.length();
    this.random = new Random(seed + row);
    this.end = end;
    this.seen = new long[rows];
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    long seed = Long.parseLong(args[3]);
    int threads = Integer.parseInt(args[4]);
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DROP TABLE IF EXISTS own");
      statement.executeUpdate("CREATE TABLE own(id INT PRIMARY KEY, v BIGINT)");
      for (int i = 0; i < threads; i++) {
        statement.executeUpdate("INSERT INTO own VALUES (" + i + ", 0)");
      }
    }
    AtomicLongArray returned = new AtomicLongArray(threads);
    long end = System.nanoTime() + Long.parseLong(args[5]) * 1_000_000;
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(new OwnRows(args, i, returned, seed, end));
      thread.start();
      running.add(thread);
    }
    System.out.println("started");
    for (Thread thread : running) {
      thread.join();
    }
    System.out.println("stale reads: " + STALE);
    System.out.println("backward reads: " + BACKWARD);
    System.out.println("replica ahead of its master: " + AHEAD);
    System.out.println("failed: " + FAILED);
    System.out.println("reads " + READS + ", writes " + WRITES);
    System.out.println("longest read: " + LONGEST.get() / 1_000_000 + " ms");
  }

  @Override
  public void run() {
    try {
      connect();
      while (System.nanoTime() < end || READS.get() < LEAST_READS) {
        if (random.nextInt(3) > 0) {
          write(random.nextInt(7));
          returned.set(row, value);
          WRITES.incrementAndGet();
        }
        int reads = random.nextInt(6);
        for (int i = 0; i < reads; i++) {
          check(random.nextInt(6));
        }
        if (random.nextInt(4) == 0) {
          Thread.sleep(random.nextInt(20));
        }
        if (random.nextInt(100) == 0) {
          connect();
        }
      }
      one.close();
      two.close();
    } catch (SQLException | InterruptedException e) {
      FAILED.incrementAndGet();
      e.printStackTrace();
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(args[0], args[1], args[2]);
  }

  private void connect() throws SQLException {
    if (one != null) {
      one.close();
      two.close();
    }
    one = open();
    two = open();
    readOne = one.prepareStatement("SELECT v FROM own WHERE id = ?");
    readTwo = two.prepareStatement("SELECT v FROM own WHERE id = ?");
    write = one.prepareStatement("UPDATE own SET v = ? WHERE id = " + row);
  }

  private void write(int form) throws SQLException {
    value++;
    String sql = "UPDATE own SET v = " + value + " WHERE id = " + row;
    try (Statement statement = one.createStatement()) {
      switch (form) {
        case 0:
          statement.executeUpdate(sql);
          break;
        case 1:
          write.setLong(1, value);
          write.execute();
          break;
        case 2:
          write.setLong(1, value);
          write.addBatch();
          write.executeBatch();
          break;
        case 3:
          one.setAutoCommit(false);
          statement.executeUpdate(sql);
          expect(one, value);
          one.commit();
          one.setAutoCommit(true);
          break;
        case 4:
          statement.execute("BEGIN");
          statement.executeUpdate(sql);
          statement.execute("COMMIT");
          break;
        case 5:
          one.setAutoCommit(false);
          statement.executeUpdate("UPDATE own SET v = -1 WHERE id = " + row);
          one.rollback();
          statement.executeUpdate(sql);
          one.setAutoCommit(true);
          break;
        default:
          statement.execute(sql);
          break;
      }
    }
  }

  private void check(int form) throws SQLException {
    long began = System.nanoTime();
    switch (form) {
      case 0:
      case 1:
        readOne.setInt(1, row);
        expect(only(readOne.executeQuery()), value, form);
        break;
      case 2:
        readTwo.setInt(1, row);
        readTwo.execute();
        expect(only(readTwo.getResultSet()), value, form);
        break;
      case 3:
        try (Statement statement = two.createStatement()) {
          String sql = "SELECT v FROM own WHERE id = " + row;
          expect(only(statement.executeQuery(sql)), value, form);
        }
        break;
      case 4:
        if (random.nextInt(5) == 0) {
          try (Connection three = open()) {
            expect(three, value);
          }
        }
        break;
      default:
        all();
        break;
    }
    READS.incrementAndGet();
    long took = System.nanoTime() - began;
    LONGEST.accumulateAndGet(took, Math::max);
  }

  private void all() throws SQLException {
    Connection on = random.nextBoolean() ? one : two;
    long[] due = new long[rows];
    for (int i = 0; i < rows; i++) {
      due[i] = returned.get(i);
    }
    try (Statement statement = on.createStatement();
        ResultSet result = statement.executeQuery("SELECT id, v FROM own")) {
      while (result.next()) {
        int id = result.getInt(1);
        long v = result.getLong(2);
        if (v < seen[id] && v >= due[id] && id != row) {
          AHEAD.incrementAndGet();
        } else if (v < seen[id] || (id == row && v != value)) {
          BACKWARD.incrementAndGet();
          System.out.println(
              "backward: row " + id + " of " + rows + ": " + v + " after " + seen[id]);
        }
        seen[id] = v;
      }
    }
  }

  private void expect(Connection on, long expected) throws SQLException {
    try (Statement statement = on.createStatement()) {
      expect(only(statement.executeQuery("SELECT v FROM own WHERE id = " + row)), expected, -1);
    }
  }

  private void expect(long found, long expected, int form) {
    if (found != expected) {
      STALE.incrementAndGet();
      System.out.println("stale: " + found + " for " + expected + ", read " + form);
    }
  }

  private static long only(ResultSet result) throws SQLException {
    try (ResultSet each = result) {
      return each.next() ? each.getLong(1) : Long.MIN_VALUE;
    }
  }
}
