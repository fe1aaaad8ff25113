package legacy.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.chaos.Strikes;

/**
 * Connects and writes while some methods are struck at every call, then, once it is told, goes on
 * without strikes until a replica serves connections that are opened anew; and writes by the first
 * connection, which must be seen by others at once. Prints what it has read otherwise than written,
 * and ends once it is told.
 *
 * <p>Arguments: JDBC URL, a regular expression of methods, whether a replica will serve. The kind
 * of strikes is oom, or the first of {@code chaos.kinds}.
 */
public final class StartedAgain {
  private static final long PATIENCE_NANOS = 100_000_000_000L;
  private static final int ROUNDS = 200;

  private StartedAgain() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    boolean split = Boolean.parseBoolean(args[2]);
    Strikes.begin(System.getProperty("chaos.kinds", "oom"), 1, args[1]);
    try (Connection early = DriverManager.getConnection(args[0]);
        Statement statement = early.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (v INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES (1)");
      System.out.println("written " + read(args[0]));
      awaitTold();
      Strikes.end();
      System.err.println("struck " + Strikes.struck());
      if (split) {
        awaitReplica(args[0]);
      }
      for (int i = 2; i < ROUNDS; i++) {
        statement.executeUpdate("UPDATE t SET v = " + i);
        expect(i, read(args[0]));
      }
      early.setAutoCommit(false);
      for (int i = ROUNDS; i < 2 * ROUNDS; i++) {
        statement.executeUpdate("UPDATE t SET v = " + i);
        early.commit();
        expect(i, read(args[0]));
      }
    }
    if (split) {
      awaitReplica(args[0]);
    }
    System.out.println("done");
    awaitTold();
    System.out.println("end");
  }

  private static void awaitTold() throws IOException {
    for (int read = System.in.read(); read >= 0 && read != '\n'; ) {
      read = System.in.read();
    }
  }

  private static void expect(int written, int read) {
    if (read != written) {
      System.out.println(read + " where " + written + " was written");
    }
  }

  private static int read(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT v FROM t")) {
      return result.next() ? result.getInt(1) : -1;
    }
  }

  private static void awaitReplica(String url) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long before = Strikes.counted();
    while (Strikes.counted() == before) {
      if (System.nanoTime() - deadline > 0) {
        System.out.println("no replica serves");
        return;
      }
      read(url);
      Thread.sleep(1);
    }
  }
}
