package legacy.frameworks.quartz;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import legacy.frameworks.Access;
import legacy.frameworks.Page;

/** What jobs have written. */
final class Runs {
  private static final Semaphore DONE = new Semaphore(0);
  private static final CountDownLatch LOST = new CountDownLatch(1);
  private static HikariDataSource pool;

  private Runs() {}

  static void begin(Access access) {
    pool = access.pool();
  }

  /** Writes a row and reads it. */
  static void add(String job) {
    try (Connection connection = pool.getConnection()) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO ran(job) VALUES (?)")) {
        insert.setString(1, job);
        int unused = insert.executeUpdate();
      }
      try (PreparedStatement select =
          connection.prepareStatement("SELECT COUNT(*) FROM ran WHERE job = ?")) {
        select.setString(1, job);
        try (ResultSet rows = select.executeQuery()) {
          if (!rows.next() || rows.getInt(1) == 0) {
            LOST.countDown();
          }
        }
      }
    } catch (SQLException e) {
      Page.say("failed " + job, e);
    }
    DONE.release();
  }

  static void await(int runs, long nanos) throws InterruptedException {
    Page.say("all ran", DONE.tryAcquire(runs, nanos, TimeUnit.NANOSECONDS));
  }

  static void print() throws SQLException {
    Page.say("own rows seen", LOST.getCount() == 1);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT job, COUNT(*) FROM ran GROUP BY job ORDER BY job")) {
      while (rows.next()) {
        Page.say(rows.getString(1), rows.getInt(2));
      }
    }
    pool.close();
  }
}
