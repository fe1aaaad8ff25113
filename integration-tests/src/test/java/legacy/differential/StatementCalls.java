package legacy.differential;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What the random program sets on statements, asks of them, and does to closed ones. */
final class StatementCalls extends CallGroup {
  StatementCalls(Desks desks) {
    super(desks);
  }

  void statementSetting() throws SQLException {
    // Read and then closed: the driver forgets the row limit when it closes a result.
    Statement statement = desks.now.connection.createStatement();
    int value = random.nextInt(5);
    switch (random.nextInt(7)) {
      case 0:
        call("max rows " + value, () -> voidly(() -> statement.setMaxRows(value)));
        break;
      case 1:
        call("fetch size " + value, () -> voidly(() -> statement.setFetchSize(value)));
        break;
      case 2:
        call("query timeout " + value, () -> voidly(() -> statement.setQueryTimeout(value)));
        break;
      case 3:
        call("max field size", () -> voidly(() -> statement.setMaxFieldSize(value)));
        break;
      case 4:
        call("escape", () -> voidly(() -> statement.setEscapeProcessing(value > 2)));
        break;
      case 5:
        call("max rows -1", () -> voidly(() -> statement.setMaxRows(-1)));
        break;
      default:
        call("fetch direction", () -> voidly(() -> statement.setFetchDirection(1000 + value)));
        break;
    }
    call(
        "settings",
        () ->
            statement.getMaxRows()
                + " "
                + statement.getFetchSize()
                + " "
                + statement.getQueryTimeout()
                + " "
                + statement.getMaxFieldSize()
                + " "
                + statement.getFetchDirection());
    String sql = pick(Texts.SORTED);
    boolean execute = random.nextBoolean();
    call(
        "limited " + sql,
        () -> {
          if (execute) {
            statement.execute(sql);
            return Transcript.rows(statement.getResultSet());
          }
          return Transcript.rows(statement.executeQuery(sql));
        });
    statement.close();
  }

  void statementState() throws SQLException {
    Statement statement = desks.now.connection.createStatement();
    String sql = pick(random.nextBoolean() ? Texts.SORTED : Texts.READS);
    call("execute only " + sql, () -> statement.execute(sql));
    if (random.nextBoolean()) {
      call("get result set", () -> Transcript.rows(statement.getResultSet()));
    }
    call("state", () -> Transcript.state(statement));
    call("result set", () -> statement.getResultSet() == null);
    call("large count", statement::getLargeUpdateCount);
    call("clear warnings", () -> voidly(statement::clearWarnings));
    call("type", statement::getResultSetType);
    call("concurrency", statement::getResultSetConcurrency);
    call("closed", statement::isClosed);
    call("poolable", statement::isPoolable);
    statement.close();
  }

  void closeStatement() {
    List<? extends Statement> from = random.nextBoolean() ? desks.now.statements : desks.now.reads;
    if (from.isEmpty()) {
      return;
    }
    Statement statement = from.remove(random.nextInt(from.size()));
    call(
        "close statement",
        () -> {
          statement.close();
          statement.close();
          return statement.isClosed();
        });
  }

  void afterClose() throws SQLException {
    Statement statement = desks.now.connection.createStatement();
    PreparedStatement prepared = desks.now.connection.prepareStatement("SELECT id FROM item");
    ResultSet result = statement.executeQuery(pick(Texts.SORTED));
    ResultSet second = prepared.executeQuery();
    second.next();
    statement.close();
    prepared.close();
    call("result of closed", result::isClosed);
    call("next of closed", result::next);
    call("get of closed", () -> result.getString(1));
    call("second of closed", () -> second.getInt(1));
    call("metadata of closed", () -> second.getMetaData().getColumnCount());
    call("statement of closed", () -> second.getStatement() == null);
    // The driver opens a closed statement again.
    call("query of closed", () -> statement.executeQuery("SELECT id FROM item").next());
    call("execute of closed", () -> statement.execute("SELECT id FROM item"));
    call("close again", () -> voidly(statement::close));
    call("prepared of closed", () -> prepared.executeQuery().next());
    call("prepared execute of closed", prepared::execute);
    call("close prepared again", () -> voidly(prepared::close));
    call("set of closed", () -> voidly(() -> prepared.setInt(1, 1)));
    call("connection of closed", () -> statement.getConnection() == desks.now.connection);
    call("count of closed", statement::getUpdateCount);
  }

  void closeOnCompletion() throws SQLException {
    Statement statement = desks.now.connection.createStatement();
    call("close on completion", () -> voidly(statement::closeOnCompletion));
    call("is so", statement::isCloseOnCompletion);
    call(
        "read to completion",
        () -> {
          ResultSet result = statement.executeQuery("SELECT id, qty FROM item WHERE id < 4");
          String rows = Transcript.rows(result);
          result.close();
          return rows + " " + statement.isClosed();
        });
  }
}
