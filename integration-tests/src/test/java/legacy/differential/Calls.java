package legacy.differential;

import java.io.File;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.sqlite.Collation;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;

/** The calls of the random program, drawn by weight. */
final class Calls {
  private interface Step {
    void run() throws SQLException;
  }

  /** Opens a connection. */
  interface Opener {
    Connection open() throws SQLException;
  }

  /** A connection with what the program keeps of it. */
  private static final class Desk {
    final String name;
    Connection connection;
    final List<Statement> statements = new ArrayList<>();
    final List<PreparedStatement> reads = new ArrayList<>();
    final List<PreparedStatement> writes = new ArrayList<>();
    final List<ResultSet> open = new ArrayList<>();
    final List<Savepoint> savepoints = new ArrayList<>();

    Desk(String name, Connection connection) {
      this.name = name;
      this.connection = connection;
    }
  }

  private final Transcript transcript;
  private final Random random;
  private final Desk one;
  private final Desk two;
  private final File directory;
  private final Opener opener;
  private final List<Step> steps = new ArrayList<>();
  private Desk desk;

  Calls(Transcript transcript, long seed, Opener opener, File directory) throws SQLException {
    this.transcript = transcript;
    this.random = new Random(seed);
    this.opener = opener;
    this.one = new Desk("A", opener.open());
    this.two = new Desk("B", opener.open());
    this.desk = this.one;
    this.directory = directory;
    add(45, this::readText);
    add(40, this::readPrepared);
    add(8, this::openResult);
    add(8, this::stepResult);
    add(6, this::closeResult);
    add(5, this::inspectResult);
    add(4, this::resultMetaData);
    add(8, this::write);
    add(6, this::writePrepared);
    add(3, this::returning);
    add(5, this::wrong);
    add(2, this::session);
    add(5, this::transactionByJdbc);
    add(5, this::transactionByText);
    add(2, this::savepoint);
    add(3, this::batch);
    add(2, this::preparedBatch);
    add(3, this::generatedKeys);
    add(2, this::severalStatements);
    add(3, this::statementSetting);
    add(4, this::statementState);
    add(2, this::closeStatement);
    add(2, this::afterClose);
    add(2, this::closeOnCompletion);
    add(2, this::identity);
    add(2, this::connectionState);
    add(1, this::function);
    add(1, this::collation);
    add(1, this::attach);
    add(2, this::databaseMetaData);
    add(2, this::wrongForm);
    add(1, this::cancel);
    add(8, this::think);
    add(6, this::switchDesk);
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
    calm(one);
    calm(two);
    one.connection.close();
    two.connection.close();
  }

  private void call(String what, Transcript.Call call) {
    transcript.call(desk.name + " " + what, call);
  }

  private String pick(String[] texts) {
    return texts[random.nextInt(texts.length)];
  }

  private Statement statement() throws SQLException {
    if (desk.statements.isEmpty() || random.nextInt(6) == 0) {
      desk.statements.add(desk.connection.createStatement());
    }
    return desk.statements.get(random.nextInt(desk.statements.size()));
  }

  private PreparedStatement prepared(List<PreparedStatement> made, String[] texts) {
    if (made.isEmpty() || random.nextInt(4) == 0) {
      String sql = pick(texts);
      call(
          "prepare " + sql,
          () -> {
            PreparedStatement statement = desk.connection.prepareStatement(sql);
            made.add(statement);
            return statement.getParameterMetaData().getParameterCount()
                + " "
                + statement.getMetaData().getColumnCount();
          });
    }
    return made.isEmpty() ? null : made.get(random.nextInt(made.size()));
  }

  private boolean free() throws SQLException {
    for (ResultSet result : desk.open) {
      if (!result.isClosed()) {
        return false;
      }
    }
    return true;
  }

  private void readText() throws SQLException {
    Statement statement = statement();
    String sql = random.nextInt(4) == 0 ? pick(Texts.SORTED) : pick(Texts.READS);
    boolean execute = random.nextBoolean();
    boolean keepOpen = random.nextInt(8) == 0;
    call(
        (execute ? "execute " : "query ") + sql,
        () -> {
          ResultSet result;
          if (execute) {
            if (!statement.execute(sql)) {
              return "no query " + statement.getUpdateCount();
            }
            result = statement.getResultSet();
          } else {
            result = statement.executeQuery(sql);
          }
          String rows = Transcript.rows(result);
          if (!keepOpen) {
            result.close();
          }
          return rows;
        });
  }

  private void readPrepared() throws SQLException {
    PreparedStatement statement = prepared(desk.reads, Texts.PREPARED_READS);
    if (statement == null) {
      return;
    }
    int set = random.nextInt(5);
    if (set > 0) {
      parameter(statement, 1);
    }
    if (set > 1) {
      parameter(statement, 2);
    }
    boolean execute = random.nextBoolean();
    call(
        execute ? "prepared execute" : "prepared query",
        () -> {
          ResultSet result;
          if (execute) {
            statement.execute();
            result = statement.getResultSet();
          } else {
            result = statement.executeQuery();
          }
          try (ResultSet each = result) {
            return Transcript.rows(each);
          }
        });
    if (random.nextInt(12) == 0) {
      call(
          "clear parameters",
          () -> {
            statement.clearParameters();
            return "cleared";
          });
    }
  }

  private void parameter(PreparedStatement statement, int index) {
    int kind = random.nextInt(16);
    int number = random.nextInt(40);
    call(
        "parameter " + index + " of kind " + kind + " " + number,
        () -> {
          switch (kind) {
            case 0:
              statement.setLong(index, number);
              break;
            case 1:
              statement.setString(index, "item" + number % 13);
              break;
            case 2:
              statement.setNull(index, Types.INTEGER);
              break;
            case 3:
              statement.setDouble(index, number / 2.0);
              break;
            case 4:
              statement.setBytes(index, new byte[] {(byte) (number % 10), (byte) 0xff});
              break;
            case 5:
              statement.setObject(index, number % 3 == 0 ? null : (Object) ("note " + number % 12));
              break;
            case 6:
              statement.setBoolean(index, number % 2 == 0);
              break;
            case 7:
              statement.setBigDecimal(index, new BigDecimal(number).movePointLeft(1));
              break;
            case 8:
              statement.setTimestamp(index, new java.sql.Timestamp(number * 1000L));
              break;
            case 9:
              statement.setObject(index, Long.valueOf(number), Types.BIGINT);
              break;
            case 10:
              statement.setCharacterStream(index, new java.io.StringReader("item" + number % 13));
              break;
            case 11:
              statement.setShort(index, (short) number);
              break;
            case 12:
              statement.setDate(index, new java.sql.Date(86_400_000L * number));
              break;
            default:
              statement.setInt(index, number % 14);
              break;
          }
          return "set";
        });
  }

  private void openResult() throws SQLException {
    if (desk.open.size() > 5) {
      return;
    }
    // A statement of its own: results of one statement are one object of the driver.
    Statement statement = desk.connection.createStatement();
    String sql = pick(Texts.SORTED);
    call(
        "open " + sql,
        () -> {
          ResultSet result = statement.executeQuery(sql);
          desk.open.add(result);
          return result.next() ? Transcript.text(result.getObject(1)) : "empty";
        });
  }

  /** May be closed: that is asked of it, but not its values, whose failures differ in wording. */
  private ResultSet aResult() {
    return desk.open.isEmpty() ? null : desk.open.get(random.nextInt(desk.open.size()));
  }

  private ResultSet anOpenResult() throws SQLException {
    ResultSet result = aResult();
    return result == null || result.isClosed() ? null : result;
  }

  private void stepResult() throws SQLException {
    ResultSet result = anOpenResult();
    if (result != null) {
      call(
          "step",
          () -> result.next() + " " + result.getRow() + " " + Transcript.text(result.getObject(1)));
    }
  }

  private void closeResult() {
    ResultSet result = aResult();
    if (result == null) {
      return;
    }
    boolean twice = random.nextBoolean();
    boolean keep = random.nextInt(4) == 0;
    call(
        "close result" + (twice ? " twice" : ""),
        () -> {
          result.close();
          if (twice) {
            result.close();
          }
          if (!keep) {
            desk.open.remove(result);
          }
          return result.isClosed();
        });
  }

  private void inspectResult() throws SQLException {
    ResultSet result = anOpenResult();
    if (result == null) {
      return;
    }
    call("is before first", result::isBeforeFirst);
    call("is first", result::isFirst);
    call("is after last", result::isAfterLast);
    call("row", result::getRow);
    call("int", () -> result.getInt(1));
    call("was null", result::wasNull);
    call("string", () -> result.getString(2));
    call("find", () -> result.findColumn("NAME"));
    call("by name", () -> result.getObject("name"));
    call("no such column", () -> result.getInt("nothing"));
    call("index 99", () -> result.getString(99));
    call("index 0", () -> result.getString(0));
    call("as double", () -> result.getDouble(1));
    call("as long", () -> result.getObject(1, Long.class));
    call("as string", () -> result.getObject(1, String.class));
    call("as decimal", () -> result.getBigDecimal(1));
    call("as bytes", () -> result.getBytes(1));
    call("as date", () -> result.getDate(1));
    call("type", result::getType);
    call("concurrency", result::getConcurrency);
    call("holdability", result::getHoldability);
    call("fetch size", result::getFetchSize);
    call("fetch direction", result::getFetchDirection);
    call("cursor name", result::getCursorName);
    call("warnings", result::getWarnings);
    call("previous", result::previous);
    call("first", result::first);
    call("is last", () -> result.getType() == ResultSet.TYPE_FORWARD_ONLY);
    call("update", () -> voidly(() -> result.updateInt(1, 5)));
    call("delete", () -> voidly(result::deleteRow));
    call("insert", () -> voidly(result::moveToInsertRow));
    call("mine", () -> result.getStatement().getConnection() == desk.connection);
    call("is closed", result::isClosed);
    call("wraps", () -> result.isWrapperFor(ResultSet.class));
  }

  private static String voidly(Step step) throws SQLException {
    step.run();
    return "done";
  }

  private void resultMetaData() throws SQLException {
    ResultSet result = anOpenResult();
    if (result == null) {
      return;
    }
    call(
        "metadata",
        () -> {
          ResultSetMetaData metaData = result.getMetaData();
          StringBuilder text = new StringBuilder();
          for (int i = 1; i <= metaData.getColumnCount(); i++) {
            text.append(metaData.getColumnName(i)).append('/');
            text.append(metaData.getColumnLabel(i)).append('/');
            text.append(metaData.getColumnType(i)).append('/');
            text.append(metaData.getColumnTypeName(i)).append('/');
            text.append(metaData.getColumnClassName(i)).append('/');
            text.append(metaData.getTableName(i)).append('/');
            text.append(metaData.getPrecision(i)).append('/');
            text.append(metaData.getScale(i)).append('/');
            text.append(metaData.isNullable(i)).append('/');
            text.append(metaData.isAutoIncrement(i)).append('/');
            text.append(metaData.isSigned(i)).append(' ');
          }
          return text.toString();
        });
    call("metadata 99", () -> result.getMetaData().getColumnName(99));
  }

  private String filled(String[] texts) {
    return String.format(Locale.ROOT, pick(texts), 1 + random.nextInt(60), 1 + random.nextInt(60));
  }

  private void write() throws SQLException {
    Statement statement = statement();
    String sql = filled(Texts.WRITES);
    int form = random.nextInt(4);
    call(
        "write " + sql,
        () -> {
          switch (form) {
            case 0:
              return statement.execute(sql) + " " + statement.getUpdateCount();
            case 1:
              return statement.executeLargeUpdate(sql);
            default:
              return statement.executeUpdate(sql);
          }
        });
    if (random.nextBoolean()) {
      readText();
    }
  }

  private void writePrepared() throws SQLException {
    PreparedStatement statement = prepared(desk.writes, Texts.PREPARED_WRITES);
    if (statement == null) {
      return;
    }
    int form = random.nextInt(3);
    int number = random.nextInt(12) + 1;
    call(
        "prepared write " + form,
        () -> {
          statement.setInt(1, number);
          if (statement.getParameterMetaData().getParameterCount() > 1) {
            statement.setInt(2, number + 1);
          }
          if (form == 0) {
            boolean query = statement.execute();
            if (query) {
              try (ResultSet result = statement.getResultSet()) {
                return Transcript.rows(result);
              }
            }
            return "count " + statement.getUpdateCount();
          }
          return statement.executeUpdate();
        });
  }

  private void returning() throws SQLException {
    Statement statement = desk.connection.createStatement();
    String sql = filled(Texts.RETURNING);
    boolean query = random.nextBoolean();
    call(
        "returning " + sql,
        () -> {
          ResultSet result;
          if (query) {
            result = statement.executeQuery(sql);
          } else {
            statement.execute(sql);
            result = statement.getResultSet();
          }
          return Transcript.rows(result);
        });
    statement.close();
    readText();
  }

  private void wrong() throws SQLException {
    Statement statement = desk.connection.createStatement();
    String empty = pick(Texts.EMPTY);
    call("empty '" + empty + "'", () -> statement.executeUpdate(empty));
    String sql = pick(Texts.WRONG);
    int form = random.nextInt(4);
    call(
        "wrong " + form + " " + sql,
        () -> {
          switch (form) {
            case 0:
              return statement.executeUpdate(sql);
            case 1:
              return statement.execute(sql);
            case 2:
              try (PreparedStatement prepared = desk.connection.prepareStatement(sql)) {
                return Transcript.rows(prepared.executeQuery());
              }
            default:
              try (ResultSet result = statement.executeQuery(sql)) {
                return Transcript.rows(result);
              }
          }
        });
    statement.close();
  }

  private void session() throws SQLException {
    calm(desk);
    Statement statement = statement();
    String sql = pick(Texts.SESSION);
    call("session " + sql, () -> statement.execute(sql) + " " + statement.getUpdateCount());
  }

  private void transactionByJdbc() throws SQLException {
    Connection connection = desk.connection;
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

  private void transactionByText() throws SQLException {
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
      write();
    }
  }

  private void savepoint() {
    Connection connection = desk.connection;
    switch (random.nextInt(4)) {
      case 0:
        call(
            "set savepoint",
            () -> {
              desk.savepoints.add(connection.setSavepoint());
              return connection.getAutoCommit();
            });
        break;
      case 1:
        call(
            "set named savepoint",
            () -> {
              Savepoint made = connection.setSavepoint("named");
              desk.savepoints.add(made);
              return made.getSavepointName() + connection.getAutoCommit();
            });
        break;
      default:
        if (!desk.savepoints.isEmpty()) {
          Savepoint last = desk.savepoints.remove(desk.savepoints.size() - 1);
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

  private void batch() throws SQLException {
    Statement statement = desk.connection.createStatement();
    int size = random.nextInt(4);
    boolean poisoned = random.nextInt(4) == 0;
    call(
        "batch of " + size,
        () -> {
          for (int i = 0; i < size; i++) {
            statement.addBatch(filled(Texts.WRITES));
          }
          if (poisoned) {
            statement.addBatch(pick(Texts.WRONG));
          }
          return statement.executeBatch();
        });
    call("batch again", statement::executeBatch);
    statement.close();
    readText();
  }

  private void preparedBatch() {
    PreparedStatement statement = prepared(desk.writes, Texts.PREPARED_WRITES);
    if (statement == null) {
      return;
    }
    int size = random.nextInt(4);
    boolean clear = random.nextInt(5) == 0;
    call(
        "prepared batch of " + size,
        () -> {
          for (int i = 0; i < size; i++) {
            statement.setInt(1, i + 3);
            if (statement.getParameterMetaData().getParameterCount() > 1) {
              statement.setInt(2, i + 4);
            }
            statement.addBatch();
          }
          if (clear) {
            statement.clearBatch();
          }
          return statement.executeBatch();
        });
  }

  private void generatedKeys() throws SQLException {
    int number = random.nextInt(100_000);
    String sql = "INSERT INTO log(what) VALUES ('" + number + "')";
    if (random.nextBoolean()) {
      Statement statement = statement();
      call(
          "keys of statement",
          () -> {
            int count = statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS);
            try (ResultSet keys = statement.getGeneratedKeys()) {
              return count + " " + Transcript.rows(keys);
            }
          });
    } else {
      call(
          "keys of prepared",
          () -> {
            try (PreparedStatement statement =
                desk.connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
              statement.execute();
              return Transcript.rows(statement.getGeneratedKeys());
            }
          });
    }
    call(
        "last id",
        () -> {
          try (Statement statement = desk.connection.createStatement();
              ResultSet result =
                  statement.executeQuery(
                      "SELECT last_insert_rowid(), what FROM log WHERE at = last_insert_rowid()")) {
            return Transcript.rows(result);
          }
        });
  }

  private void severalStatements() throws SQLException {
    Statement statement = statement();
    String first = filled(Texts.WRITES);
    String second = random.nextBoolean() ? filled(Texts.WRITES) : pick(Texts.READS);
    String sql = first + "; " + second;
    boolean update = random.nextBoolean();
    call(
        "several " + sql,
        () ->
            update
                ? statement.executeUpdate(sql)
                : statement.execute(sql) + " " + Transcript.state(statement));
    readText();
  }

  private void statementSetting() throws SQLException {
    // Read and then closed: the driver forgets the row limit when it closes a result.
    Statement statement = desk.connection.createStatement();
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

  private void statementState() throws SQLException {
    Statement statement = desk.connection.createStatement();
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

  private void closeStatement() {
    List<? extends Statement> from = random.nextBoolean() ? desk.statements : desk.reads;
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

  private void afterClose() throws SQLException {
    Statement statement = desk.connection.createStatement();
    PreparedStatement prepared = desk.connection.prepareStatement("SELECT id FROM item");
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
    call("connection of closed", () -> statement.getConnection() == desk.connection);
    call("count of closed", statement::getUpdateCount);
  }

  private void closeOnCompletion() throws SQLException {
    Statement statement = desk.connection.createStatement();
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

  private void identity() throws SQLException {
    Connection connection = desk.connection;
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

  private void connectionState() {
    Connection connection = desk.connection;
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

  private void function() throws SQLException {
    calm(desk);
    String name = random.nextBoolean() ? "twice" : "upper";
    call(
        "function " + name,
        () ->
            voidly(
                () ->
                    Function.create(
                        desk.connection,
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
                        desk.connection,
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

  private void collation() throws SQLException {
    calm(desk);
    String name = random.nextBoolean() ? "backwards" : "NOCASE";
    call(
        "collation " + name,
        () ->
            voidly(
                () ->
                    Collation.create(
                        desk.connection,
                        name,
                        new Collation() {
                          @Override
                          protected int xCompare(String left, String right) {
                            return right.compareTo(left);
                          }
                        })));
  }

  private void attach() throws SQLException {
    calm(desk);
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

  private void databaseMetaData() {
    call(
        "tables",
        () -> {
          DatabaseMetaData metaData = desk.connection.getMetaData();
          try (ResultSet tables = metaData.getTables(null, null, "%", null)) {
            return Transcript.rows(tables);
          }
        });
    call(
        "columns",
        () -> {
          DatabaseMetaData metaData = desk.connection.getMetaData();
          try (ResultSet columns = metaData.getColumns(null, null, "item", "%")) {
            return Transcript.rows(columns);
          }
        });
    call(
        "keys",
        () -> {
          DatabaseMetaData metaData = desk.connection.getMetaData();
          try (ResultSet keys = metaData.getPrimaryKeys(null, null, "part")) {
            return Transcript.rows(keys) + metaData.getURL() + metaData.getDriverName();
          }
        });
  }

  private void wrongForm() throws SQLException {
    Statement statement = desk.connection.createStatement();
    call("query by update", () -> statement.executeUpdate("SELECT id FROM item"));
    call("update by query", () -> statement.executeQuery("UPDATE item SET qty = qty WHERE id = 1"));
    call("null text", () -> statement.executeQuery(null));
    statement.close();
    String read = pick(Texts.PREPARED_READS);
    call(
        "prepared forms",
        () -> {
          try (PreparedStatement prepared = desk.connection.prepareStatement(read)) {
            call("prepared query by update", prepared::executeUpdate);
            call("prepared with text", () -> prepared.executeQuery("SELECT id FROM item"));
            call("prepared execute text", () -> prepared.execute("SELECT id FROM item"));
            call("wrong index", () -> voidly(() -> prepared.setInt(9, 1)));
            call("index 0", () -> voidly(() -> prepared.setInt(0, 1)));
            return prepared.isClosed();
          }
        });
    call(
        "prepared returning",
        () -> {
          try (PreparedStatement prepared =
              desk.connection.prepareStatement("INSERT INTO log(what) VALUES (?) RETURNING at")) {
            prepared.setString(1, "returned");
            boolean query = prepared.execute();
            return query + Transcript.rows(prepared.getResultSet());
          }
        });
    readText();
  }

  /** An application's own time between two calls, in which replicas catch up. */
  private void think() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancel() throws SQLException {
    // An interrupt lasts as long as any statement of the connection is under way.
    reconnect();
    Statement statement = statement();
    call("cancel", () -> voidly(statement::cancel));
    readText();
  }

  /** Closes the connection with all it has, uses it once more, and opens another one. */
  private void reconnect() throws SQLException {
    boolean calmly = random.nextBoolean();
    if (calmly) {
      calm(desk);
    }
    Connection connection = desk.connection;
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
    desk.statements.clear();
    desk.reads.clear();
    desk.writes.clear();
    desk.open.clear();
    desk.savepoints.clear();
    desk.connection = opener.open();
  }

  private void switchDesk() throws SQLException {
    calm(desk);
    desk = desk == one ? two : one;
  }

  /**
   * Ends the transaction and closes what is open, so that others may write or the schema change.
   */
  private void calm(Desk which) throws SQLException {
    desk = which;
    for (Statement statement : desk.statements) {
      // Closed, since execute() of an INSERT leaves a query for its key open.
      statement.close();
    }
    desk.statements.clear();
    for (Statement statement : desk.reads) {
      closeResultOf(statement);
    }
    for (Statement statement : desk.writes) {
      closeResultOf(statement);
    }
    for (ResultSet result : desk.open) {
      result.close();
    }
    desk.open.clear();
    if (!free()) {
      throw new IllegalStateException("an open result");
    }
    if (!desk.connection.getAutoCommit()) {
      call("calm", () -> voidly(() -> desk.connection.setAutoCommit(true)));
    }
    try (Statement statement = desk.connection.createStatement()) {
      call("calm by text", () -> statement.executeUpdate("COMMIT"));
    }
  }

  /** Not printed: what a driver says of a statement that holds no result is its own affair. */
  private static void closeResultOf(Statement statement) {
    try {
      statement.getMoreResults();
    } catch (SQLException | NullPointerException e) {
      return;
    }
  }
}
