package legacy.config;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes much to one database and little to another, in the same threads, and looks whether each
 * thread finds what it has written, on connections other than those that wrote.
 *
 * <p>Arguments: both URLs, rounds, threads. Prints {@code made}, waits for a line of input, and
 * prints {@code stale 0} at the end.
 */
public final class TwoMasters {
  /** Reads of each database while only the other is written to. */
  public static final int QUIET = 100;

  private static final AtomicInteger STALE = new AtomicInteger();
  private static volatile boolean failed;

  private TwoMasters() {}

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 2; i++) {
      try (Connection connection = DriverManager.getConnection(args[i]);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS note (thread INTEGER, n INTEGER)");
      }
    }
    System.out.println("made");
    Scanner input = new Scanner(System.in, "UTF-8");
    input.nextLine();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  work(number, args[0], args[1], Integer.parseInt(args[2]));
                } catch (Throwable t) {
                  failed = true;
                  t.printStackTrace();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(failed ? "failed" : "stale " + STALE.get());
  }

  private static void work(int thread, String much, String little, int rounds) throws SQLException {
    try (Connection muchWriter = DriverManager.getConnection(much);
        Connection muchReader = DriverManager.getConnection(much);
        Connection littleWriter = DriverManager.getConnection(little);
        Connection littleReader = DriverManager.getConnection(little)) {
      int newest = 0;
      for (int i = 1; i <= rounds; i++) {
        write(muchWriter, thread, i);
        if (i % 10 == 0) {
          write(littleWriter, thread, i);
          newest = i;
        }
        read(muchReader, thread, i);
        read(littleReader, thread, newest);
      }
      int muchNewest = quiet(littleReader, newest, muchWriter, rounds, thread);
      int unused = quiet(muchReader, muchNewest, littleWriter, newest, thread);
    }
  }

  /**
   * Reads of a database that nobody writes to, among writes to the other.
   *
   * @param expected what is found
   * @param written the newest that was written to the other
   * @return what is newest there then
   */
  private static int quiet(
      Connection reader, int expected, Connection other, int written, int thread)
      throws SQLException {
    int newest = written;
    for (int i = 1; i <= QUIET; i++) {
      if (i % 10 == 0) {
        write(other, thread, ++newest);
      }
      read(reader, thread, expected);
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return newest;
  }

  private static void write(Connection connection, int thread, int n) throws SQLException {
    for (int attempt = 0; ; attempt++) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO note VALUES (?, ?)")) {
        insert.setInt(1, thread);
        insert.setInt(2, n);
        insert.executeUpdate();
        return;
      } catch (SQLException e) {
        // Another thread of the application has the file.
        if (attempt == 100 || !String.valueOf(e.getMessage()).contains("SQLITE_BUSY")) {
          throw e;
        }
      }
    }
  }

  private static void read(Connection connection, int thread, int expected) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT max(n) FROM note WHERE thread = ?")) {
      select.setInt(1, thread);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getInt(1) != expected) {
          STALE.incrementAndGet();
          System.out.println("read " + row.getInt(1) + " in place of " + expected);
        }
      }
    }
  }
}
