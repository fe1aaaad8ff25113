package legacy.consistency;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Reads a marker, writes, and reads it again and again for a while; prints who answered before, at
 * once after the write, and when it was the one from before again.
 *
 * <p>Arguments: JDBC URL, most milliseconds to read on.
 */
public final class WindowReads {
  private WindowReads() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Connection other = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement();
        PreparedStatement read = connection.prepareStatement("SELECT name FROM marker");
        PreparedStatement readOther = other.prepareStatement("SELECT name FROM marker")) {
      String before = name(read);
      for (int i = 0; i < 20_000 && before.equals("master.db"); i++) {
        Thread.sleep(1);
        before = name(read);
      }
      System.out.println("before " + before);
      long start = System.nanoTime();
      statement.executeUpdate("INSERT INTO ledger(way) VALUES ('window')");
      System.out.println("same " + name(read));
      System.out.println("other " + name(readOther));
      Thread stranger = new Thread(() -> print("stranger", args[0]));
      stranger.start();
      stranger.join();
      long limit = start + Long.parseLong(args[1]) * 1_000_000L;
      while (System.nanoTime() < limit) {
        if (!name(read).equals("master.db")) {
          System.out.println("again " + (System.nanoTime() - start) / 1_000_000);
          return;
        }
      }
      System.out.println("never again");
    }
  }

  private static void print(String who, String url) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement read = connection.prepareStatement("SELECT name FROM marker")) {
      System.out.println(who + " " + name(read));
    } catch (java.sql.SQLException e) {
      System.out.println(who + " " + e);
    }
  }

  private static String name(PreparedStatement read) throws java.sql.SQLException {
    try (ResultSet result = read.executeQuery()) {
      result.next();
      return result.getString(1);
    }
  }
}
