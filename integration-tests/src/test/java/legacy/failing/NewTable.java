package legacy.failing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads a table until it is told to go on; then one that another thread has just made, until it is
 * told to stop, and prints how many of its reads failed. Arguments: JDBC URL.
 */
public final class NewTable {
  private NewTable() {}

  public static void main(String[] args) throws Exception {
    final String url = args[0];
    try (Connection reading = DriverManager.getConnection(url);
        Statement query = reading.createStatement()) {
      Thread maker =
          new Thread("maker") {
            @Override
            public void run() {
              try (Connection writing = DriverManager.getConnection(url);
                  Statement statement = writing.createStatement()) {
                statement.executeUpdate("CREATE TABLE late(n INTEGER)");
                statement.executeUpdate("INSERT INTO late VALUES (1)");
              } catch (SQLException e) {
                System.out.println("cannot make it: " + e);
              }
            }
          };
      int failed = 0;
      int wrong = 0;
      String sql = "SELECT count(*) - 1 FROM number";
      for (int told = 0; told < 2; Thread.sleep(1)) {
        try (ResultSet rows = query.executeQuery(sql)) {
          wrong += rows.next() && rows.getInt(1) == 1 ? 0 : 1;
        } catch (SQLException e) {
          failed++;
        }
        if (System.in.available() > 0) {
          int unused = System.in.read();
          told++;
          if (told == 1) {
            maker.start();
            maker.join();
            sql = "SELECT count(*) FROM late";
          }
        }
      }
      System.out.println("failed " + failed + ", wrong " + wrong);
    }
  }
}
