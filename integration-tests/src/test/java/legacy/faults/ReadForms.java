package legacy.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.UntilTold;
import legacy.chaos.Strikes;

/**
 * Reads in all forms that JDBC has for it, while some methods are struck at every call.
 *
 * <p>Arguments: JDBC URL, kinds of strikes, a regular expression of methods.
 */
public final class ReadForms {
  private static final String READ = "SELECT v, 2 * v AS w FROM t ORDER BY v";

  private interface Form {
    boolean run() throws SQLException;
  }

  private ReadForms() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (v INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES (1), (2), (3)");
      UntilTold.read(connection, READ);
      for (String kind : args[1].split(",", -1)) {
        Strikes.begin(kind, 1, args[2]);
        plain(connection);
        prepared(connection);
        Strikes.end();
        plain(connection);
        prepared(connection);
        refused(connection);
        refusedBeforeCompletion(connection);
      }
    }
    System.err.println("struck " + Strikes.struck());
    System.out.println("end");
  }

  private static void plain(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      tell("query", statement.executeQuery(READ));
      asked(statement.executeQuery(READ));
      System.out.println(statement.execute(READ));
      tell("execute", statement.getResultSet());
      System.out.println(statement.execute(READ) + " " + statement.getMoreResults());
      System.out.println(statement.execute(READ));
      ResultSet open = statement.getResultSet();
      System.out.println(open.isClosed() + " " + statement.isClosed());
      open.close();
      System.out.println(open.isClosed() + " " + statement.isClosed());
    } catch (SQLException e) {
      System.out.println(e);
    }
  }

  /** The driver's own result is open still when a replica serves the next one. */
  private static void refused(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.executeQuery("/* rwsplit:master */ " + READ).next();
      fails(() -> statement.execute(READ, new String[] {"v"}));
      System.out.println(statement.executeQuery(READ).next());
      fails(() -> statement.execute("SELECT v FROM nowhere"));
      end(statement);
      tell("query of a closed statement", statement.executeQuery(READ));
    } catch (SQLException e) {
      System.out.println(e);
    }
  }

  /** The next query closes the driver's own result, which is open still, and that the statement. */
  private static void refusedBeforeCompletion(Connection connection) {
    String read = "/* rwsplit:master */ " + READ;
    try (Statement statement = connection.createStatement()) {
      statement.closeOnCompletion();
      boolean unused = statement.executeQuery(read).next();
      fails(() -> statement.execute(READ, new String[] {"v"}));
      fails(() -> statement.executeQuery(READ).next());
      System.out.println(statement.isClosed());
    } catch (SQLException e) {
      System.out.println(e);
    }
  }

  private static void end(Statement statement) throws SQLException {
    statement.close();
  }

  private static void fails(Form form) {
    try {
      System.out.println(form.run());
    } catch (SQLException e) {
      System.out.println(e);
    }
  }

  private static void prepared(Connection connection) {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      tell("prepared query", statement.executeQuery());
      asked(statement.executeQuery());
      System.out.println(statement.execute());
      tell("prepared execute", statement.getResultSet());
      System.out.println(statement.execute() + " " + statement.getMoreResults());
    } catch (SQLException e) {
      System.out.println(e);
    }
  }

  /** SQLite's driver refuses to show again what a query has returned. */
  private static void asked(ResultSet rows) throws SQLException {
    boolean unused = rows.next();
    try {
      System.out.println("asked for again: " + (rows.getStatement().getResultSet() == rows));
    } catch (SQLException e) {
      System.out.println("asked for again: " + e);
    }
    System.out.println("goes on: " + rows.next() + " " + rows.getInt(1));
    rows.close();
  }

  private static void tell(String form, ResultSet rows) throws SQLException {
    StringBuilder line = new StringBuilder(form);
    line.append(' ').append(rows.getMetaData().getColumnLabel(2));
    line.append(' ').append(rows.getStatement().isClosed());
    while (rows.next()) {
      line.append(' ').append(rows.getInt(1)).append('/').append(rows.getInt(2));
    }
    rows.close();
    System.out.println(line);
  }
}
