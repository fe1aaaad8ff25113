package legacy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Scanner;

/** A report over a large table that somebody looks at row by row. */
public final class LongScan {
  private static final int ROWS = 20_000;

  private LongScan() {}

  /**
   * The argument is a JDBC URL; {@code read} on standard input lets it read a little, {@code go}
   * begin its report, and another line go on after the tenth row.
   */
  public static void main(String[] args) throws SQLException {
    Scanner input = new Scanner(System.in, "UTF-8");
    try (Connection connection = DriverManager.getConnection(args[0])) {
      fill(connection);
      System.out.println("filled");
      while (!input.nextLine().equals("go")) {
        try (Statement statement = connection.createStatement();
            ResultSet first = statement.executeQuery("SELECT text FROM page WHERE id = 1")) {
          System.out.println("read " + first.next());
        }
      }
      try (PreparedStatement report =
          connection.prepareStatement("SELECT id, text FROM page WHERE id > ? ORDER BY id")) {
        report.setInt(1, 0);
        try (ResultSet rows = report.executeQuery()) {
          long sum = 0;
          int count = 0;
          while (rows.next()) {
            sum += rows.getInt(1) + rows.getString(2).length();
            if (++count == 10) {
              System.out.println("looking");
              input.nextLine();
            }
          }
          System.out.println("rows " + count + " sum " + sum);
        }
      }
    }
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE page (id INTEGER PRIMARY KEY, text TEXT)");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO page VALUES (?, ?)")) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        text.append('x');
      }
      for (int i = 1; i <= ROWS; i++) {
        insert.setInt(1, i);
        insert.setString(2, text.toString());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }
}
