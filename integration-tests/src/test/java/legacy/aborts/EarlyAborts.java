package legacy.aborts;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/**
 * Aborts fresh connections about when another thread begins a read on them that does not end.
 * Arguments: URL, user, password, rounds, seed. Ends when every read has.
 */
public final class EarlyAborts {
  private static final String LONG =
      "SELECT COUNT(*) FROM wide a, wide b, wide c, wide d WHERE a.n + b.n <> c.n + d.n";

  private static final long READY_NANOS = 120_000_000_000L;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final int LATEST_NANOS = 2_000_000;

  private EarlyAborts() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Random random = new Random(Long.parseLong(args[4]));
    int ended = 0;
    try (Connection other = DriverManager.getConnection(args[0], args[1], args[2])) {
      for (int i = 0; i < Integer.parseInt(args[3]); i++) {
        awaitReplica(other);
        Connection aborted = DriverManager.getConnection(args[0], args[1], args[2]);
        Thread reader = new Thread(() -> read(aborted), "reader");
        reader.setDaemon(true);
        long until = System.nanoTime() + random.nextInt(LATEST_NANOS);
        reader.start();
        while (System.nanoTime() - until < 0) {
          Thread.onSpinWait();
        }
        aborted.abort(Runnable::run);
        reader.join(PATIENCE_MILLIS);
        if (reader.isAlive()) {
          System.out.println("round " + i + " goes on");
          return;
        }
        ended++;
      }
    }
    System.out.println("ended: " + ended);
  }

  private static void read(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LONG)) {
      System.out.println("rows: " + rows.next());
    } catch (SQLException e) {
      // As it should be; before its begin or after.
      return;
    }
  }

  /** There is a connection for the next read, then. */
  private static void awaitReplica(Connection connection) throws Exception {
    long deadline = System.nanoTime() + READY_NANOS;
    while (System.nanoTime() - deadline < 0) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT who FROM marker")) {
        rows.next();
        if (rows.getString(1).equals("r")) {
          return;
        }
      }
      Thread.sleep(2);
    }
    throw new IllegalStateException("no replica serves");
  }
}
