package legacy.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** Opens reads that a replica serves, under the agent; bare just opens them. */
final class ServedReads {
  private static final long SECONDS = 120;

  private final String url;

  ServedReads(String url) {
    this.url = url;
  }

  OpenRead open(Connection connection, OpenRead.State state, boolean prepared) throws SQLException {
    boolean woven = isWoven(connection.getClass());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      if (woven) {
        await(deadline, "SELECT id, name FROM item");
      }
      OpenRead read = OpenRead.open(connection, state, prepared);
      if (!woven || read.isServed()) {
        read.reach();
        return read;
      }
      read.closeStatement();
      check(deadline);
    }
  }

  /** Until a replica has what this thread has written, where the connection is woven. */
  void await(Connection managed, String query) throws SQLException {
    if (isWoven(managed.getClass())) {
      await(System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS), query);
    }
  }

  private void await(long deadline, String query) throws SQLException {
    try (Connection other = DriverManager.getConnection(url);
        Statement reading = other.createStatement()) {
      while (true) {
        try (ResultSet rows = reading.executeQuery(query)) {
          if (CallCounts.isServed(rows)) {
            return;
          }
        }
        check(deadline);
        CallTables.think();
      }
    }
  }

  private static void check(long deadline) {
    if (System.nanoTime() - deadline > 0) {
      throw new IllegalStateException("no replica serves");
    }
  }

  private static boolean isWoven(Class<?> driver) {
    for (Class<?> type = driver; type != null; type = type.getSuperclass()) {
      for (Class<?> face : type.getInterfaces()) {
        if (face.getName().equals("java.rwsplit.HookedConnection")) {
          return true;
        }
      }
    }
    return false;
  }
}
