package legacy.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An application that aborts a connection while another thread reads over it and the read does not
 * end. Says when it begins to read, and waits for a line to abort. Arguments: URL, user, password.
 */
public final class Aborted {
  private static final String LONG =
      "SELECT COUNT(*) FROM wide a, wide b, wide c, wide d WHERE a.n + b.n <> c.n + d.n";

  private Aborted() {}

  public static void main(String[] args) throws Exception {
    try (Connection other = DriverManager.getConnection(args[0], args[1], args[2])) {
      awaitReplica(other);
      Connection aborted = DriverManager.getConnection(args[0], args[1], args[2]);
      Thread reader = new Thread(() -> read(aborted), "reader");
      System.out.println("reading");
      reader.start();
      int unused = System.in.read();
      aborted.abort(Runnable::run);
      reader.join();
      System.out.println("closed: " + aborted.isClosed());
      System.out.println("another reads on: " + who(other).substring(0, 1));
    }
  }

  private static void read(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LONG)) {
      System.out.println("rows: " + rows.next());
    } catch (SQLException e) {
      System.out.println("the read fails");
    }
  }

  private static void awaitReplica(Connection connection) throws Exception {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (System.nanoTime() < deadline && who(connection).equals("m")) {
      Thread.sleep(20);
    }
  }

  private static String who(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT who FROM marker")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
