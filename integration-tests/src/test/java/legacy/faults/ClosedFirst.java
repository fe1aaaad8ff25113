package legacy.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Closes connections of H2's data source before anything else was called on them, then calls them.
 * Prints what comes of it.
 *
 * <p>Argument: JDBC URL.
 */
public final class ClosedFirst {
  private interface Deed {
    Object run() throws SQLException;
  }

  private ClosedFirst() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl(args[0]);
    // The very first one, too.
    closed(source);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (v INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES (1)");
      closed(source);
      try (ResultSet rows = statement.executeQuery("SELECT v FROM t")) {
        rows.next();
        System.out.println("read " + rows.getInt(1));
      }
    }
    System.out.println("end");
  }

  private static void closed(JdbcDataSource source) throws SQLException {
    Connection connection = source.getConnection();
    connection.close();
    tell("isClosed", connection::isClosed);
    tell("createStatement", connection::createStatement);
    tell("prepareStatement", () -> connection.prepareStatement("SELECT 1"));
    tell("getAutoCommit", connection::getAutoCommit);
    tell(
        "commit",
        () -> {
          connection.commit();
          return "";
        });
    tell(
        "close",
        () -> {
          connection.close();
          return "";
        });
  }

  private static void tell(String name, Deed deed) {
    try {
      Object answer = deed.run();
      System.out.println(name + ": " + (answer instanceof Statement ? "made" : answer));
    } catch (SQLException | RuntimeException e) {
      System.out.println(name + ": " + e);
    }
  }
}
