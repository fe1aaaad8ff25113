package io.rwsplit.engine;

import java.lang.reflect.Modifier;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a driver of JDBC 3 cannot be asked (sqlite-jdbc before 3.8): JDBC 4 added the methods, so
 * calling them ends with an {@link AbstractMethodError}. Stateless.
 */
public final class Jdbc3 {
  private Jdbc3() {}

  /** False also where the driver does not tell. */
  public static boolean isClosed(ResultSet result) throws SQLException {
    try {
      return result.isClosed();
    } catch (AbstractMethodError e) {
      return false;
    }
  }

  /**
   * True for the driver of a version before JDBC 4.1, whose connections may not know {@code
   * isValid}, which JDBC 4.0 added.
   */
  public static boolean isOld(Driver driver) {
    try {
      return Modifier.isAbstract(driver.getClass().getMethod("getParentLogger").getModifiers());
    } catch (ReflectiveOperationException e) {
      // Java 6 compiled it, and nothing has added the method.
      return true;
    }
  }
}
