package legacy.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes and fills the tables of the random calls. */
final class CallTables {
  private static final int WARM_UP = 10;

  private CallTables() {}

  /** Makes what is made once, and uses the texts, so that they are known when it matters. */
  static void prepare(CallSite site, String url) throws SQLException {
    if (site.schema.length == 0) {
      return;
    }
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String text : site.schema) {
        statement.execute(text);
      }
    }
    for (int i = 0; i < WARM_UP; i++) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        for (String text : site.reads) {
          statement.executeQuery(text).close();
          think();
        }
        for (String text : site.prepared) {
          connection.prepareStatement(text).close();
          think();
        }
      }
    }
  }

  static void reset(CallSite site, String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String text : site.clear) {
        statement.execute(text);
      }
      for (int i = 1; i <= 6; i++) {
        statement.executeUpdate(
            "INSERT INTO item VALUES ("
                + (i + ", 'item" + i + "', " + i * 10 + ", " + i * 1.25 + ", ")
                + (i % 3 == 0 ? "NULL" : "'note " + i + "'")
                + ")");
      }
    }
  }

  /** Time in which replicas catch up. */
  static void think() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
