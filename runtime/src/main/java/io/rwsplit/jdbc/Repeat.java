package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.StatementHook;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What it takes to run a redirected read once more on the application's own statement. */
final class Repeat {
  private final String sql;
  private final int kind;

  /** The statement's count of modifications at the execution. */
  final int modifications;

  /** A ticket that is exactly the state the replica showed; negative when that is not known. */
  final long ticket;

  Repeat(String sql, int kind, int modifications, long ticket) {
    this.sql = sql;
    this.kind = kind;
    this.modifications = modifications;
    this.ticket = ticket;
  }

  /** Executes it in the form the application chose. */
  ResultSet run(Statement statement) throws SQLException {
    boolean query = kind == StatementHook.QUERY;
    if (sql != null) {
      return query ? statement.executeQuery(sql) : result(statement, statement.execute(sql));
    }
    PreparedStatement prepared = (PreparedStatement) statement;
    return query ? prepared.executeQuery() : result(prepared, prepared.execute());
  }

  private static ResultSet result(Statement statement, boolean has) throws SQLException {
    ResultSet rows = has ? statement.getResultSet() : null;
    if (rows == null) {
      throw new SQLException("no result");
    }
    return rows;
  }
}
