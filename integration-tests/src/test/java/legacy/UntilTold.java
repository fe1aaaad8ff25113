package legacy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads without a word until a line of standard input comes: whoever runs the program sees by the
 * agent's log that a replica serves. Its first connection may take longer than a whole program.
 */
public final class UntilTold {
  private UntilTold() {}

  /** Consumes the line. */
  public static void read(Connection connection, String sql)
      throws SQLException, IOException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      while (System.in.available() == 0) {
        statement.executeQuery(sql).close();
        Thread.sleep(2);
      }
    }
    int read = System.in.read();
    while (read >= 0 && read != '\n') {
      read = System.in.read();
    }
  }
}
