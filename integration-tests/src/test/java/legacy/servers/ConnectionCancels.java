package legacy.servers;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.UntilTold;

/**
 * Cancels long reads by what drivers' connections have for that beside JDBC's statements. Begins
 * with {@link UntilTold}.
 *
 * <p>Arguments: URL, user, password, and the method of the connection.
 */
public final class ConnectionCancels {
  private static final int ROUNDS = 3;

  /** Takes minutes when nobody cancels it, whatever the number is. */
  private static final String LONG =
      "SELECT count(*) FROM few a, few b, few c, few d, few e WHERE a.n + b.n + c.n + d.n + e.n < ";

  private ConnectionCancels() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
      UntilTold.read(connection, "SELECT count(*) FROM few");
      Method cancel = connection.getClass().getMethod(args[3]);
      for (int round = 0; round < ROUNDS; round++) {
        try (PreparedStatement read = connection.prepareStatement(LONG + "?");
            Statement plain = connection.createStatement()) {
          read.setInt(1, -1);
          cancelled(connection, cancel, () -> read.executeQuery());
          cancelled(connection, cancel, () -> plain.executeQuery(LONG + "-1"));
        }
        // Nothing is under way: it changes nothing.
        cancel.invoke(connection);
        try (Statement after = connection.createStatement();
            ResultSet row = after.executeQuery("SELECT count(*) FROM few")) {
          row.next();
          System.out.println("after it: " + row.getInt(1));
        }
      }
    }
  }

  private interface Read {
    ResultSet run() throws SQLException;
  }

  /** Until it has ended: it may not have begun yet when it is cancelled. */
  private static void cancelled(Connection connection, Method cancel, Read read) throws Exception {
    boolean[] over = new boolean[1];
    Thread canceller =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(200);
                  synchronized (over) {
                    if (over[0]) {
                      return;
                    }
                    cancel.invoke(connection);
                  }
                }
              } catch (ReflectiveOperationException | InterruptedException e) {
                System.out.println("cancel failed: " + e);
              }
            });
    canceller.start();
    try (ResultSet rows = read.run()) {
      rows.next();
      System.out.println("not cancelled: " + rows.getInt(1));
    } catch (SQLException e) {
      System.out.println("cancelled: " + e.getSQLState());
    }
    synchronized (over) {
      over[0] = true;
    }
    canceller.join();
  }
}
