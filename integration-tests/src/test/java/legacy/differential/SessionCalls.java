package legacy.differential;

import java.io.File;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.sqlite.Collation;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;

/** What the random program does to transactions and sessions, and asks of connections. */
final class SessionCalls extends CallGroup {
  private final File directory;
  private final WriteCalls writes;

  SessionCalls(Desks desks, WriteCalls writes, File directory) {
    super(desks);
    this.writes = writes;
    this.directory = directory;
  }

  void session() throws SQLException {
    desks.calm();
    Statement statement = statement();
    String sql = pick(Texts.SESSION);
    call("session " + sql, () -> statement.execute(sql) + " " + statement.getUpdateCount());
  }

  void transactionByJdbc() throws SQLException {
    Connection connection = desks.now.connection;
    switch (random.nextInt(5)) {
      case 0:
        call("commit", () -> voidly(connection::commit));
        break;
      case 1:
        call("rollback", () -> voidly(connection::rollback));
        break;
      case 2:
        call("autocommit off", () -> voidly(() -> connection.setAutoCommit(false)));
        break;
      default:
        call("autocommit on", () -> voidly(() -> connection.setAutoCommit(true)));
        break;
    }
    call("autocommit?", connection::getAutoCommit);
  }

  void transactionByText() throws SQLException {
    Statement statement = statement();
    String[] texts = {
      "BEGIN",
      "BEGIN IMMEDIATE",
      "begin transaction",
      "COMMIT",
      "END",
      "COMMIT",
      "ROLLBACK",
      "SAVEPOINT s1",
      "SAVEPOINT s2",
      "RELEASE s1",
      "RELEASE s2",
      "ROLLBACK TO s1",
      "ROLLBACK TO s2",
      "/* go */ COMMIT",
    };
    String sql = pick(texts);
    boolean update = random.nextBoolean();
    call("text " + sql, () -> update ? statement.executeUpdate(sql) : statement.execute(sql));
    if (random.nextBoolean()) {
      writes.write();
    }
  }

  void savepoint() {
    Connection connection = desks.now.connection;
    switch (random.nextInt(4)) {
      case 0:
        call(
            "set savepoint",
            () -> {
              desks.now.savepoints.add(connection.setSavepoint());
              return connection.getAutoCommit();
            });
        break;
      case 1:
        call(
            "set named savepoint",
            () -> {
              Savepoint made = connection.setSavepoint("named");
              desks.now.savepoints.add(made);
              return made.getSavepointName() + connection.getAutoCommit();
            });
        break;
      default:
        if (!desks.now.savepoints.isEmpty()) {
          Savepoint last = desks.now.savepoints.remove(desks.now.savepoints.size() - 1);
          boolean release = random.nextBoolean();
          call(
              release ? "release savepoint" : "rollback to savepoint",
              () -> {
                if (release) {
                  connection.releaseSavepoint(last);
                } else {
                  connection.rollback(last);
                }
                return connection.getAutoCommit();
              });
        }
        break;
    }
  }

  void function() throws SQLException {
    desks.calm();
    String name = random.nextBoolean() ? "twice" : "upper";
    call(
        "function " + name,
        () ->
            voidly(
                () ->
                    Function.create(
                        desks.now.connection,
                        name,
                        new Function() {
                          @Override
                          protected void xFunc() throws SQLException {
                            result("fn:" + value_text(0));
                          }
                        })));
    call(
        "aggregate",
        () ->
            voidly(
                () ->
                    Function.create(
                        desks.now.connection,
                        "total_of",
                        new Function.Aggregate() {
                          private long sum;

                          @Override
                          protected void xStep() throws SQLException {
                            sum += value_long(0);
                          }

                          @Override
                          protected void xFinal() throws SQLException {
                            result(sum);
                          }
                        })));
  }

  void collation() throws SQLException {
    desks.calm();
    String name = random.nextBoolean() ? "backwards" : "NOCASE";
    call(
        "collation " + name,
        () ->
            voidly(
                () ->
                    Collation.create(
                        desks.now.connection,
                        name,
                        new Collation() {
                          @Override
                          protected int xCompare(String left, String right) {
                            return right.compareTo(left);
                          }
                        })));
  }

  void attach() throws SQLException {
    desks.calm();
    Statement statement = statement();
    call(
        "attach",
        () ->
            statement.executeUpdate(
                "ATTACH '" + new File(directory, "side.db").getPath() + "' AS side"));
    call("side", () -> statement.executeUpdate("CREATE TABLE IF NOT EXISTS side.remote(a)"));
    call("side write", () -> statement.executeUpdate("INSERT INTO remote VALUES (1)"));
    call(
        "side read",
        () -> {
          try (ResultSet result = statement.executeQuery("SELECT * FROM remote")) {
            return Transcript.rows(result);
          }
        });
    call("side clear", () -> statement.executeUpdate("DELETE FROM side.remote"));
  }

  void identity() throws SQLException {
    Connection connection = desks.now.connection;
    call(
        "identity",
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet result = statement.executeQuery("SELECT id FROM item WHERE id = 1")) {
            return (result.getStatement() == statement)
                + " "
                + (statement.getConnection() == connection)
                + " "
                + statement.getClass().getName()
                + " "
                + connection.getClass().getName();
          }
        });
    call("cast", () -> ((SQLiteConnection) connection).getUrl().startsWith("jdbc:sqlite:"));
    call("unwrap", () -> connection.unwrap(SQLiteConnection.class) == connection);
    call("wraps", () -> connection.isWrapperFor(SQLiteConnection.class));
    call("wraps string", () -> connection.isWrapperFor(String.class));
    call("unwrap string", () -> connection.unwrap(String.class));
    call("limit", () -> ((SQLiteConnection) connection).getDatabase().total_changes() >= 0);
  }

  void connectionState() {
    Connection connection = desks.now.connection;
    call("valid", () -> connection.isValid(1));
    call("closed", connection::isClosed);
    call("read only", connection::isReadOnly);
    call("isolation", connection::getTransactionIsolation);
    call("catalog", connection::getCatalog);
    call("schema", connection::getSchema);
    call("holdability", connection::getHoldability);
    call("warnings", connection::getWarnings);
    call("network timeout", connection::getNetworkTimeout);
    call("native", () -> connection.nativeSQL("SELECT {fn abs(1)}"));
    call("call", () -> connection.prepareCall("{call nothing()}"));
    call("blob", connection::createBlob);
    call(
        "scrollable",
        () ->
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY));
    call(
        "updatable",
        () -> connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE));
  }

  void databaseMetaData() {
    call(
        "tables",
        () -> {
          DatabaseMetaData metaData = desks.now.connection.getMetaData();
          try (ResultSet tables = metaData.getTables(null, null, "%", null)) {
            return Transcript.rows(tables);
          }
        });
    call(
        "columns",
        () -> {
          DatabaseMetaData metaData = desks.now.connection.getMetaData();
          try (ResultSet columns = metaData.getColumns(null, null, "item", "%")) {
            return Transcript.rows(columns);
          }
        });
    call(
        "keys",
        () -> {
          DatabaseMetaData metaData = desks.now.connection.getMetaData();
          try (ResultSet keys = metaData.getPrimaryKeys(null, null, "part")) {
            return Transcript.rows(keys) + metaData.getURL() + metaData.getDriverName();
          }
        });
  }
}
