package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.replication.PublishedCommit;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** What it takes to run a redirected read once more on the application's own statement. */
final class Repeat {
  /** The text of a plain statement; null for a prepared one. */
  final String sql;

  /** The text of a prepared statement. */
  final String preparedSql;

  private final int kind;

  /** The statement's count of modifications at the execution. */
  final int modifications;

  /** A ticket that is exactly the state the replica showed; negative when that is not known. */
  final long ticket;

  /** The commit the replica showed; null when that is not known. */
  final PublishedCommit commit;

  Repeat(
      String sql,
      String preparedSql,
      int kind,
      int modifications,
      long ticket,
      PublishedCommit commit) {
    this.sql = sql;
    this.preparedSql = preparedSql;
    this.commit = commit;
    this.kind = kind;
    this.modifications = modifications;
    this.ticket = ticket;
  }

  /** True when another execution of the same statement is repeated in the same way. */
  boolean isFor(
      String otherSql,
      int otherKind,
      int otherModifications,
      long otherTicket,
      PublishedCommit otherCommit) {
    return Objects.equals(sql, otherSql)
        && kind == otherKind
        && modifications == otherModifications
        && ticket == otherTicket
        && commit == otherCommit;
  }

  /** False when there is no way to continue its result. */
  boolean isPossible() {
    return ticket >= 0 || commit != null;
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
