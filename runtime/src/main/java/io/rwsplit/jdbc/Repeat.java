package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.StatementHook;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * What it takes to run a redirected read once more on the application's own statement, whose
 * parameters are still those of the execution. Immutable, and the same for all executions of a
 * prepared statement.
 */
final class Repeat {
  /** The text of a plain statement; null for a prepared one. */
  final String sql;

  /** The text of a prepared statement. */
  final String preparedSql;

  private final int kind;

  Repeat(String sql, String preparedSql, int kind) {
    this.sql = sql;
    this.preparedSql = preparedSql;
    this.kind = kind;
  }

  /** True when another execution of the same statement is repeated in the same way. */
  boolean isFor(String otherSql, int otherKind) {
    return kind == otherKind && Objects.equals(sql, otherSql);
  }

  /** True when it returns the same rows on the same data. */
  boolean isRepeatable() {
    return Repeatable.isRepeatable(sql == null ? preparedSql : sql);
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
