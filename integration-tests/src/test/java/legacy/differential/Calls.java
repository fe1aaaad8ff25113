package legacy.differential;

import java.io.File;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The calls of the random program, drawn by weight. */
final class Calls extends CallGroup {
  private final ReadCalls reads;
  private final List<Step> steps = new ArrayList<>();

  Calls(Transcript transcript, long seed, Desks.Opener opener, File directory) throws SQLException {
    super(new Desks(transcript, seed, opener));
    reads = new ReadCalls(desks);
    WriteCalls writes = new WriteCalls(desks, reads);
    SessionCalls session = new SessionCalls(desks, writes, directory);
    StatementCalls statement = new StatementCalls(desks);
    add(45, reads::readText);
    add(40, reads::readPrepared);
    add(8, reads::openResult);
    add(8, reads::stepResult);
    add(6, reads::closeResult);
    add(5, reads::inspectResult);
    add(4, reads::resultMetaData);
    add(8, writes::write);
    add(6, writes::writePrepared);
    add(3, writes::returning);
    add(5, writes::wrong);
    add(2, session::session);
    add(5, session::transactionByJdbc);
    add(5, session::transactionByText);
    add(2, session::savepoint);
    add(3, writes::batch);
    add(2, writes::preparedBatch);
    add(3, writes::generatedKeys);
    add(2, writes::severalStatements);
    add(3, statement::statementSetting);
    add(4, statement::statementState);
    add(2, statement::closeStatement);
    add(2, statement::afterClose);
    add(2, statement::closeOnCompletion);
    add(2, session::identity);
    add(2, session::connectionState);
    add(1, session::function);
    add(1, session::collation);
    add(1, session::attach);
    add(2, session::databaseMetaData);
    add(2, writes::wrongForm);
    add(1, this::cancel);
    // An application's own time between two calls, in which replicas catch up.
    add(8, CallTables::think);
    add(6, desks::change);
    add(8, this::reconnect);
  }

  private void add(int weight, Step step) {
    for (int i = 0; i < weight; i++) {
      steps.add(step);
    }
  }

  void run(int calls) throws SQLException {
    for (int i = 0; i < calls; i++) {
      Step step = steps.get(random.nextInt(steps.size()));
      try {
        step.run();
      } catch (SQLException e) {
        call(
            "between two calls",
            () -> {
              throw e;
            });
      }
    }
    desks.close();
  }

  private void cancel() throws SQLException {
    // An interrupt lasts as long as any statement of the connection is under way.
    reconnect();
    Statement statement = statement();
    call("cancel", () -> voidly(statement::cancel));
    reads.readText();
  }

  /** Closes the connection with all it has, uses it once more, and opens another one. */
  private void reconnect() throws SQLException {
    boolean calmly = random.nextBoolean();
    if (calmly) {
      desks.calm();
    }
    Connection connection = desks.now.connection;
    Statement statement = connection.createStatement();
    PreparedStatement prepared = connection.prepareStatement("SELECT id FROM item WHERE id = 2");
    ResultSet result = prepared.executeQuery();
    call("close connection", () -> voidly(connection::close));
    call("close it twice", () -> voidly(connection::close));
    call("statement by closed", connection::createStatement);
    call("prepare by closed", () -> connection.prepareStatement("SELECT id FROM item"));
    call("commit closed", () -> voidly(connection::commit));
    call("valid closed", () -> connection.isValid(1));
    call("is closed", connection::isClosed);
    call("query by closed", () -> statement.executeQuery("SELECT id FROM item"));
    call("execute by closed", () -> statement.execute("SELECT id FROM item"));
    call("prepared by closed", prepared::executeQuery);
    call("close result of closed", () -> voidly(result::close));
    call("close statement of closed", () -> voidly(statement::close));
    desks.now.renew(desks.opener.open());
  }
}
