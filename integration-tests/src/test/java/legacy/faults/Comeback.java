package legacy.faults;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import legacy.chaos.Strikes;

/**
 * Writes a number and reads it, over ever new connections, until it is told {@code end}. Prints
 * what it should not have read. Told {@code storm}, or {@code storm kinds rate methods}, and {@code
 * calm}, it has strikes begin and end ({@link Strikes}); told {@code rounds n}, it says when so
 * many more are done; told {@code strike kinds n methods}, it has every call struck until so many
 * were, and says when; told {@code threads}, what each thread is at. What does not come in time it
 * says, too.
 *
 * <p>Argument: JDBC URL.
 */
public final class Comeback {
  /** Longer than whatever is waited for takes on a slow machine. */
  private static final long PATIENCE_NANOS = 200_000_000_000L;

  private static volatile boolean ended;

  /** Rounds. */
  private static volatile int begun;

  private Comeback() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES (1, 0)");
    }
    Thread worker = new Thread(() -> work(args[0]), "worker");
    worker.start();
    System.out.println("begun");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", -1);
      if (order.equals("storm")) {
        Strikes.begin();
      } else if (words[0].equals("storm")) {
        Strikes.begin(words[1], Integer.parseInt(words[2]), words[3]);
      } else if (order.equals("calm")) {
        Strikes.end();
      } else if (order.equals("threads")) {
        threads();
      } else if (words[0].equals("strike")) {
        strike(words[1], Integer.parseInt(words[2]), words[3]);
      } else if (words[0].equals("rounds")) {
        goOn(Integer.parseInt(words[1]));
      } else {
        break;
      }
    }
    ended = true;
    worker.join();
    System.out.println("ended");
  }

  private static void threads() {
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      System.err.println(each.getKey());
      for (StackTraceElement frame : each.getValue()) {
        System.err.println("    at " + frame);
      }
    }
    System.err.println("threads told");
  }

  /** Every call of some methods, until so many were struck. */
  private static void strike(String kinds, int times, String methods) throws InterruptedException {
    long from = Strikes.struck();
    Strikes.begin(kinds, 1, methods);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (Strikes.struck() < from + times && System.nanoTime() - deadline < 0) {
      Thread.sleep(1);
    }
    long struck = Strikes.struck() - from;
    Strikes.end();
    if (struck < times) {
      threads();
    }
    System.out.println(
        struck < times ? "only " + struck + " strikes of " + methods : "struck " + methods);
  }

  /** Waits for so many rounds, and tells how many strikes there were by then. */
  private static void goOn(int rounds) throws InterruptedException {
    int from = begun;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (begun <= from + rounds && System.nanoTime() - deadline < 0) {
      Thread.sleep(1);
    }
    int done = begun - from;
    if (done <= rounds) {
      threads();
    }
    System.out.println(done <= rounds ? "only " + done + " rounds" : "went on");
    System.err.println("struck " + Strikes.struck());
  }

  private static void work(String url) {
    for (int round = 1; !ended; round++) {
      begun = round;
      try (Connection connection = DriverManager.getConnection(url)) {
        write(connection, round);
        try (PreparedStatement read = connection.prepareStatement("SELECT v FROM t WHERE id = ?")) {
          for (int i = 0; i < 50 && !ended; i++) {
            read.setInt(1, 1);
            try (ResultSet rows = read.executeQuery()) {
              if (!rows.next() || rows.getInt(1) != round) {
                System.out.println("wrong in round " + round);
              }
            }
          }
        }
      } catch (SQLException | RuntimeException | Error e) {
        System.out.println("failed in round " + round + ": " + e);
        e.printStackTrace();
      }
    }
  }

  private static void write(Connection connection, int round) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("UPDATE t SET v = " + round);
      connection.commit();
      connection.setAutoCommit(true);
    }
  }
}
