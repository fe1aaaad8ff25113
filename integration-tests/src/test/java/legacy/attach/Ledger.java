package legacy.attach;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The rows of the table that all of these programs write. */
final class Ledger {
  static final String COUNT = "SELECT count(*) FROM ledger";

  private Ledger() {}

  /** Some reads that a replica may serve again. */
  static void warm(Connection fresh) throws SQLException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      Thread.sleep(1);
      int unused = count(fresh);
    }
  }

  static int count(HikariDataSource pool) throws SQLException {
    try (Connection pooled = pool.getConnection()) {
      return count(pooled);
    }
  }

  static int count(Connection on) throws SQLException {
    try (Statement statement = on.createStatement()) {
      return number(statement.executeQuery(COUNT));
    }
  }

  /** The first column of the first row. */
  static int number(ResultSet result) throws SQLException {
    try (ResultSet one = result) {
      one.next();
      return one.getInt(1);
    }
  }
}
