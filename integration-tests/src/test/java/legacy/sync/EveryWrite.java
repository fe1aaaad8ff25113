package legacy.sync;

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

/**
 * Several threads count up a row each, in every way JDBC has, and look at once in which of some
 * other places the new count is. Prints how many writes fewer of them had than asked for.
 *
 * <p>Arguments: JDBC URL, seed, milliseconds, threads, places that must have it, the places: files
 * or JDBC URLs.
 */
public final class EveryWrite implements Runnable {
  private static final int FORMS = 10;
  private static final AtomicLong WRITES = new AtomicLong();
  private static final AtomicLong LACKING = new AtomicLong();

  private final String[] arguments;
  private final int row;
  private final Random random;
  private final List<PreparedStatement> looks = new ArrayList<>();
  private int value;

  private EveryWrite(String[] arguments, int row) {
    this.arguments = arguments;
    this.row = row;
    this.random = new Random(Long.parseLong(arguments[1]) + row);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[3]);
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS counter(id INTEGER PRIMARY KEY, v)");
      for (int i = 0; i < threads; i++) {
        statement.executeUpdate("INSERT OR REPLACE INTO counter VALUES (" + i + ", 0)");
      }
    }
    System.out.println("ready");
    // Whoever runs this says when: the replicas must be there first.
    System.in.read();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(new EveryWrite(args, i));
      thread.start();
      all.add(thread);
    }
    for (Thread thread : all) {
      thread.join();
    }
    System.out.println("lacking: " + LACKING + " of " + WRITES);
  }

  @Override
  public void run() {
    long end = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000;
    try (Connection connection = DriverManager.getConnection(arguments[0])) {
      for (int i = 5; i < arguments.length; i++) {
        String where = arguments[i];
        Connection file =
            DriverManager.getConnection(where.startsWith("jdbc:") ? where : "jdbc:sqlite:" + where);
        looks.add(file.prepareStatement("SELECT v FROM counter WHERE id = " + row));
      }
      while (System.nanoTime() - end < 0) {
        value++;
        int form = random.nextInt(FORMS);
        boolean interrupted = random.nextInt(20) == 0;
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        write(connection, form);
        if (Thread.interrupted() != interrupted) {
          throw new IllegalStateException("an interrupt was lost by form " + form);
        }
        WRITES.incrementAndGet();
        look(form);
      }
      for (PreparedStatement look : looks) {
        look.getConnection().close();
      }
    } catch (SQLException | RuntimeException e) {
      System.out.println("failed: " + e);
      e.printStackTrace();
    }
  }

  private void look(int form) throws SQLException {
    int having = 0;
    for (PreparedStatement look : looks) {
      try (ResultSet result = look.executeQuery()) {
        having += result.next() && result.getInt(1) >= value ? 1 : 0;
      }
    }
    if (having < Integer.parseInt(arguments[4]) && LACKING.incrementAndGet() < 10) {
      System.out.println("only " + having + " have what form " + form + " wrote");
    }
  }

  private void write(Connection connection, int form) throws SQLException {
    String sql = "UPDATE counter SET v = " + value + " WHERE id = " + row;
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared =
            connection.prepareStatement("UPDATE counter SET v = ? WHERE id = " + row)) {
      statement.execute("PRAGMA busy_timeout=20000");
      prepared.setInt(1, value);
      switch (form) {
        case 0:
          statement.executeUpdate(sql);
          break;
        case 1:
          statement.execute(sql);
          break;
        case 2:
          prepared.executeUpdate();
          break;
        case 3:
          prepared.execute();
          break;
        case 4:
          statement.addBatch("UPDATE counter SET v = v WHERE id = " + row);
          statement.addBatch(sql);
          statement.executeBatch();
          break;
        case 5:
          prepared.addBatch();
          prepared.executeBatch();
          break;
        case 6:
          connection.setAutoCommit(false);
          statement.executeUpdate(sql);
          connection.commit();
          connection.setAutoCommit(true);
          break;
        case 7:
          statement.execute("BEGIN IMMEDIATE");
          statement.executeUpdate(sql);
          statement.execute("COMMIT");
          break;
        case 8:
          statement.executeUpdate("UPDATE counter SET v = v WHERE id = " + row + "; " + sql);
          break;
        default:
          connection.setAutoCommit(false);
          statement.executeUpdate(sql);
          connection.setAutoCommit(true);
          break;
      }
    }
  }
}
