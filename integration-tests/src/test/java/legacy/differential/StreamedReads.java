package legacy.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What else a program does while rows of a result are on their way. Arguments: URL with user and
 * password, fetch size.
 */
public final class StreamedReads {
  private static final String MANY = "SELECT id, name FROM many ORDER BY id";
  private static final String COUNT = "SELECT COUNT(*) FROM item";
  private static final String UPDATE = "UPDATE item SET qty = qty + 1 WHERE id = 2";

  private final Transcript transcript = new Transcript(System.out, 0);
  private final ServedReads served;
  private final String url;
  private final int size;
  private Connection connection;
  private Statement statement;
  private ResultSet rows;

  private interface Sequence {
    void run() throws SQLException;
  }

  private StreamedReads(String url, int size) {
    this.url = url;
    this.size = size;
    this.served = new ServedReads(url);
  }

  /** Runs it. */
  public static void main(String[] args) throws SQLException {
    new StreamedReads(args[0], Integer.parseInt(args[1])).run();
    System.out.println("end");
  }

  private void run() throws SQLException {
    Map<String, Sequence> all = new LinkedHashMap<>();
    all.put("to the end", this::rest);
    all.put("another read", this::anotherRead);
    all.put("a write", this::write);
    all.put("prepared", this::prepared);
    all.put("the same statement", this::sameStatement);
    all.put("the same statement writes", this::sameStatementWrites);
    all.put("statement closed", this::statementClosed);
    all.put("result closed", this::resultClosed);
    all.put("more results", () -> moreResults(Statement.CLOSE_CURRENT_RESULT));
    all.put("more results, kept", () -> moreResults(Statement.KEEP_CURRENT_RESULT));
    all.put("state", this::state);
    all.put("limited", this::limited);
    all.put("in a transaction", this::inTransaction);
    all.put("in a read-only transaction", this::inReadOnlyTransaction);
    all.put("rolled back", this::rolledBack);
    all.put("in a failed transaction", this::inFailedTransaction);
    for (Map.Entry<String, Sequence> each : all.entrySet()) {
      System.out.println(each.getKey());
      try (Connection opened = DriverManager.getConnection(url);
          Statement made = opened.createStatement()) {
        served.await(opened, COUNT);
        connection = opened;
        statement = made;
        statement.setFetchSize(size);
        open();
        each.getValue().run();
        end();
      }
    }
  }

  private void call(String what, Transcript.Call call) {
    transcript.call(what, call);
  }

  private void open() {
    call(
        "open",
        () -> {
          rows = statement.executeQuery(MANY);
          return rows.next();
        });
  }

  private void next() {
    call("next", () -> rows.next());
  }

  private void rest() {
    call(
        "rest",
        () -> {
          int count = 0;
          while (rows.next()) {
            count++;
          }
          return count;
        });
    call("closed", () -> rows.isClosed());
  }

  /** Whatever was refused in between, the connection is of use again. */
  private void end() {
    call(
        "end",
        () -> {
          rows.close();
          statement.close();
          if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
          }
          return null;
        });
    anotherRead();
  }

  private void anotherRead() {
    call("read", () -> execute(COUNT));
  }

  private Object execute(String sql) throws SQLException {
    try (Statement other = connection.createStatement()) {
      if (!other.execute(sql)) {
        return other.getUpdateCount();
      }
      try (ResultSet result = other.getResultSet()) {
        return result.next();
      }
    }
  }

  private void write() {
    call("write", () -> execute(UPDATE));
    rest();
  }

  private void prepared() {
    call("prepared", () -> connection.prepareStatement(COUNT).executeQuery().next());
    rest();
  }

  private void sameStatement() {
    ResultSet first = rows;
    open();
    call("first closed", first::isClosed);
    rest();
  }

  private void sameStatementWrites() {
    call("write", () -> statement.executeUpdate(UPDATE));
    call("closed", () -> rows.isClosed());
  }

  private void statementClosed() {
    call(
        "close",
        () -> {
          statement.close();
          return null;
        });
    call("closed", () -> rows.isClosed());
    next();
  }

  private void resultClosed() {
    call(
        "close",
        () -> {
          rows.close();
          return null;
        });
    next();
  }

  private void moreResults(int current) {
    call("more", () -> statement.getMoreResults(current));
    call("closed", () -> rows.isClosed());
    next();
    call("count", statement::getUpdateCount);
  }

  private void state() {
    call("before", () -> rows.isBeforeFirst());
    call("first", () -> rows.isFirst());
    call("row", () -> rows.getRow());
    call("type", () -> rows.getType());
    call("fetch size", () -> rows.getFetchSize());
    call("absolute", () -> rows.absolute(1));
    call("same", () -> statement.getResultSet() == rows);
    rest();
  }

  private void limited() throws SQLException {
    rows.close();
    statement.setMaxRows(15);
    open();
    rest();
  }

  private void begin(boolean readOnly) throws SQLException {
    rows.close();
    connection.setReadOnly(readOnly);
    connection.setAutoCommit(false);
    open();
  }

  private void commit() {
    call(
        "commit",
        () -> {
          connection.commit();
          return null;
        });
  }

  private void inTransaction() throws SQLException {
    begin(false);
    anotherRead();
    next();
    call("write", () -> execute(UPDATE));
    Savepoint[] savepoint = new Savepoint[1];
    call(
        "savepoint",
        () -> {
          savepoint[0] = connection.setSavepoint("here");
          return null;
        });
    call("fails", () -> execute("SELECT nothing FROM item"));
    call(
        "back",
        () -> {
          if (savepoint[0] != null) {
            connection.rollback(savepoint[0]);
          }
          return null;
        });
    next();
    commit();
    rest();
  }

  private void inReadOnlyTransaction() throws SQLException {
    begin(true);
    anotherRead();
    next();
    commit();
    rest();
  }

  private void rolledBack() throws SQLException {
    begin(false);
    call(
        "roll back",
        () -> {
          connection.rollback();
          return null;
        });
    rest();
  }

  private void inFailedTransaction() throws SQLException {
    begin(false);
    call("fails", () -> execute("SELECT nothing FROM item"));
    rest();
    anotherRead();
    commit();
  }
}
