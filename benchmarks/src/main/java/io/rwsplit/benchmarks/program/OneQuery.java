package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Start-up with one connection and one query. */
public final class OneQuery {

  private OneQuery() {}

  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM item")) {
      row.next();
      System.out.println(row.getInt(1));
    }
  }
}
