package legacy.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Sequences of calls in which reads that a replica serves once differed from the bare driver's, as
 * seed 0 of the random ones.
 */
final class KnownCalls {
  private static final String ALL = "SELECT id, name, qty FROM item ORDER BY id";
  private static final String ONE = "SELECT id, name, qty FROM item WHERE id = ?";

  private static final String UP_TO =
      "SELECT id, name, qty FROM item WHERE id <= ? AND id < 9 ORDER BY id";

  private final Transcript transcript = new Transcript(System.out, 0);
  private final CallSite site;
  private final String url;
  private Connection connection;
  private Statement statement;
  private ResultSet result;

  private interface Sequence {
    void run() throws SQLException;
  }

  KnownCalls(CallSite site, String url) {
    this.site = site;
    this.url = url;
  }

  void run() throws Exception {
    Sequence[] all = {
      this::refusedForms,
      this::refusedOfPrepared,
      this::closesItself,
      this::closesWithEarlierResult,
      this::keysOfEarlierExecution,
      this::streamed,
      this::emptyBatch,
      this::addedToBatch,
      this::batchOfRead,
      this::moreResults,
      this::warnings,
      this::executedAfterClose,
      this::closedAfterClose,
      this::openedAgain,
      this::columnReadLast,
      this::closedTwice,
    };
    for (Sequence sequence : all) {
      try (Connection opened = DriverManager.getConnection(url);
          Statement made = opened.createStatement()) {
        awaitReplica(opened);
        connection = opened;
        statement = made;
        result = null;
        sequence.run();
      }
    }
  }

  private void call(String what, Transcript.Call call) {
    transcript.call(what, call);
  }

  private ResultSet open(String sql) {
    call(
        sql,
        () -> {
          result = statement.executeQuery(sql);
          return result.next();
        });
    return result;
  }

  private void state(ResultSet of) {
    call("closed", of::isClosed);
    call("next", of::next);
    call("column", () -> of.getString(2));
    call("statement closed", statement::isClosed);
    call("count", statement::getUpdateCount);
  }

  private void refusedForms() {
    int[] columns = {1};
    ResultSet first = open(ALL);
    call("wrong keys", () -> statement.execute(ALL, 77));
    state(first);
    call("columns", () -> statement.executeUpdate(ALL, columns));
    state(first);
    call("no text", () -> statement.executeQuery(null));
    state(first);
    call("same result", () -> statement.getResultSet() == first);
  }

  private void refusedOfPrepared() throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(ONE)) {
      call("unset", prepared::executeQuery);
      prepared.setInt(1, 2);
      ResultSet first = prepared.executeQuery();
      call("text", () -> prepared.execute(ALL));
      state(first);
      call("update", () -> prepared.executeUpdate(ALL));
      call("next", first::next);
      prepared.clearParameters();
      call("unset", prepared::executeQuery);
      call("closed", first::isClosed);
      close(prepared);
      call("closed", first::isClosed);
    }
  }

  private void closesItself() {
    call("rows of an update", () -> statement.executeUpdate(ALL));
    call(
        "close on completion",
        () -> {
          statement.closeOnCompletion();
          return null;
        });
    open(ALL);
    call("statement closed", statement::isClosed);
  }

  private void closesWithEarlierResult() {
    ResultSet first = open(ALL);
    call(
        "close on completion",
        () -> {
          statement.closeOnCompletion();
          return null;
        });
    ResultSet second = open(ALL);
    state(first);
    close(first);
    state(second);
    close(second);
    call("statement closed", statement::isClosed);
  }

  private void close(AutoCloseable open) {
    call(
        "close",
        () -> {
          if (open != null) {
            open.close();
          }
          return null;
        });
  }

  private void keysOfEarlierExecution() throws SQLException {
    call("insert", () -> statement.executeUpdate(site.writes[3], Statement.RETURN_GENERATED_KEYS));
    awaitReplica(connection);
    open(ALL);
    call("keys", () -> statement.getGeneratedKeys().next());
  }

  /** Returns when a replica has what this thread has written: the coming reads are its to serve. */
  private void awaitReplica(Connection managed) throws SQLException {
    new ServedReads(url).await(managed, ALL);
  }

  private void streamed() throws SQLException {
    statement.setFetchSize(2);
    ResultSet first = open(ALL);
    ResultSet second = open(ALL);
    state(first);
    call("rows", () -> Transcript.rows(first));
    call("rows", () -> Transcript.rows(second));
  }

  private void emptyBatch() throws SQLException {
    ResultSet first = open(ALL);
    call("batch", statement::executeBatch);
    state(first);
    statement.close();
    call("closed", first::isClosed);
  }

  private void addedToBatch() {
    ResultSet first = open(ALL);
    call(
        "add",
        () -> {
          statement.addBatch(site.writes[2]);
          return null;
        });
    state(first);
  }

  private void batchOfRead() throws SQLException {
    for (int id : new int[] {2, 99}) {
      for (int rows = 0; rows < 3; rows++) {
        try (PreparedStatement prepared = connection.prepareStatement(UP_TO)) {
          prepared.setInt(1, 3);
          ResultSet first = prepared.executeQuery();
          for (int i = 0; i < rows; i++) {
            call("next", first::next);
          }
          prepared.setInt(1, id);
          prepared.addBatch();
          call("column", () -> first.getString(2));
          call("batch", prepared::executeBatch);
          state(first);
          call("rows", () -> Transcript.rows(first));
          call("batch again", prepared::executeBatch);
          prepared.addBatch();
          prepared.clearBatch();
          call("cleared batch", prepared::executeBatch);
          call("once more", () -> Transcript.rows(prepared.executeQuery()));
        }
      }
    }
  }

  private void moreResults() {
    for (int argument : new int[] {1, 2, 3, 9}) {
      ResultSet first = open(ALL);
      call("more " + argument, () -> statement.getMoreResults(argument));
      state(first);
    }
  }

  private void warnings() {
    for (String text : site.reads) {
      open(text);
      ResultSet newest = result;
      call("of the statement", () -> warning(statement.getWarnings()));
      call("of the result", () -> warning(newest.getWarnings()));
      close(newest);
      call("of the connection", () -> warning(connection.getWarnings()));
    }
    call(
        "clear",
        () -> {
          connection.clearWarnings();
          return warning(connection.getWarnings());
        });
  }

  private static String warning(SQLException warning) {
    return warning == null ? null : Transcript.failure(warning);
  }

  private void executedAfterClose() throws SQLException {
    ResultSet first = open(ALL);
    connection.close();
    call("closed", first::isClosed);
    open(ALL);
    state(first);
  }

  private void closedAfterClose() throws SQLException {
    ResultSet first = open(ALL);
    close(first);
    connection.close();
    call("more", statement::getMoreResults);
    call("stream", () -> first.getAsciiStream(-1));
    call("result", statement::getResultSet);
  }

  private void openedAgain() throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(ALL)) {
      ResultSet first = prepared.executeQuery();
      close(first);
      call("again", () -> prepared.getResultSet() == first);
      call("again", () -> prepared.getResultSet() == first);
      call("beyond", () -> first.getInt(99));
      state(first);
    }
  }

  private void columnReadLast() throws SQLException {
    for (int i = 0; i < 3; i++) {
      call(
          "query",
          () -> {
            result = statement.executeQuery(ALL);
            return "rows";
          });
      call("null", result::wasNull);
      close(result);
    }
  }

  private void closedTwice() {
    ResultSet first = open(ALL);
    close(first);
    call(
        "fetch size",
        () -> {
          first.setFetchSize(1);
          return first.getFetchSize();
        });
    close(first);
    call("fetch size", first::getFetchSize);
  }
}
