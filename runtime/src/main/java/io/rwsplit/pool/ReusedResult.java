package io.rwsplit.pool;

import io.rwsplit.bootstrap.HookedResult;
import io.rwsplit.bootstrap.HookedStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What drivers need whose statements have one result object for all executions (sqlite-jdbc): the
 * object itself, which the application gets for a replica's rows too, and results of the driver in
 * the states a closed one can be in.
 */
public final class ReusedResult {
  private static final String ANY = "SELECT 1 AS a";

  /** The driver's version keeps it elsewhere: one message of {@code wasNull} may differ. */
  private static volatile boolean lastColumnUnknown;

  private ReusedResult() {}

  /** The one result of a woven statement; null when the driver makes a new one each time. */
  public static HookedResult of(Statement statement) {
    if (!(statement instanceof HookedStatement)) {
      return null;
    }
    try {
      Object result = ((HookedStatement) statement).rwsplit$result();
      return result instanceof HookedResult ? (HookedResult) result : null;
    } catch (LinkageError e) {
      // A version of the driver with other fields: its results are wrapped, as other drivers' are.
      return null;
    }
  }

  /** Sets the column that a result says it has read last, where its version has that. */
  public static void lastColumn(HookedResult result, int column) {
    if (lastColumnUnknown) {
      return;
    }
    try {
      result.rwsplit$lastColumn(column);
    } catch (LinkageError e) {
      lastColumnUnknown = true;
    }
  }

  /** A closed result whose statement is open. It lives as long as the connection. */
  static ResultSet closed(Connection physical) throws SQLException {
    ResultSet result = physical.createStatement().executeQuery(ANY);
    result.close();
    return result;
  }

  /**
   * A closed result whose statement is closed too; it outlives the connection.
   *
   * @return null for drivers that make a new result each time
   */
  static ResultSet closedWithStatement(Connection physical) throws SQLException {
    try (Statement statement = physical.createStatement()) {
      ResultSet first = statement.executeQuery(ANY);
      ResultSet second = statement.executeQuery(ANY);
      return first == second ? second : null;
    }
  }

  /**
   * True when a result of one statement can show the rows of another's, through methods of each
   * class of the driver's that has to be woven for that.
   */
  static boolean showsAnother(Connection physical) throws SQLException {
    try (Statement statement = physical.createStatement();
        Statement other = physical.createStatement()) {
      HookedResult hooked = of(other);
      if (hooked == null) {
        return false;
      }
      ResultSet face = (ResultSet) hooked;
      hooked.rwsplit$served(statement.executeQuery(ANY));
      boolean same = !face.isClosed() && face.next() && face.getRow() == 1 && face.getInt(1) == 1;
      hooked.rwsplit$served(null);
      return same && face.isClosed();
    } catch (AbstractMethodError e) {
      // A driver of JDBC 3 cannot be asked whether a result is closed.
      return false;
    }
  }
}
