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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that write now and then and read what they have written without a pause, on connections
 * that stay open. Arguments: the URL, how many threads, and where the table is there, with the
 * columns {@code id}, {@code v} and {@code name}, user and password. For each line {@code rounds}
 * of its input it prints one when every thread has done some more; {@code end} ends it with {@code
 * stale 0 failed 0}.
 */
public final class SteadyReads {
  private static final int ROUNDS = 30;
  private static final AtomicInteger STALE = new AtomicInteger();
  private static final AtomicInteger FAILED = new AtomicInteger();
  private static volatile boolean ended;

  private SteadyReads() {}

  public static void main(String[] args) throws Exception {
    boolean there = args.length > 2;
    try (Connection connection = open(args);
        Statement statement = connection.createStatement()) {
      if (!there) {
        statement.execute("CREATE TABLE IF NOT EXISTS steady (id INTEGER, v INTEGER)");
      }
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        statement.execute("INSERT INTO steady VALUES (" + i + (there ? ", 0, 'x')" : ", 0)"));
      }
    }
    List<AtomicLong> done = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      int number = i;
      AtomicLong rounds = new AtomicLong();
      Thread thread = new Thread(() -> work(number, args, rounds));
      done.add(rounds);
      threads.add(thread);
      thread.start();
    }
    Scanner input = new Scanner(System.in, "UTF-8");
    while (!"end".equals(input.nextLine())) {
      awaitMore(done);
      System.out.println("more");
    }
    ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("stale " + STALE.get() + " failed " + FAILED.get());
  }

  private static Connection open(String[] args) throws SQLException {
    return args.length > 2
        ? DriverManager.getConnection(args[0], args[2], args[3])
        : DriverManager.getConnection(args[0]);
  }

  private static void awaitMore(List<AtomicLong> done) throws InterruptedException {
    for (AtomicLong rounds : done) {
      long wanted = rounds.get() + ROUNDS;
      while (rounds.get() < wanted && FAILED.get() == 0) {
        Thread.sleep(5);
      }
    }
  }

  private static void work(int thread, String[] args, AtomicLong rounds) {
    try (Connection writer = open(args);
        Connection reader = open(args);
        PreparedStatement update = writer.prepareStatement("UPDATE steady SET v = ? WHERE id = ?");
        PreparedStatement select = reader.prepareStatement("SELECT v FROM steady WHERE id = ?")) {
      int n = 0;
      while (!ended) {
        if (rounds.get() % 5 == 0) {
          update.setInt(1, ++n);
          update.setInt(2, thread);
          update.executeUpdate();
        }
        select.setInt(1, thread);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next() || row.getInt(1) != n) {
            STALE.incrementAndGet();
            System.out.println("thread " + thread + " has not found " + n);
          }
        }
        rounds.incrementAndGet();
      }
    } catch (SQLException e) {
      FAILED.incrementAndGet();
      e.printStackTrace();
    }
  }
}
