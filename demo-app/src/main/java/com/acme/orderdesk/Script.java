package com.acme.orderdesk;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/**
 * A fixed sequence in one thread over two connections; prints every result, and nothing that
 * differs from run to run.
 */
final class Script {

  private static final long SEED = 42;
  private static final long NOON = 1_700_000_000_000L;

  private final ConnectionSource source;
  private final Printer print;

  Script(ConnectionSource source, PrintStream out) {
    this.source = source;
    this.print = new Printer(out);
  }

  /** Returns whether the books balance at the end. */
  boolean run() throws SQLException {
    boolean balanced;
    try (Connection first = source.connect();
        Connection second = source.connect()) {
      Schema.create(first, false);
      SeedData.insert(first, SEED);
      preparedThroughTransactions(first, second);
      savepoints(first);
      desk(first, second);
      severalResultSets(first);
      executeForms(first);
      new ScriptDetails(first, print).run();
      balanced = closing(first, second);
    }
    print.chapter("end");
    return balanced;
  }

  /** One statement made once, run before, inside and after transactions. */
  private void preparedThroughTransactions(Connection first, Connection second)
      throws SQLException {
    print.chapter("prepared once");
    String sql = "SELECT id, stock, price_cents FROM product WHERE id = ?";
    try (PreparedStatement mine = first.prepareStatement(sql);
        PreparedStatement theirs = second.prepareStatement(sql);
        PreparedStatement update =
            first.prepareStatement("UPDATE product SET stock = stock + ? WHERE id = ?")) {
      mine.setInt(1, 7);
      theirs.setInt(1, 7);
      print.query("before", mine);
      print.query("before, second connection", theirs);
      first.setAutoCommit(false);
      print.query("in transaction", mine);
      update.setInt(1, 1000);
      update.setInt(2, 7);
      print.line("updated %d", update.executeUpdate());
      print.query("after own uncommitted write", mine);
      print.query("uncommitted, second connection", theirs);
      first.rollback();
      print.query("after rollback", mine);
      print.line("updated %d", update.executeUpdate());
      first.commit();
      print.query("after commit", mine);
      print.query("after commit, second connection", theirs);
      first.setAutoCommit(true);
      print.query("autocommit again", mine);
      print.line("updated %d", update.executeUpdate());
      print.query("after autocommit write", mine);
      print.query("after autocommit write, second connection", theirs);
      mine.setInt(1, 8);
      print.query("other parameter", mine);
      update.setInt(1, -2000);
      print.line("put right %d", update.executeUpdate());
      mine.clearParameters();
      print.query("no parameter", mine);
    }
    try (Statement statement = first.createStatement()) {
      statement.execute("BEGIN");
      print.line(
          "by text %d", statement.executeUpdate("UPDATE product SET stock = 1 WHERE id = 9"));
      print.query(statement, "SELECT stock FROM product WHERE id = 9");
      statement.execute("ROLLBACK");
      print.query(statement, "SELECT stock > 1 FROM product WHERE id = 9");
    }
  }

  private void savepoints(Connection connection) throws SQLException {
    print.chapter("savepoints");
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE customer SET city = 'Ghent' WHERE id = 1");
      java.sql.Savepoint savepoint = connection.setSavepoint("half");
      statement.executeUpdate("UPDATE customer SET city = 'Delft' WHERE id = 1");
      print.query(statement, "SELECT city FROM customer WHERE id = 1");
      connection.rollback(savepoint);
      print.query(statement, "SELECT city FROM customer WHERE id = 1");
      connection.releaseSavepoint(savepoint);
      connection.commit();
      print.query(statement, "SELECT city FROM customer WHERE id = 1");
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Orders placed, paid and cancelled, and looked at over the other connection. */
  private void desk(Connection first, Connection second) throws SQLException {
    print.chapter("desk");
    Random random = new Random(SEED);
    try (Session session = new Session(first);
        Session other = new Session(second)) {
      OrderBook book = new OrderBook(session);
      for (int i = 1; i <= 60; i++) {
        first.setAutoCommit(false);
        Order order = book.place(OrderBook.Draft.random("script-" + i, "script", NOON + i, random));
        boolean keeps = order != null && i % 7 != 0;
        if (keeps) {
          first.commit();
        } else {
          first.rollback();
        }
        first.setAutoCommit(true);
        print.line("script-%d: %s, %s", i, order, keeps ? "committed" : "rolled back");
        show(session, "script-" + i);
        show(other, "script-" + i);
        if (keeps && i % 3 != 0) {
          first.setAutoCommit(false);
          print.line(i % 2 == 0 ? "paid %b" : "cancelled %b", finish(book, order, i));
          first.commit();
          first.setAutoCommit(true);
          show(other, "script-" + i);
        }
      }
      book.restock(5, 40);
      print.query(session.prepare("SELECT product_id, SUM(qty) FROM restock GROUP BY product_id"));
    }
  }

  private static boolean finish(OrderBook book, Order order, int i) throws SQLException {
    return i % 2 == 0 ? book.pay(order.id(), "card") : book.cancel(order.id());
  }

  private void show(Session session, String reference) throws SQLException {
    PreparedStatement select =
        session.prepare(
            "SELECT o.id, o.status, o.total_cents, o.placed_at, (SELECT SUM(l.qty * l.price_cents)"
                + " FROM order_line l WHERE l.order_id = o.id) AS lines FROM orders o"
                + " WHERE o.reference = ?");
    select.setString(1, reference);
    print.query(select);
  }

  /** Result sets open at the same time, closed in any order, and twice. */
  private void severalResultSets(Connection connection) throws SQLException {
    print.chapter("several result sets");
    Statement one = connection.createStatement();
    PreparedStatement two =
        connection.prepareStatement(
            "SELECT qty FROM order_line WHERE order_id = ? ORDER BY line_no");
    ResultSet outer = one.executeQuery("SELECT id, total_cents FROM orders ORDER BY id LIMIT 4");
    while (outer.next()) {
      two.setLong(1, outer.getLong(1));
      ResultSet inner = two.executeQuery();
      while (inner.next()) {
        print.line("%d: %d", outer.getLong(1), inner.getInt("qty"));
      }
      print.line("statement is mine: %b", inner.getStatement() == two);
      print.line("connection is mine: %b", inner.getStatement().getConnection() == connection);
      inner.close();
      inner.close();
    }
    outer.close();
    outer.close();
    ResultSet again = one.executeQuery("SELECT COUNT(*) FROM customer");
    again.next();
    print.line("customers %d", again.getInt(1));
    two.close();
    one.close();
    one.close();
    print.line("closed with its statement: %b", again.isClosed());
    print.failing(
        "closed statement",
        () -> {
          two.executeQuery();
        });
    print.failing(
        "closed statement by text",
        () -> {
          one.executeQuery("SELECT COUNT(*) FROM customer").close();
        });
  }

  private void executeForms(Connection connection) throws SQLException {
    print.chapter("execute");
    try (Statement statement = connection.createStatement()) {
      print.execute(statement, "SELECT id, name FROM customer WHERE id IN (3, 4) ORDER BY id");
      print.execute(statement, "UPDATE customer SET name = 'Ms Q' WHERE id = 3");
      print.execute(statement, "SELECT name FROM customer WHERE id = 3");
      print.execute(
          statement, "INSERT INTO contact (reference, customer_id, note) VALUES ('x', 3, '')");
      try (ResultSet key = statement.getGeneratedKeys()) {
        print.rows(key);
      }
      print.query(statement, "SELECT last_insert_rowid(), changes()");
      print.execute(
          statement,
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
              + " WHERE i < 5) SELECT i, i * i AS square FROM n");
      print.execute(statement, "EXPLAIN QUERY PLAN SELECT * FROM customer WHERE id = 1");
      print.execute(statement, "VALUES (1, 'one'), (2, 'two')");
      print.execute(statement, "DELETE FROM contact WHERE reference = 'x' RETURNING customer_id");
      print.execute(statement, "SELECT COUNT(*) FROM contact");
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT COUNT(*), MIN(id) FROM customer WHERE city = ?")) {
      for (String city : SeedData.CITIES) {
        statement.setString(1, city);
        print.line("%s: %b", city, statement.execute());
        try (ResultSet rows = statement.getResultSet()) {
          print.rows(rows);
        }
        print.line("update count %d", statement.getUpdateCount());
      }
    }
  }

  private boolean closing(Connection first, Connection second) throws SQLException {
    print.chapter("closing");
    Books books = new Books();
    new Reports(first, books).everything();
    new Reports(second, books).everything();
    print.line("facts %d, violations %d", books.checks(), books.violations());
    for (String remark : books.remarks()) {
      print.line("%s", remark);
    }
    String[] tables = {
      "customer", "orders", "order_line", "payment", "restock", "ledger", "contact"
    };
    try (Statement statement = second.createStatement()) {
      for (String table : tables) {
        print.query(statement, "SELECT '" + table + "', COUNT(*) FROM " + table);
      }
      print.query(statement, "SELECT * FROM ledger ORDER BY id");
      print.query(statement, "SELECT id, stock, price_cents FROM product ORDER BY id");
    }
    return books.violations() == 0;
  }
}
