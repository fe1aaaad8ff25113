package legacy.servers;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import legacy.UntilTold;

/**
 * Uses most of what JDBC offers on a server, reads first and after writes, and prints what it got:
 * the same lines on every run, whoever answers. Begins with {@link UntilTold}.
 *
 * <p>Arguments: JDBC URL, user, password.
 */
public final class Tour {
  private final String url;
  private final String user;
  private final String password;
  private final boolean postgres;
  private Connection connection;

  private Tour(String[] args) {
    url = args[0];
    user = args[1];
    password = args[2];
    postgres = url.startsWith("jdbc:postgresql:");
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Tour tour = new Tour(args);
    tour.connection = tour.open();
    tour.schema();
    UntilTold.read(tour.connection, "SELECT note FROM item WHERE id < 0");
    tour.types();
    tour.keysAndBatches();
    tour.readsOfAllForms();
    tour.severalResults();
    tour.limits();
    tour.errors();
    tour.cancel();
    tour.metadata();
    tour.transactions();
    if (!tour.postgres) {
      tour.databases();
    }
    tour.lifecycle();
    tour.connection.close();
    System.out.println("closed " + tour.connection.isClosed());
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  private static void say(String what, Object value) {
    System.out.println(what + ": " + String.valueOf(value).replaceAll("conn=\\d+", "conn=N"));
  }

  private void update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private void schema() throws SQLException {
    String serial = postgres ? "SERIAL PRIMARY KEY" : "INT AUTO_INCREMENT PRIMARY KEY";
    String bytes = postgres ? "BYTEA" : "BLOB";
    update("DROP TABLE IF EXISTS item");
    update(
        "CREATE TABLE item(id "
            + serial
            + ", name VARCHAR(40), price NUMERIC(10,2), big BIGINT, ratio DOUBLE PRECISION,"
            + " day DATE, at TIMESTAMP NULL, ok BOOLEAN, data "
            + bytes
            + ", note TEXT)");
    say("valid", connection.isValid(5));
    say("isolation", connection.getTransactionIsolation());
    say("catalog", connection.getCatalog());
    say("schema", connection.getSchema());
  }

  private void types() throws SQLException {
    String insert =
        "INSERT INTO item(name, price, big, ratio, day, at, ok, data, note)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (int i = 1; i <= 3; i++) {
        statement.setString(1, "item " + i + " é\u4e2d");
        statement.setBigDecimal(2, new BigDecimal("10.5").multiply(BigDecimal.valueOf(i)));
        statement.setLong(3, Long.MAX_VALUE - i);
        statement.setDouble(4, i / 3.0);
        statement.setDate(5, Date.valueOf("2024-02-2" + i));
        statement.setTimestamp(6, Timestamp.valueOf("2024-02-29 12:30:0" + i));
        statement.setBoolean(7, i % 2 == 0);
        statement.setBytes(8, new byte[] {(byte) i, 0, (byte) 255});
        statement.setString(9, i == 3 ? null : "note");
        say("inserted", statement.executeUpdate());
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM item WHERE id >= ? ORDER BY id")) {
      for (int round = 0; round < 8; round++) {
        statement.setInt(1, round % 3 + 1);
        try (ResultSet result = statement.executeQuery()) {
          print(result);
          say("own statement", result.getStatement() == statement);
        }
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name, day FROM item WHERE price > ? AND day < ? AND ok = ? ORDER BY 1")) {
      statement.setBigDecimal(1, BigDecimal.ONE);
      statement.setObject(2, java.time.LocalDate.of(2024, 2, 28));
      statement.setObject(3, false);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          say("typed", result.getString(1) + result.getObject(2, java.time.LocalDate.class));
        }
      }
      say("parameters", statement.getParameterMetaData().getParameterCount());
      say("columns", statement.getMetaData().getColumnCount());
    }
  }

  private static void print(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    StringBuilder line = new StringBuilder();
    while (result.next()) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = result.getObject(i);
        if (value instanceof byte[]) {
          value = Arrays.toString((byte[]) value);
        }
        line.append(columns.getColumnLabel(i)).append('=').append(value);
        line.append(value == null || result.wasNull() ? "(null)" : "").append(' ');
      }
      line.append("| ");
    }
    say("rows", line);
  }

  private void keysAndBatches() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO item(name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
      statement.setString(1, "keyed");
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        say("key", keys.getInt(1));
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO item(name) VALUES (?)")) {
      for (int i = 0; i < 3; i++) {
        statement.setString(1, "batch " + i);
        statement.addBatch();
      }
      say("batch", Arrays.toString(statement.executeBatch()));
    }
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("UPDATE item SET note = 'b' WHERE id = 4");
      statement.addBatch("DELETE FROM item WHERE id = 5");
      say("mixed batch", Arrays.toString(statement.executeBatch()));
    }
    say("count", one("SELECT count(*) FROM item"));
  }

  private Object one(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getObject(1) : "nothing";
    }
  }

  private void readsOfAllForms() throws SQLException, InterruptedException {
    String sql = "SELECT id, name FROM item ORDER BY id";
    try (Statement statement = connection.createStatement()) {
      say("execute", statement.execute(sql));
      say("update count", statement.getUpdateCount());
      print(statement.getResultSet());
      say("more", statement.getMoreResults());
      say("update count", statement.getUpdateCount());
      say("warnings", statement.getWarnings());
    }
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        ResultSet result = statement.executeQuery(sql)) {
      say("last", result.last() + " " + result.getRow());
      say("first", result.first() + " " + result.getInt(1));
      say("absolute", result.absolute(-2) + " " + result.getInt("id"));
    }
    try (Statement a = connection.createStatement();
        Statement b = connection.createStatement()) {
      ResultSet outer = a.executeQuery("SELECT id FROM item WHERE id < 4 ORDER BY id");
      while (outer.next()) {
        ResultSet inner =
            b.executeQuery("SELECT count(*) FROM item WHERE id <= " + outer.getInt(1));
        inner.next();
        say("nested", inner.getInt(1));
      }
    }
  }

  private void severalResults() throws SQLException {
    String sql =
        postgres
            ? "SELECT 1; UPDATE item SET note = 'm' WHERE id = 1; SELECT note FROM item WHERE id = 1"
            : "SELECT note FROM item WHERE id = 1";
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (true) {
        if (rows) {
          print(statement.getResultSet());
        } else if (statement.getUpdateCount() == -1) {
          break;
        } else {
          say("updated", statement.getUpdateCount());
        }
        rows = statement.getMoreResults();
      }
    }
  }

  private void limits() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(2);
      statement.setFetchSize(1);
      statement.setQueryTimeout(10);
      try (ResultSet result = statement.executeQuery("SELECT id FROM item ORDER BY id")) {
        print(result);
      }
      say("limits", statement.getMaxRows() + " " + statement.getFetchSize());
    }
  }

  private void errors() throws SQLException {
    for (String sql :
        new String[] {
          "SELECT nothing FROM item",
          "SELECT * FROM missing",
          "SELEC 1",
          "INSERT INTO item(id) VALUES (1)",
          "SELECT CAST(name AS DECIMAL) / (id - id) FROM item WHERE id = 1"
        }) {
      for (int i = 0; i < 2; i++) {
        try (Statement statement = connection.createStatement()) {
          statement.executeQuery(sql).close();
          say("no error", sql);
        } catch (SQLException e) {
          say(
              "error",
              e.getClass().getName() + e.getSQLState() + e.getErrorCode() + e.getMessage());
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          postgres
              ? "DO $$ BEGIN RAISE WARNING 'careful'; END $$"
              : "DROP TABLE IF EXISTS never_was");
      SQLWarning warning = statement.getWarnings();
      say("warning", warning == null ? null : warning.getMessage());
    }
  }

  /** Seconds, but not minutes: an order to stop it may get lost. */
  private static String triples(int tables) {
    StringBuilder sql = new StringBuilder("SELECT sum(t0.id) FROM ");
    for (int i = 0; i < tables; i++) {
      sql.append(i == 0 ? "" : ", ").append("(SELECT id FROM item LIMIT 3) t").append(i);
    }
    return sql.toString();
  }

  private void cancel() throws Exception {
    // Long enough to be cancelled, and a read that may be anywhere.
    String slow =
        postgres ? "SELECT count(*) FROM generate_series(1, 2000000000) g, item" : triples(16);
    try (Statement statement = connection.createStatement()) {
      CountDownLatch going = new CountDownLatch(1);
      Thread canceller =
          new Thread(
              () -> {
                try {
                  going.await();
                  Thread.sleep(300);
                  statement.cancel();
                } catch (SQLException | InterruptedException e) {
                  say("cancel failed", e);
                }
              });
      canceller.start();
      going.countDown();
      try {
        statement.executeQuery(slow).close();
        say("not cancelled", slow);
      } catch (SQLException e) {
        say("cancelled", e.getSQLState());
      }
      canceller.join();
    }
    String timedOut = null;
    // MySQL's driver cancels by a connection of its own; one that fails is not heard of.
    for (int attempts = 0; timedOut == null && attempts < 5; attempts++) {
      try (Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(1);
        statement.executeQuery(slow).close();
      } catch (SQLException e) {
        timedOut = e.getClass().getSimpleName() + e.getSQLState();
      }
    }
    say("timed out", timedOut);
    say("afterwards", one("SELECT name FROM item WHERE id = 1"));
  }

  private void metadata() throws SQLException {
    say("product", connection.getMetaData().getDatabaseProductName());
    try (ResultSet tables =
        connection.getMetaData().getTables(connection.getCatalog(), null, "item", null)) {
      while (tables.next()) {
        say("table", tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
      }
    }
    try (ResultSet columns =
        connection.getMetaData().getColumns(connection.getCatalog(), null, "item", "%")) {
      while (columns.next()) {
        say("column", columns.getString("COLUMN_NAME") + columns.getInt("DATA_TYPE"));
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT id, name AS n, price FROM item")) {
      ResultSetMetaData columns = result.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        say(
            "column " + i,
            columns.getColumnName(i)
                + ' '
                + columns.getColumnLabel(i)
                + ' '
                + columns.getTableName(i)
                + ' '
                + columns.getColumnTypeName(i)
                + ' '
                + columns.isAutoIncrement(i)
                + columns.getPrecision(i));
      }
    }
  }

  private void transactions() throws SQLException {
    connection.setAutoCommit(false);
    update("UPDATE item SET name = 'gone' WHERE id = 1");
    say("inside", one("SELECT name FROM item WHERE id = 1"));
    connection.rollback();
    say("rolled back", one("SELECT name FROM item WHERE id = 1"));
    update("UPDATE item SET name = 'kept' WHERE id = 1");
    connection.commit();
    connection.setAutoCommit(true);
    say("committed", one("SELECT name FROM item WHERE id = 1"));
    try (Connection other = open();
        Statement statement = other.createStatement();
        ResultSet result = statement.executeQuery("SELECT name FROM item WHERE id = 1")) {
      result.next();
      say("other", result.getString(1));
    }
  }

  /** Drivers differ in whether a statement stays in the database it was made in. */
  private void databases() throws SQLException {
    for (String database : new String[] {"app", "other"}) {
      update("DROP TABLE IF EXISTS " + database + ".place");
      update("CREATE TABLE " + database + ".place(name VARCHAR(9))");
      update("INSERT INTO " + database + ".place VALUES ('" + database + "')");
    }
    String sql = "SELECT name FROM place";
    try (Statement old = connection.createStatement();
        PreparedStatement oldPrepared = connection.prepareStatement(sql)) {
      for (int i = 0; i < 8; i++) {
        if (i == 3) {
          connection.setCatalog("other");
        } else if (i == 6) {
          connection.setCatalog("app");
        }
        places(i, sql, old, oldPrepared);
      }
      for (int i = 8; i < 12; i++) {
        update(i % 2 == 0 ? "USE other" : "USE app");
        places(i, sql, old, oldPrepared);
      }
    }
  }

  private void places(int round, String sql, Statement old, PreparedStatement oldPrepared)
      throws SQLException {
    StringBuilder said = new StringBuilder();
    said.append(first(old.executeQuery(sql))).append(first(oldPrepared.executeQuery()));
    try (Statement plain = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement(sql)) {
      said.append(first(plain.executeQuery(sql))).append(first(prepared.executeQuery()));
    }
    say("places " + round, said);
  }

  private static String first(ResultSet result) throws SQLException {
    try (ResultSet each = result) {
      return each.next() ? each.getString(1) + ' ' : "none ";
    }
  }

  private void lifecycle() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet result = statement.executeQuery("SELECT id FROM item ORDER BY id");
    result.next();
    statement.close();
    say("closed with its statement", result.isClosed());
    fails("next", result::next);
    fails("closed statement", () -> statement.executeQuery("SELECT id FROM item"));
    Statement completing = connection.createStatement();
    completing.closeOnCompletion();
    completing.executeQuery("SELECT id FROM item").close();
    say("closed on completion", completing.isClosed());
  }

  private interface Action {
    Object run() throws SQLException;
  }

  private static void fails(String what, Action action) {
    try {
      say(what, action.run());
    } catch (SQLException e) {
      say(what, e.getClass().getName() + e.getSQLState() + e.getMessage());
    }
  }
}
