package io.rwsplit.it.suites;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Empties the one SQLite file that a suite has instead of its many databases, before each test, so
 * that every test finds what it would find in a new one. Runs bare and under the agent alike.
 */
public final class EmptyMaster implements BeforeEachCallback, BeforeTestExecutionCallback {
  /** The JDBC URL of the file. */
  private static final String URL = System.getProperty("suite.master");

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=2000");
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA foreign_keys=OFF");
      statement.execute("PRAGMA user_version=0");
      statement.execute("PRAGMA application_id=0");
      for (String kind : new String[] {"trigger", "view", "table"}) {
        for (String name : names(statement, kind)) {
          statement.execute("DROP " + kind + " IF EXISTS \"" + name.replace("\"", "\"\"") + '"');
        }
      }
    }
  }

  /** The test's own preparations are over. */
  @Override
  public void beforeTestExecution(ExtensionContext context) {
    pause();
  }

  /** Called where a test has changed the schema: routing is given time to learn it. */
  public static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
  }

  private static List<String> names(Statement statement, String kind) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet result =
        statement.executeQuery(
            // Virtual tables first: their shadows go with them.
            "/* rwsplit:master */ SELECT name FROM sqlite_master WHERE type='"
                + kind
                + "' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY rootpage <> 0")) {
      while (result.next()) {
        names.add(result.getString(1));
      }
    }
    return names;
  }
}
