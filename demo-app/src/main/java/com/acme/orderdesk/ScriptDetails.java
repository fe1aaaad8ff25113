package com.acme.orderdesk;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Arrays;

/** The part of the script about types, errors, metadata and other corners of JDBC. */
final class ScriptDetails {

  private final Connection connection;
  private final Printer print;

  ScriptDetails(Connection connection, Printer print) {
    this.connection = connection;
    this.print = print;
  }

  void run() throws SQLException {
    parameters();
    batches();
    errors();
    temporaryTable();
    changedTables();
    metadata();
    limits();
  }

  private void parameters() throws SQLException {
    print.chapter("parameters");
    String sql = "SELECT ?, typeof(?), ?, typeof(?) FROM product WHERE id = 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Object[] values = {
        1,
        2L,
        (short) 3,
        (byte) 4,
        5.5f,
        6.25,
        true,
        "sept, 'sieben', sjö",
        new BigDecimal("8.50"),
        new Timestamp(1_700_000_000_000L),
        new Date(1_700_000_000_000L),
        null
      };
      for (Object value : values) {
        statement.setObject(1, value);
        statement.setObject(2, value);
        statement.setString(3, String.valueOf(value));
        statement.setObject(4, value);
        print.query(statement);
      }
      byte[] bytes = {1, 2, 3};
      statement.setBytes(1, bytes);
      statement.setBytes(2, bytes);
      statement.setNull(3, Types.INTEGER);
      statement.setNull(4, Types.VARCHAR);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        print.line("%s %s", Arrays.toString(row.getBytes(1)), row.getString(2));
        print.line("%d %b", row.getInt(3), row.wasNull());
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT since, discount, label FROM customer, product p"
                + " WHERE customer.id = ? AND p.id = ?")) {
      for (int id = 4; id <= 6; id++) {
        statement.setInt(1, id);
        statement.setInt(2, id);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          long since = row.getTimestamp("since").getTime();
          double discount = row.getDouble("discount");
          print.line("%d %.2f %b", since, discount, row.wasNull());
          print.line("label %d", SeedData.crc(row.getBytes("label")));
        }
      }
    }
  }

  private void batches() throws SQLException {
    print.chapter("batches");
    String sql = "INSERT INTO contact (reference, customer_id, note) VALUES (?, ?, ?)";
    try (PreparedStatement insert =
            connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
        Statement statement = connection.createStatement()) {
      for (int i = 1; i <= 4; i++) {
        insert.setString(1, "batch-" + i);
        insert.setInt(2, i);
        insert.setString(3, "note " + i);
        insert.addBatch();
      }
      print.line("%s", Arrays.toString(insert.executeBatch()));
      print.query(statement, "SELECT reference, note FROM contact ORDER BY id");
      statement.addBatch("UPDATE contact SET note = 'a' WHERE customer_id < 3");
      statement.addBatch("DELETE FROM contact WHERE customer_id = 4");
      print.line("%s", Arrays.toString(statement.executeBatch()));
      print.query(statement, "SELECT reference, note FROM contact ORDER BY id");
      insert.setString(1, "batch-1");
      insert.setInt(2, 1);
      insert.setString(3, "twice");
      insert.addBatch();
      print.failing("batch", insert::executeBatch);
      print.query(statement, "SELECT COUNT(*) FROM contact");
    }
  }

  private void errors() throws SQLException {
    print.chapter("errors");
    String[] texts = {
      "SELECT nothing FROM customer",
      "SELECT * FROM nowhere",
      "SELEKT 1",
      "",
      "SELECT abs(-9223372036854775808) FROM customer",
      "UPDATE product SET stock = -1 WHERE id = 1",
      "INSERT INTO customer (id) VALUES (1)",
      "INSERT INTO orders (reference, customer_id, clerk, status, total_cents, placed_at)"
          + " VALUES ('e', 1, 'e', 'LOST', 1, 1)",
    };
    for (String text : texts) {
      // An empty text leaves the driver's statement unusable.
      try (Statement statement = connection.createStatement()) {
        print.failing(text, () -> print.execute(statement, text));
      }
    }
    try (Statement statement = connection.createStatement()) {
      print.failing("update as query", () -> print.query(statement, "DELETE FROM contact WHERE 0"));
      print.failing("query as update", () -> statement.executeUpdate("SELECT 1 FROM customer"));
      print.query(statement, "SELECT COUNT(*) FROM orders WHERE status = 'LOST'");
      try (ResultSet row = statement.executeQuery("SELECT id FROM customer WHERE id = 1")) {
        row.next();
        print.failing("no such column", () -> row.getInt("nothing"));
        print.failing("no such index", () -> row.getInt(2));
        print.line("after the last: %b", row.next());
      }
    }
    print.failing("bad prepare", () -> connection.prepareStatement("SELECT FROM WHERE").close());
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM customer WHERE id = ?")) {
      print.failing("no such parameter", () -> statement.setInt(2, 1));
      print.failing("text at a prepared one", () -> statement.executeQuery("SELECT 1"));
      statement.setInt(1, 11);
      print.query(statement);
    }
  }

  private void temporaryTable() throws SQLException {
    print.chapter("temporary table");
    try (Statement statement = connection.createStatement()) {
      print.line("%d", statement.executeUpdate("CREATE TEMP TABLE basket (id INTEGER, n TEXT)"));
      print.line("%d", statement.executeUpdate("INSERT INTO basket VALUES (1, 'a'), (2, 'b')"));
      print.query(statement, "SELECT * FROM basket ORDER BY id");
      // Hides the real table from here on.
      statement.executeUpdate("CREATE TEMP TABLE payment (id INTEGER)");
      print.query(statement, "SELECT COUNT(*) FROM payment");
      statement.executeUpdate("DROP TABLE temp.payment");
      print.query(statement, "SELECT COUNT(*) > 0 FROM payment");
      statement.executeUpdate("DROP TABLE basket");
      print.failing("dropped", () -> print.query(statement, "SELECT * FROM basket"));
    }
  }

  private void changedTables() throws SQLException {
    print.chapter("changed tables");
    try (Statement statement = connection.createStatement();
        PreparedStatement all =
            connection.prepareStatement("SELECT * FROM customer WHERE id = 2")) {
      print.query(all);
      statement.executeUpdate("ALTER TABLE customer ADD COLUMN phone TEXT DEFAULT 'none'");
      print.query(statement, "SELECT id, phone FROM customer WHERE id = 2");
      statement.executeUpdate("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)");
      statement.executeUpdate("INSERT INTO note (body) VALUES ('first'), ('second')");
      print.query(statement, "SELECT * FROM note ORDER BY id");
      statement.executeUpdate(
          "CREATE TRIGGER note_contact AFTER INSERT ON note BEGIN INSERT INTO contact"
              + " (reference, customer_id, note) VALUES ('t' || new.id, 1, new.body); END");
      statement.executeUpdate("INSERT INTO note (body) VALUES ('third')");
      print.query(statement, "SELECT reference, note FROM contact WHERE reference LIKE 't%'");
      statement.executeUpdate("DROP TABLE note");
      print.failing("dropped", () -> print.query(statement, "SELECT * FROM note"));
    }
  }

  private void metadata() throws SQLException {
    print.chapter("metadata");
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, name AS who, discount FROM customer WHERE id = ?")) {
      print.line("parameters %d", statement.getParameterMetaData().getParameterCount());
      describe(statement.getMetaData());
      statement.setInt(1, 12);
      try (ResultSet row = statement.executeQuery()) {
        describe(row.getMetaData());
        print.line("column who: %d", row.findColumn("who"));
      }
    }
    DatabaseMetaData database = connection.getMetaData();
    print.line("%s", database.getDatabaseProductName());
    try (ResultSet rows = database.getTables(null, null, "%", new String[] {"TABLE", "VIEW"})) {
      while (rows.next()) {
        print.line("%s %s", rows.getString("TABLE_TYPE"), rows.getString("TABLE_NAME"));
      }
    }
    try (ResultSet rows = database.getColumns(null, null, "orders", "%")) {
      while (rows.next()) {
        print.line("%s %s", rows.getString("COLUMN_NAME"), rows.getString("TYPE_NAME"));
      }
    }
    try (Statement statement = connection.createStatement()) {
      print.query(statement, "PRAGMA table_info(product)");
      print.query(statement, "PRAGMA foreign_keys");
      statement.execute("PRAGMA foreign_keys = ON");
      print.query(statement, "PRAGMA foreign_keys");
      statement.execute("PRAGMA foreign_keys = OFF");
    }
    print.line("valid %b, autocommit %b", connection.isValid(1), connection.getAutoCommit());
    print.line("read-only %b", connection.isReadOnly());
  }

  private void describe(ResultSetMetaData columns) throws SQLException {
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      print.line("%s %s", columns.getColumnLabel(i), columns.getTableName(i));
    }
  }

  private void limits() throws SQLException {
    print.chapter("limits");
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(3);
      statement.setFetchSize(2);
      statement.setQueryTimeout(30);
      print.query(statement, "SELECT id FROM customer ORDER BY id DESC");
      statement.setMaxRows(0);
      print.query(statement, "SELECT id FROM customer ORDER BY id DESC LIMIT 5");
      print.line("timeout %d, warnings %s", statement.getQueryTimeout(), statement.getWarnings());
    }
  }
}
